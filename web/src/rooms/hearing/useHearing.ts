// One meeting with its declaration and what it resolved, kept true while the paper is open.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { act, type Doing, loadEntry } from '@/api/entries'
import type { Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Action, Declaration, Entry, Labels, ListRow, Offer } from '@/api/types'
import { useChanges } from '@/state/changes'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'
import { useWork } from '@/state/work'

export interface Resolutions {
  rows: ListRow[]
  labels: Labels
  declaration: Declaration
}

export interface Hearing {
  declaration: ComputedRef<Declaration | null>
  entry: ComputedRef<Entry | null>
  resolutions: ComputedRef<Resolutions | null>
  busy: Readonly<ShallowRef<boolean>>
  problem: ComputedRef<Problem | null>
  load: () => Promise<void>
  take: (fresh: Entry) => void
  /** What may be done with it now under that name, with its declared action. */
  offered: (name: string) => { action: Action; offer: Offer } | null
  /** Whether it is done. */
  doNow: (name: string, body: Doing) => Promise<boolean>
}

const resolutionsMax = 200

async function resolutionsOf(hearing: string, signal: AbortSignal): Promise<Resolutions> {
  const [declaration, page] = await Promise.all([
    ensureDeclaration('resolution'), listEntries('resolution', { hearing, sort: 'number', limit: resolutionsMax }, signal),
  ])
  return { rows: page.entries, labels: page.labels, declaration }
}

export function useHearing(id: () => string): Hearing {
  const { busy, problem: refusal, work, clear } = useWork()
  const { data, problem: unread, load, take: show } = useLoad(async (signal) => {
    const [declaration, entry] = await Promise.all([ensureDeclaration('hearing'), loadEntry('hearing', id(), signal)])
    return { declaration, entry, resolutions: entry.state === 'planned' ? null : await resolutionsOf(entry.id, signal) }
  }, { of: [id] })
  const declaration = computed(() => data.value?.declaration ?? null)
  const entry = computed(() => data.value?.entry ?? null)

  /** What was refused was refused of the entry as it stood. */
  async function reload(): Promise<void> {
    await load()
    clear()
  }

  function take(fresh: Entry): void {
    if (data.value) show({ ...data.value, entry: fresh })
    void reload()
  }

  function offered(name: string): { action: Action; offer: Offer } | null {
    const offer = entry.value?.actions.find((one) => one.name === name)
    const action = declaration.value?.actions.find((one) => one.name === name)
    return offer && action ? { action, offer } : null
  }

  async function doNow(name: string, body: Doing): Promise<boolean> {
    const now = entry.value
    if (!now) return false
    const done = await work((key) => act('hearing', now.id, name, body, { revision: now.revision, key: key() }))
    if (done) take(done.data)
    return done !== null
  }

  for (const register of ['hearing', 'resolution']) useChanges(() => register, () => void reload())

  return {
    declaration, entry, resolutions: computed(() => data.value?.resolutions ?? null),
    busy, problem: computed(() => refusal.value ?? unread.value), load: reload, take, offered, doNow,
  }
}

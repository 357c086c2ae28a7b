// One meeting with its declaration and what it resolved, kept true while the paper is open.

import { shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import { newKey } from '@/api/client'
import { act, type Doing, loadEntry } from '@/api/entries'
import { problemOf, type Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Action, Declaration, Entry, Labels, ListRow, Offer } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDeclaration } from '@/state/registers'

export interface Resolutions {
  rows: ListRow[]
  labels: Labels
  declaration: Declaration
}

export interface Hearing {
  declaration: Readonly<ShallowRef<Declaration | null>>
  entry: Readonly<ShallowRef<Entry | null>>
  resolutions: Readonly<ShallowRef<Resolutions | null>>
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
  take: (fresh: Entry) => void
  /** What may be done with it now under that name, with its declared action. */
  offered: (name: string) => { action: Action; offer: Offer } | null
  /** Whether it is done. */
  doNow: (name: string, body: Doing) => Promise<boolean>
}

const resolutionsMax = 200

export function useHearing(id: () => string): Hearing {
  const declaration = shallowRef<Declaration | null>(null)
  const entry = shallowRef<Entry | null>(null)
  const resolutions = shallowRef<Resolutions | null>(null)
  const busy = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  let asked = 0
  let key = newKey()

  async function resolutionsOf(hearing: string): Promise<Resolutions> {
    const [declared, page] = await Promise.all([ensureDeclaration('resolution'), listEntries('resolution', { hearing, sort: 'number', limit: resolutionsMax })])
    return { rows: page.entries, labels: page.labels, declaration: declared }
  }

  async function load(): Promise<void> {
    asked += 1
    const own = asked
    try {
      const [declared, found] = await Promise.all([ensureDeclaration('hearing'), loadEntry('hearing', id())])
      const resolved = found.state === 'planned' ? null : await resolutionsOf(found.id)
      if (own !== asked) return
      declaration.value = declared
      entry.value = found
      resolutions.value = resolved
      problem.value = null
    } catch (failure) {
      if (own === asked) problem.value = problemOf(failure)
    }
  }

  function take(fresh: Entry): void {
    entry.value = fresh
    void load()
  }

  function offered(name: string): { action: Action; offer: Offer } | null {
    const offer = entry.value?.actions.find((one) => one.name === name)
    const action = declaration.value?.actions.find((one) => one.name === name)
    return offer && action ? { action, offer } : null
  }

  async function doNow(name: string, body: Doing): Promise<boolean> {
    if (!entry.value) return false
    busy.value = true
    problem.value = null
    try {
      const { data } = await act('hearing', entry.value.id, name, body, { revision: entry.value.revision, key })
      key = newKey()
      take(data)
      return true
    } catch (failure) {
      problem.value = problemOf(failure)
      if (problem.value.code !== 'client.unreachable' && problem.value.status !== 503) key = newKey()
      return false
    } finally {
      busy.value = false
    }
  }

  watch(id, () => {
    entry.value = null
    resolutions.value = null
    void load()
  }, { immediate: true })
  for (const register of ['hearing', 'resolution']) useChanges(() => register, () => void load())

  return {
    declaration: shallowReadonly(declaration), entry: shallowReadonly(entry), resolutions: shallowReadonly(resolutions),
    busy: shallowReadonly(busy), problem: shallowReadonly(problem), load, take, offered, doNow,
  }
}

// An entry with its declaration and history, kept true while the screen is open.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { loadEntry, loadHistory } from '@/api/entries'
import type { Problem } from '@/api/problem'
import type { Declaration, Entry, History } from '@/api/types'
import { useChanges } from '@/state/changes'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'

export interface OpenedEntry {
  declaration: ComputedRef<Declaration | null>
  entry: ComputedRef<Entry | null>
  history: ComputedRef<History | null>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
  /** The entry as an action answered it. */
  take: (fresh: Entry) => void
}

interface Opened {
  declaration: Declaration
  entry: Entry
  /** It follows the entry: null the first time. */
  history: History | null
}

export function useEntry(register: () => string, id: () => string): OpenedEntry {
  const { data, problem, load, take } = useLoad<Opened>(async (signal, show, before) => {
    const [declaration, entry] = await Promise.all([ensureDeclaration(register()), loadEntry(register(), id(), signal)])
    show({ declaration, entry, history: before?.history ?? null })
    return { declaration, entry, history: await loadHistory(register(), entry.id, signal) }
  }, { of: [register, id] })
  useChanges(register, () => void load())

  return {
    declaration: computed(() => data.value?.declaration ?? null),
    entry: computed(() => data.value?.entry ?? null),
    history: computed(() => data.value?.history ?? null),
    problem, load,
    take: (fresh) => {
      if (data.value) take({ ...data.value, entry: fresh })
      void load()
    },
  }
}

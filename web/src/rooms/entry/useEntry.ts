// An entry with its declaration and history, kept true while the screen is open.

import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import { isAborted } from '@/api/client'
import { loadEntry, loadHistory } from '@/api/entries'
import { problemOf, type Problem } from '@/api/problem'
import type { Declaration, Entry, History } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDeclaration } from '@/state/registers'

export interface OpenedEntry {
  declaration: Readonly<ShallowRef<Declaration | null>>
  entry: Readonly<ShallowRef<Entry | null>>
  history: Readonly<ShallowRef<History | null>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
  /** The entry as an action answered it. */
  take: (fresh: Entry) => void
}

export function useEntry(register: () => string, id: () => string): OpenedEntry {
  const declaration = shallowRef<Declaration | null>(null)
  const entry = shallowRef<Entry | null>(null)
  const history = shallowRef<History | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let control = new AbortController()

  async function load(): Promise<void> {
    control.abort()
    const mine = new AbortController()
    control = mine
    try {
      const [declared, found] = await Promise.all([ensureDeclaration(register()), loadEntry(register(), id(), mine.signal)])
      if (mine !== control) return
      declaration.value = declared
      entry.value = found
      problem.value = null
      const told = await loadHistory(register(), found.id, mine.signal)
      if (mine === control) history.value = told
    } catch (failure) {
      if (!isAborted(failure) && mine === control) problem.value = problemOf(failure)
    }
  }

  function take(fresh: Entry): void {
    entry.value = fresh
    void load()
  }

  watch(
    [register, id],
    () => {
      entry.value = null
      history.value = null
      void load()
    },
    { immediate: true },
  )
  useChanges(register, () => void load())
  onScopeDispose(() => control.abort())

  return {
    declaration: shallowReadonly(declaration),
    entry: shallowReadonly(entry),
    history: shallowReadonly(history),
    problem: shallowReadonly(problem),
    load,
    take,
  }
}

// What waits for this person, with the declarations its titles need, kept true while a screen is open.

import { computed, type ComputedRef, onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { isAborted } from '@/api/client'
import { type DeskAnswer, type DeskEntry, loadDesk } from '@/api/desk'
import { problemOf, type Problem } from '@/api/problem'
import type { Declaration } from '@/api/types'
import { textOf } from '@/locales'
import { useChanges } from '@/state/changes'
import { ensureDeclaration } from '@/state/registers'

import { inOrder } from './desk_order'

export interface Desk {
  answer: Readonly<ShallowRef<DeskAnswer | null>>
  entries: ComputedRef<DeskEntry[]>
  problem: Readonly<ShallowRef<Problem | null>>
  stateTitle: (one: DeskEntry) => string
  actionTitle: (register: string, action: string) => string
  entryTitle: (register: string) => string
  load: () => Promise<void>
}

export function useDesk(): Desk {
  const answer = shallowRef<DeskAnswer | null>(null)
  const declarations = shallowRef<Record<string, Declaration>>({})
  const problem = shallowRef<Problem | null>(null)
  let control = new AbortController()

  async function load(): Promise<void> {
    control.abort()
    const mine = new AbortController()
    control = mine
    try {
      const found = await loadDesk(mine.signal)
      const names = [...new Set(found.entries.map((one) => one.register))]
      const declared = await Promise.all(names.map(ensureDeclaration))
      if (mine !== control) return
      declarations.value = Object.fromEntries(declared.map((one) => [one.name, one]))
      answer.value = found
      problem.value = null
    } catch (failure) {
      if (!isAborted(failure) && mine === control) problem.value = problemOf(failure)
    }
  }

  void load()
  for (const name of ['measure', 'finding', 'part', 'resolution', 'public_comment']) useChanges(() => name, () => void load(), 1500)
  onScopeDispose(() => control.abort())

  const declaration = (register: string): Declaration | undefined => declarations.value[register]
  return {
    answer: shallowReadonly(answer),
    entries: computed(() => inOrder(answer.value?.entries ?? [])),
    problem: shallowReadonly(problem),
    stateTitle: (one) => textOf(declaration(one.register)?.states.find((state) => state.name === one.state)?.title, one.state),
    actionTitle: (register, action) => textOf(declaration(register)?.actions.find((one) => one.name === action)?.title, action),
    entryTitle: (register) => textOf(declaration(register)?.entry_title, register),
    load,
  }
}

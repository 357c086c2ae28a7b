// What waits for this person, with the declarations its titles need, kept true while a screen is open.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { type DeskAnswer, type DeskEntry, loadDesk } from '@/api/desk'
import type { Problem } from '@/api/problem'
import type { Declaration } from '@/api/types'
import { textOf } from '@/locales'
import { useChanges } from '@/state/changes'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'

import { inOrder } from './desk_order'

export interface Desk {
  answer: ComputedRef<DeskAnswer | null>
  entries: ComputedRef<DeskEntry[]>
  problem: Readonly<ShallowRef<Problem | null>>
  stateTitle: (one: DeskEntry) => string
  actionTitle: (register: string, action: string) => string
  entryTitle: (register: string) => string
  load: () => Promise<void>
}

export function useDesk(): Desk {
  const { data, problem, load } = useLoad(async (signal) => {
    const answer = await loadDesk(signal)
    const declared = await Promise.all([...new Set(answer.entries.map((one) => one.register))].map(ensureDeclaration))
    return { answer, declarations: new Map(declared.map((one) => [one.name, one])) }
  })
  for (const name of ['measure', 'finding', 'part', 'resolution', 'public_comment']) useChanges(() => name, () => void load(), 1500)

  const declaration = (register: string): Declaration | undefined => data.value?.declarations.get(register)
  return {
    answer: computed(() => data.value?.answer ?? null),
    entries: computed(() => inOrder(data.value?.answer.entries ?? [])),
    problem,
    stateTitle: (one) => textOf(declaration(one.register)?.states.find((state) => state.name === one.state)?.title, one.state),
    actionTitle: (register, action) => textOf(declaration(register)?.actions.find((one) => one.name === action)?.title, action),
    entryTitle: (register) => textOf(declaration(register)?.entry_title, register),
    load,
  }
}

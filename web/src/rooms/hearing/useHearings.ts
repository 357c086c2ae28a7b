// The meetings to come, the nearest first, and those that were held, the newest first.

import { computed, type ComputedRef, shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import type { Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Declaration, Labels, ListRow } from '@/api/types'
import { useChanges } from '@/state/changes'
import { type Loaded, useLoad } from '@/state/load'
import { ensureDeclaration, ensureRegisters } from '@/state/registers'

export interface Hearings {
  /** Null while it is asked for, or where no such register is. */
  declaration: Readonly<ShallowRef<Declaration | null>>
  mayPlan: Readonly<ShallowRef<boolean>>
  coming: ComputedRef<ListRow[]>
  past: ComputedRef<ListRow[]>
  /** Meetings before those that are shown. */
  more: ComputedRef<boolean>
  labels: ComputedRef<Labels>
  loaded: ComputedRef<boolean>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

const shownMax = 100

interface Found {
  planned: ListRow[]
  past: ListRow[]
  more: boolean
  labels: Labels
}

export const dayOf = (one: ListRow): string => String(one.fields.held_on ?? one.fields.planned_on ?? '')

export function useHearings(): Hearings {
  const declaration = shallowRef<Declaration | null>(null)
  const mayPlan = shallowRef(false)

  const { data, problem, load }: Loaded<Found> = useLoad(async () => {
    const register = (await ensureRegisters()).find((one) => one.name === 'hearing')
    if (!register) return { planned: [], past: [], more: false, labels: {} }
    mayPlan.value = register.may_open
    const [declared, planned, past] = await Promise.all([
      ensureDeclaration('hearing'),
      listEntries('hearing', { state: 'planned', sort: '-planned_on', limit: shownMax }),
      listEntries('hearing', { state: ['held', 'settled', 'cancelled'], sort: '-planned_on', limit: shownMax }),
    ])
    declaration.value = declared
    return { planned: planned.entries, past: past.entries, more: past.next !== null, labels: { ...planned.labels, ...past.labels } }
  })
  useChanges(() => 'hearing', () => void load())

  return {
    declaration: shallowReadonly(declaration), mayPlan: shallowReadonly(mayPlan),
    coming: computed(() => [...(data.value?.planned ?? [])].reverse()),
    past: computed(() => data.value?.past ?? []),
    more: computed(() => data.value?.more ?? false),
    labels: computed(() => data.value?.labels ?? {}),
    loaded: computed(() => data.value !== null),
    problem, load,
  }
}

// The board of one register, kept true while the screen is open.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import type { Query } from '@/api/client'
import type { Problem } from '@/api/problem'
import { listEntries, loadCounts } from '@/api/registers'
import type { Declaration, Labels, Total } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDirectory } from '@/state/directory'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'
import { session } from '@/state/session'

import { type Board, boardOf, countByUnit, type Due } from './board'
import { dayPlus } from './desk_order'

export interface OpenedBoard {
  board: ComputedRef<Board | null>
  declaration: ComputedRef<Declaration | null>
  labels: ComputedRef<Labels>
  /** Days that the links of late and soon ask for. */
  days: { late: string; from: string; soon: string }
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

const pageMax = 200
const askedAtOnce = 8
const soonDays = 10

export function useBoard(register: () => string): OpenedBoard {
  const today = session.value?.org.today ?? ''
  const days = { late: dayPlus(today, -1), from: today, soon: dayPlus(today, soonDays) }

  async function totalDue(query: Query, signal: AbortSignal): Promise<Total> {
    const page = await listEntries(register(), { ...query, limit: 1 }, signal)
    return page.total ?? { count: page.entries.length, exact: page.next === null }
  }

  /** One page tells where few are due; where more are, each unit is asked for, a few at a time. */
  async function dueWithin(from: string | undefined, to: string, units: readonly string[], signal: AbortSignal): Promise<Due> {
    const query: Query = { 'due.from': from, 'due.to': to }
    const page = await listEntries(register(), { ...query, limit: pageMax }, signal)
    const total = page.total ?? { count: page.entries.length, exact: page.next === null }
    if (page.next === null) return { total, units: countByUnit(page.entries) }
    const counted = new Map<string, Total>()
    for (let at = 0; at < units.length; at += askedAtOnce) {
      const some = units.slice(at, at + askedAtOnce)
      const totals = await Promise.all(some.map((unit) => totalDue({ ...query, unit }, signal)))
      for (const [place, unit] of some.entries()) counted.set(unit, totals[place]!)
    }
    return { total, units: counted }
  }

  const { data, problem, load } = useLoad(async (signal) => {
    const [declaration, counts, { units }] = await Promise.all([ensureDeclaration(register()), loadCounts(register()), ensureDirectory()])
    const holders = counts.units.map((one) => one.unit)
    const [late, soon] = await Promise.all([dueWithin(undefined, days.late, holders, signal), dueWithin(days.from, days.soon, holders, signal)])
    return { declaration, labels: counts.labels, board: boardOf(declaration, counts, late, soon, units) }
  }, { of: [register] })
  useChanges(register, () => void load(), 2000)
  return {
    board: computed(() => data.value?.board ?? null), declaration: computed(() => data.value?.declaration ?? null), labels: computed(() => data.value?.labels ?? {}),
    days, problem, load,
  }
}

// The board of one register, kept true while the screen is open.

import { shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import type { Query } from '@/api/client'
import { problemOf, type Problem } from '@/api/problem'
import { listEntries, loadCounts } from '@/api/registers'
import type { Declaration, Labels, Total } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDirectory } from '@/state/directory'
import { ensureDeclaration } from '@/state/registers'
import { session } from '@/state/session'

import { type Board, boardOf, countByUnit, type Due } from './board'
import { dayPlus } from './desk_order'

export interface OpenedBoard {
  board: Readonly<ShallowRef<Board | null>>
  declaration: Readonly<ShallowRef<Declaration | null>>
  labels: Readonly<ShallowRef<Labels>>
  /** Days that the links of late and soon ask for. */
  days: { late: string; from: string; soon: string }
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

const pageMax = 200
const askedAtOnce = 8
const soonDays = 10

export function useBoard(register: () => string): OpenedBoard {
  const board = shallowRef<Board | null>(null)
  const declaration = shallowRef<Declaration | null>(null)
  const labels = shallowRef<Labels>({})
  const problem = shallowRef<Problem | null>(null)
  const today = session.value?.org.today ?? ''
  const days = { late: dayPlus(today, -1), from: today, soon: dayPlus(today, soonDays) }

  async function totalDue(query: Query): Promise<Total> {
    const page = await listEntries(register(), { ...query, limit: 1 })
    return page.total ?? { count: page.entries.length, exact: page.next === null }
  }

  /** One page tells where few are due; where more are, each unit is asked for, a few at a time. */
  async function dueWithin(from: string | undefined, to: string, units: readonly string[]): Promise<Due> {
    const query: Query = { 'due.from': from, 'due.to': to }
    const page = await listEntries(register(), { ...query, limit: pageMax })
    const total = page.total ?? { count: page.entries.length, exact: page.next === null }
    if (page.next === null) return { total, units: countByUnit(page.entries) }
    const counted = new Map<string, Total>()
    for (let at = 0; at < units.length; at += askedAtOnce) {
      const some = units.slice(at, at + askedAtOnce)
      const totals = await Promise.all(some.map((unit) => totalDue({ ...query, unit })))
      for (const [place, unit] of some.entries()) counted.set(unit, totals[place]!)
    }
    return { total, units: counted }
  }

  async function load(): Promise<void> {
    const name = register()
    try {
      const [declared, counts, { units }] = await Promise.all([ensureDeclaration(name), loadCounts(name), ensureDirectory()])
      const holders = counts.units.map((one) => one.unit)
      const [late, soon] = await Promise.all([dueWithin(undefined, days.late, holders), dueWithin(days.from, days.soon, holders)])
      if (name !== register()) return
      declaration.value = declared
      labels.value = counts.labels
      board.value = boardOf(declared, counts, late, soon, units)
      problem.value = null
    } catch (failure) {
      problem.value = problemOf(failure)
    }
  }

  watch(register, () => {
    board.value = null
    void load()
  }, { immediate: true })
  useChanges(register, () => void load(), 2000)
  return { board: shallowReadonly(board), declaration: shallowReadonly(declaration), labels: shallowReadonly(labels), days, problem: shallowReadonly(problem), load }
}

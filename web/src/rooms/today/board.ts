// The board: unit by state, with what is late and what soon will be. Units stand as in the directory, never by a count.

import type { Counts, Declaration, Light, Total, Unit } from '@/api/types'
import { numberText } from '@/locales'

/** What is due within days: in all, and by unit. The server counts exactly up to its own bound. */
export interface Due {
  total: Total
  units: ReadonlyMap<string, Total>
}

export interface BoardRow {
  unit: string
  states: Record<string, number>
  total: number
  late: Total
  soon: Total
}

export interface Board {
  /** States in the declared order that somebody is in; ended ones last. */
  states: string[]
  rows: BoardRow[]
  sums: BoardRow
}

export function countByUnit(rows: readonly { unit: string }[]): Map<string, Total> {
  const counted = new Map<string, Total>()
  for (const { unit } of rows) counted.set(unit, { count: (counted.get(unit)?.count ?? 0) + 1, exact: true })
  return counted
}

export function boardOf(declaration: Declaration, counts: Counts, late: Due, soon: Due, units: readonly Unit[]): Board {
  const states = declaration.states.filter((one) => (counts.states[one.name] ?? 0) > 0).map((one) => one.name)
  const order = new Map(units.map((one, at) => [one.id, at]))
  const none: Total = { count: 0, exact: true }
  const rows = counts.units
    .map((one): BoardRow => ({
      unit: one.unit, states: one.states, total: Object.values(one.states).reduce((sum, count) => sum + count, 0),
      late: late.units.get(one.unit) ?? none, soon: soon.units.get(one.unit) ?? none,
    }))
    .sort((a, b) => (order.get(a.unit) ?? Infinity) - (order.get(b.unit) ?? Infinity) || a.unit.localeCompare(b.unit))
  const sum = (pick: (row: BoardRow) => number): number => rows.reduce((all, row) => all + pick(row), 0)
  const sums: BoardRow = {
    unit: '', states: Object.fromEntries(states.map((name) => [name, sum((row) => row.states[name] ?? 0)])), total: sum((row) => row.total),
    late: late.total, soon: soon.total,
  }
  return { states, rows, sums }
}

/** "10,000+" where the server counts no further. */
export const totalText = ({ count, exact }: Total): string => (exact ? numberText(count) : `${numberText(count)}+`)

export const lightOf = (row: BoardRow): Light => {
  if (row.late.count > 0) return 'red'
  return row.soon.count > 0 ? 'yellow' : 'green'
}

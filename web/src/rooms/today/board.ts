// The board: unit by state, with what is late and what soon will be. Units stand as in the directory, never by a count.

import type { Counts, Declaration, Light, ListRow, Unit } from '@/api/types'

export interface BoardRow {
  unit: string
  states: Record<string, number>
  total: number
  late: number
  soon: number
}

export interface Board {
  /** States in the declared order that somebody is in; ended ones last. */
  states: string[]
  rows: BoardRow[]
  sums: BoardRow
}

export function boardOf(declaration: Declaration, counts: Counts, late: readonly ListRow[], soon: readonly ListRow[], units: readonly Unit[]): Board {
  const states = declaration.states.filter((one) => (counts.states[one.name] ?? 0) > 0).map((one) => one.name)
  const order = new Map(units.map((one, at) => [one.id, at]))
  const countOf = (rows: readonly ListRow[], unit: string): number => rows.filter((one) => one.unit === unit).length
  const rows = counts.units
    .map((one): BoardRow => ({
      unit: one.unit, states: one.states, total: Object.values(one.states).reduce((sum, count) => sum + count, 0),
      late: countOf(late, one.unit), soon: countOf(soon, one.unit),
    }))
    .sort((a, b) => (order.get(a.unit) ?? Infinity) - (order.get(b.unit) ?? Infinity) || a.unit.localeCompare(b.unit))
  const sum = (pick: (row: BoardRow) => number): number => rows.reduce((all, row) => all + pick(row), 0)
  const sums: BoardRow = {
    unit: '', states: Object.fromEntries(states.map((name) => [name, sum((row) => row.states[name] ?? 0)])), total: sum((row) => row.total),
    late: sum((row) => row.late), soon: sum((row) => row.soon),
  }
  return { states, rows, sums }
}

export const lightOf = (row: BoardRow): Light => {
  if (row.late > 0) return 'red'
  return row.soon > 0 ? 'yellow' : 'green'
}

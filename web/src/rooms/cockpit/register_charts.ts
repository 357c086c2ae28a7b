// What any register draws from its counts, with no figure declared: its entries by state, and by unit and state.

import type { Counts, Declaration } from '@/api/types'

import type { ChartCells } from './chart_data'

const sum = (states: Record<string, number>): number => Object.values(states).reduce((all, one) => all + one, 0)

/** In the order of the procedure; only states that somebody is in. */
function statesIn(declaration: Declaration, counts: Counts): string[] {
  return declaration.states.map((one) => one.name).filter((name) => (counts.states[name] ?? 0) > 0)
}

export function byState(declaration: Declaration, counts: Counts): ChartCells {
  return { kind: 'groups', categories: statesIn(declaration, counts), series: [], count: (state) => counts.states[state] ?? 0, standing: [] }
}

/** In the order of the answer, which ranks nobody. */
export function byUnit(declaration: Declaration, counts: Counts): ChartCells {
  const units = new Map(counts.units.filter((one) => sum(one.states) > 0).map((one) => [one.unit, one.states]))
  return {
    kind: 'units', categories: [...units.keys()], series: statesIn(declaration, counts),
    count: (unit, state) => units.get(unit)?.[state] ?? 0, standing: [],
  }
}

/** The first `most` units; a picture of more is read by nobody, the table has all. */
export function shortened(data: ChartCells, most: number): ChartCells {
  return { ...data, categories: data.categories.slice(0, most) }
}

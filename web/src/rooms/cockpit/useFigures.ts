// Every figure of this person, or of one register, with its rows: asked for a few at a time, shown as they come, true while the screen is open.

import { type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

import { type Figure, type FigureSummary, loadFigure, loadFigures } from '@/api/figures'
import { problemOf, type Problem } from '@/api/problem'

import { backfillQuery, withBackfill } from './backfill'

export interface Figures {
  list: Readonly<ShallowRef<FigureSummary[] | null>>
  /** By name, as far as they have come. */
  found: Readonly<ShallowRef<Record<string, Figure>>>
  /** Those that were refused. */
  refused: Readonly<ShallowRef<Record<string, Problem>>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

const atOnce = 3

export function useFigures(register?: () => string): Figures {
  const list = shallowRef<FigureSummary[] | null>(null)
  const found = shallowRef<Record<string, Figure>>({})
  const refused = shallowRef<Record<string, Problem>>({})
  const problem = shallowRef<Problem | null>(null)

  let run = 0

  async function loadOne(name: string, mine: number): Promise<void> {
    try {
      const figure = await loadFigure(name, backfillQuery())
      if (mine === run) found.value = { ...found.value, [name]: figure }
    } catch (failure) {
      if (mine === run) refused.value = { ...refused.value, [name]: problemOf(failure) }
    }
  }

  async function load(): Promise<void> {
    const mine = (run += 1)
    problem.value = null
    refused.value = {}
    try {
      const all = await loadFigures()
      const figures = register ? all.filter((one) => one.register === register()) : all
      if (mine !== run) return
      list.value = figures
      const waiting = figures.map((one) => one.name)
      const work = async (): Promise<void> => {
        for (let name = waiting.shift(); name !== undefined && mine === run; name = waiting.shift()) await loadOne(name, mine)
      }
      await Promise.all(Array.from({ length: atOnce }, work))
    } catch (failure) {
      problem.value = problemOf(failure)
    }
  }

  void load()
  watch([withBackfill, () => register?.()], () => {
    found.value = {}
    void load()
  })
  return {
    list: shallowReadonly(list), found: shallowReadonly(found), refused: shallowReadonly(refused), problem: shallowReadonly(problem), load,
  }
}

// One figure and the register it counts in; the last question wins.

import { type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

import { isAborted } from '@/api/client'
import { type Figure, loadFigure } from '@/api/figures'
import { problemOf, type Problem } from '@/api/problem'
import type { Declaration } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDirectory } from '@/state/directory'
import { ensureDeclaration } from '@/state/registers'

import { backfillQuery, withBackfill } from './backfill'

export interface ShownFigure {
  figure: Readonly<ShallowRef<Figure | null>>
  declaration: Readonly<ShallowRef<Declaration | null>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

export function useFigure(name: () => string): ShownFigure {
  const figure = shallowRef<Figure | null>(null)
  const declaration = shallowRef<Declaration | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let running: AbortController | null = null

  async function load(): Promise<void> {
    running?.abort()
    const control = new AbortController()
    running = control
    problem.value = null
    try {
      const [found] = await Promise.all([loadFigure(name(), backfillQuery(), control.signal), ensureDirectory()])
      const declared = await ensureDeclaration(found.register)
      if (running !== control) return
      declaration.value = declared
      figure.value = found
    } catch (failure) {
      if (!isAborted(failure)) problem.value = problemOf(failure)
    }
  }

  watch([name, withBackfill], load, { immediate: true })
  useChanges(() => figure.value?.register ?? '', () => void load())
  return { figure: shallowReadonly(figure), declaration: shallowReadonly(declaration), problem: shallowReadonly(problem), load }
}

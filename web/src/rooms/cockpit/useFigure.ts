// One figure and the register it counts in; the last question wins.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { type Figure, loadFigure } from '@/api/figures'
import type { Problem } from '@/api/problem'
import type { Declaration } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDirectory } from '@/state/directory'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'

import { backfillQuery, withBackfill } from './backfill'

export interface ShownFigure {
  figure: ComputedRef<Figure | null>
  declaration: ComputedRef<Declaration | null>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

export function useFigure(name: () => string): ShownFigure {
  const { data, problem, load } = useLoad(async (signal) => {
    const [figure] = await Promise.all([loadFigure(name(), backfillQuery(), signal), ensureDirectory()])
    return { figure, declaration: await ensureDeclaration(figure.register) }
  }, { of: [name], again: () => withBackfill.value })
  const figure = computed(() => data.value?.figure ?? null)
  useChanges(() => figure.value?.register ?? '', () => void load())
  return { figure, declaration: computed(() => data.value?.declaration ?? null), problem, load }
}

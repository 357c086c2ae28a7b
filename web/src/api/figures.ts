// Figures and the rows behind them (api.md, section 18).

import { type Query, request } from './client'
import type { Texts } from './types'

export interface FigureSummary {
  name: string
  title: Texts
  register: string
  counts: string[]
}

export type Fact = string | number | boolean | null

export interface FigureRow {
  id: string
  number: string | null
  title: string
  reason: string
  backfilled: boolean
  facts: Record<string, Fact>
  /** Facts that name an entry which the reader may not read. */
  restricted: string[]
}

export interface Figure extends FigureSummary {
  groups: Record<string, number>
  /** The pack's words for its groups. */
  words?: Record<string, Texts>
  counted: number
  total: number
  rate: string | null
  /** How many rows came in by backfill. */
  backfilled: number
  /** Facts that are added up, over the rows that have them. */
  sums: Record<string, { sum: number; rows: number }>
  /** The pack's words for facts that are no fields. */
  fact_words: Record<string, Texts>
  on: string
  rows: FigureRow[]
}

export const loadFigures = async (): Promise<FigureSummary[]> =>
  (await request<{ figures: FigureSummary[] }>('GET', '/figures')).data.figures

/** Any fact is a filter. */
export const loadFigure = async (name: string, where: Query = {}, signal?: AbortSignal): Promise<Figure> =>
  (await request<Figure>('GET', `/figures/${encodeURIComponent(name)}`, { query: where, ...(signal ? { signal } : {}) })).data

// The words of a figure: the pack's own for its groups, the register's for its facts, ours for ages and months.

import type { Figure } from '@/api/figures'
import type { Declaration } from '@/api/types'
import { type MessageKey, t, textOf } from '@/locales'

import { noDate } from './chart_data'
import type { ChartData } from './chart_data'
import type { ChartWords } from './chart_option'

const ageTexts: Record<string, MessageKey> = {
  30: 'cockpit.age_30',
  90: 'cockpit.age_90',
  180: 'cockpit.age_180',
  365: 'cockpit.age_365',
  more: 'cockpit.age_more',
}

export const groupText = (figure: Figure, name: string): string => textOf(figure.words?.[name], name)

export function seriesText(figure: Figure, name: string): string {
  if (name === 'came') return t('cockpit.came')
  if (name === 'left') return t('cockpit.left')
  return groupText(figure, name)
}

export function categoryText(figure: Figure, data: ChartData, name: string): string {
  if (name === noDate) return t('cockpit.no_date')
  if (data.kind === 'groups') return groupText(figure, name)
  const age = data.kind === 'age' ? ageTexts[name] : undefined
  return age ? t(age) : name
}

export function wordsOf(figure: Figure, data: ChartData): ChartWords {
  return {
    category: (name) => categoryText(figure, data, name),
    series: (name) => seriesText(figure, name),
    standing: t('cockpit.standing'),
  }
}

const factTexts: Record<string, MessageKey> = {
  came_on: 'cockpit.came_on',
  left_on: 'cockpit.left_on',
  since: 'cockpit.since',
  stands: 'cockpit.stands',
}

export function factTitle(figure: Figure, declaration: Declaration | null, name: string): string {
  const own = factTexts[name]
  const packs = figure.fact_words[name]
  if (packs) return textOf(packs, name)
  return own ? t(own) : textOf(declaration?.fields.find((one) => one.name === name)?.title, name)
}

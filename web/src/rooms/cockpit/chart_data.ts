// What a figure draws, from its facts (docs/formats/declaration.md): `came_on` and `left_on` as flow by month,
// `since` as age until today, else the first date by month, else the groups. Chart, table and rows are one: every
// row has its places, and a cell counts the rows that are in it.
//
//     const data = chartOf(figure)
//     data.count('2026-05', 'closed')  ===  data.rowsOf('2026-05', 'closed').length

import type { Fact, Figure, FigureRow } from '@/api/figures'

export type ChartKind = 'flow' | 'age' | 'months' | 'groups' | 'units'

export interface Place {
  category: string
  series: string
}

/** What a chart and its table show. */
export interface ChartCells {
  kind: ChartKind
  categories: string[]
  /** Groups; of flow: `came`, `left`; of units: states. */
  series: string[]
  count: (category: string, series: string) => number
  /** Of flow: those that had come and not left by the end of each category. */
  standing: number[]
}

export interface ChartData extends ChartCells {
  /** The fact whose dates are drawn; empty for groups. */
  fact: string
  /** Both may be left out. */
  rowsOf: (category?: string, series?: string) => FigureRow[]
}

export const ages = ['30', '90', '180', '365', 'more'] as const
export const noDate = 'none'
const monthsMax = 36
const dayMs = 24 * 3600 * 1000

function dateOf(fact: Fact | undefined): string {
  return typeof fact === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(fact) ? fact : ''
}

const monthOf = (date: string): string => (date === '' ? noDate : date.slice(0, 7))

export function ageOf(since: string, on: string): string {
  if (since === '') return noDate
  const days = Math.round((Date.parse(on) - Date.parse(since)) / dayMs)
  return ages.find((one) => one === 'more' || days <= Number(one)) ?? 'more'
}

/** Every month from the first to the last, at most `monthsMax` of the newest; undated rows stand first. */
export function monthsBetween(found: readonly string[]): string[] {
  const dated = found.filter((one) => one !== noDate).sort()
  const months: string[] = []
  const [first] = dated
  const last = dated[dated.length - 1]
  for (let month = first; month !== undefined && last !== undefined && month <= last; month = monthAfter(month)) months.push(month)
  const shown = months.slice(-monthsMax)
  return found.includes(noDate) ? [noDate, ...shown] : shown
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

function kindOf(rows: readonly FigureRow[]): { kind: ChartKind; fact: string } {
  const names = Object.keys(rows[0]?.facts ?? {})
  if (names.includes('came_on') && names.includes('left_on')) return { kind: 'flow', fact: 'came_on' }
  if (names.includes('since')) return { kind: 'age', fact: 'since' }
  const dated = names.find((name) => rows.some((row) => dateOf(row.facts[name]) !== ''))
  return dated === undefined ? { kind: 'groups', fact: '' } : { kind: 'months', fact: dated }
}

function placesOf(row: FigureRow, kind: ChartKind, fact: string, on: string): Place[] {
  const date = dateOf(row.facts[fact])
  if (kind === 'groups') return [{ category: row.reason, series: row.reason }]
  if (kind === 'age') return [{ category: ageOf(date, on), series: row.reason }]
  if (kind === 'months') return [{ category: monthOf(date), series: row.reason }]
  const left = dateOf(row.facts.left_on)
  const came: Place = { category: monthOf(date), series: 'came' }
  return left === '' ? [came] : [came, { category: monthOf(left), series: 'left' }]
}

function categoriesOf(kind: ChartKind, places: readonly Place[], figure: Figure): string[] {
  const found = [...new Set(places.map((one) => one.category))]
  if (kind === 'groups') return groupsOf(figure)
  if (kind === 'age') return [...(found.includes(noDate) ? [noDate] : []), ...ages]
  return monthsBetween(found)
}

/** Those that count first, then the larger. */
export function groupsOf(figure: Figure): string[] {
  const size = (name: string): number => figure.groups[name] ?? 0
  const rest = Object.keys(figure.groups).filter((name) => !figure.counts.includes(name))
  return [...figure.counts.filter((name) => size(name) > 0), ...rest.sort((a, b) => size(b) - size(a) || a.localeCompare(b))]
}

export function chartOf(figure: Figure): ChartData {
  const { kind, fact } = kindOf(figure.rows)
  const placed = figure.rows.map((row) => ({ row, places: placesOf(row, kind, fact, figure.on) }))
  const categories = categoriesOf(kind, placed.flatMap((one) => one.places), figure)
  const series = kind === 'flow' ? ['came', 'left'] : groupsOf(figure)
  const rowsOf = (category?: string, wanted?: string): FigureRow[] =>
    placed
      .filter(({ places }) => places.some((one) => (category === undefined || one.category === category) && (wanted === undefined || one.series === wanted)))
      .map((one) => one.row)
  const cells = new Map<string, number>()
  for (const { category, series: name } of placed.flatMap((one) => one.places)) {
    cells.set(`${category}/${name}`, (cells.get(`${category}/${name}`) ?? 0) + 1)
  }
  const count = (category: string, name: string): number => cells.get(`${category}/${name}`) ?? 0
  return { kind, fact, categories, series, count, rowsOf, standing: kind === 'flow' ? standingOf(placed.flatMap((one) => one.places), categories) : [] }
}

/** Also what came and left before the first month that is shown. */
function standingOf(places: readonly Place[], categories: readonly string[]): number[] {
  const sign = (one: Place): number => (one.series === 'came' ? 1 : -1)
  return categories.map((month) => places.filter((one) => one.category <= month).reduce((sum, one) => sum + sign(one), 0))
}

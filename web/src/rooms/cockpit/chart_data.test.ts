import { describe, expect, it } from 'vitest'

import type { Fact, Figure } from '@/api/figures'

import { ageOf, chartOf, groupsOf, monthsBetween } from './chart_data'

function figureOf(rows: [string, Record<string, Fact>][], counts = ['closed']): Figure {
  const groups: Record<string, number> = {}
  for (const [reason] of rows) groups[reason] = (groups[reason] ?? 0) + 1
  return {
    name: 'f', title: {}, register: 'r', counts, groups, counted: 0, total: rows.length, rate: null, backfilled: 0, sums: {}, fact_words: {}, on: '2026-11-25',
    rows: rows.map(([reason, facts], at) => ({ id: String(at), number: null, title: '', reason, backfilled: false, restricted: [], facts })),
  }
}

describe('chartOf', () => {
  it('draws flow by month, with what stands at the end of each', () => {
    const data = chartOf(figureOf([
      ['open', { came_on: '2026-01-10', left_on: null }],
      ['closed', { came_on: '2026-01-20', left_on: '2026-03-02' }],
      ['open', { came_on: '2026-03-05', left_on: null }],
    ]))
    expect(data.kind).toBe('flow')
    expect(data.categories).toEqual(['2026-01', '2026-02', '2026-03'])
    expect(data.categories.map((month) => [data.count(month, 'came'), data.count(month, 'left')])).toEqual([[2, 0], [0, 0], [1, 1]])
    expect(data.standing).toEqual([2, 2, 2])
  })

  it('draws age until the day of the figure', () => {
    const data = chartOf(figureOf([['in_time', { since: '2026-11-01' }], ['overdue', { since: '2024-01-01' }], ['overdue', { since: null }]]))
    expect(data.kind).toBe('age')
    expect(data.categories).toEqual(['none', '30', '90', '180', '365', 'more'])
    expect(data.rowsOf('more', 'overdue').map((one) => one.id)).toEqual(['1'])
    expect([ageOf('2026-10-26', '2026-11-25'), ageOf('2026-10-25', '2026-11-25'), ageOf('', '2026-11-25')]).toEqual(['30', '90', 'none'])
  })

  it('draws by the first date there is, groups side by side, undated rows apart', () => {
    const data = chartOf(figureOf([['late', { first_due: '2025-12-31', other: 'x' }], ['running', { first_due: null, other: 'y' }]]))
    expect([data.kind, data.fact, data.categories]).toEqual(['months', 'first_due', ['none', '2025-12']])
  })

  it('draws groups where there is no date: those that count first', () => {
    const data = chartOf(figureOf([['open', { item: 'x' }], ['open', { item: 'y' }], ['closed', { item: 'z' }]]))
    expect([data.kind, data.categories]).toEqual(['groups', ['closed', 'open']])
  })

  it('counts in each cell what its rows are', () => {
    const data = chartOf(figureOf([['late', { d: '2026-01-01' }], ['late', { d: '2026-01-09' }], ['closed', { d: '2026-02-01' }]]))
    for (const category of data.categories) {
      for (const series of data.series) expect(data.count(category, series)).toBe(data.rowsOf(category, series).length)
    }
    expect(data.rowsOf().length).toBe(3)
    expect(data.rowsOf(undefined, 'late').length).toBe(2)
  })
})

it('fills the months between, over the year, and leaves out the oldest of many', () => {
  expect(monthsBetween(['2026-02', '2025-11'])).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  expect(monthsBetween([])).toEqual([])
  const many = monthsBetween(['2010-01', '2026-01'])
  expect([many.length, many[many.length - 1]]).toEqual([36, '2026-01'])
})

it('orders groups: counted ones first, then by size', () => {
  expect(groupsOf(figureOf([['a', {}], ['b', {}], ['b', {}], ['closed', {}]]))).toEqual(['closed', 'b', 'a'])
})

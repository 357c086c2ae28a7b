import { expect, it } from 'vitest'

import type { Counts, Declaration } from '@/api/types'

import { byState, byUnit, shortened } from './register_charts'

const declaration = { states: ['draft', 'review', 'done'].map((name) => ({ name, title: {}, final: false, ended_otherwise: false })) } as unknown as Declaration
const counts: Counts = {
  states: { done: 4, draft: 2, review: 0 },
  units: [{ unit: 'a', states: { draft: 2, done: 1 } }, { unit: 'b', states: { review: 0 } }, { unit: 'c', states: { done: 3 } }],
  overdue: 0, due_in_10_days: 0, labels: {},
}

it('draws states in the order of the procedure, without empty ones', () => {
  const data = byState(declaration, counts)
  expect(data.categories).toEqual(['draft', 'done'])
  expect(data.count('done', 'done')).toBe(4)
})

it('draws units that have an entry; every cell is a count of the answer', () => {
  const data = byUnit(declaration, counts)
  expect(data.categories).toEqual(['a', 'c'])
  expect(data.series).toEqual(['draft', 'done'])
  expect([data.count('a', 'done'), data.count('c', 'draft'), data.count('b', 'draft')]).toEqual([1, 0, 0])
  expect(shortened(data, 1).categories).toEqual(['a'])
})

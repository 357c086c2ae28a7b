import { expect, it } from 'vitest'

import type { Counts, Declaration, Unit } from '@/api/types'

import { boardOf, countByUnit, type Due, lightOf, totalText } from './board'

it('puts units in the order of the directory, however much they have', () => {
  const declaration = { states: [{ name: 'draft' }, { name: 'issued' }, { name: 'ended' }] } as unknown as Declaration
  const counts: Counts = {
    states: { issued: 5, draft: 1 }, units: [{ unit: 'b', states: { issued: 4 } }, { unit: 'gone', states: { draft: 1 } }, { unit: 'a', states: { issued: 1 } }],
    overdue: 1, due_in_10_days: 1, labels: {},
  }
  const due = (unit: string): Due => ({ total: { count: 1, exact: true }, units: countByUnit([{ unit }]) })
  const board = boardOf(declaration, counts, due('a'), due('b'), [{ id: 'a' }, { id: 'b' }] as unknown as Unit[])
  expect(board.states).toEqual(['draft', 'issued'])
  expect(board.rows.map((one) => one.unit)).toEqual(['a', 'b', 'gone'])
  expect(board.sums).toMatchObject({ total: 6, late: { count: 1 }, soon: { count: 1 }, states: { draft: 1, issued: 5 } })
  expect(board.rows.map(lightOf)).toEqual(['red', 'yellow', 'green'])
})

it('says where the server counts no further, and never that fewer are late', () => {
  const rows = [...Array.from({ length: 3 }, () => ({ unit: 'a' })), { unit: 'b' }]
  expect([...countByUnit(rows)].map(([unit, total]) => [unit, totalText(total)])).toEqual([['a', '3'], ['b', '1']])
  expect(totalText({ count: 10000, exact: false })).toMatch(/^10.?000\+$/)
  const row = { unit: 'a', states: {}, total: 0, late: { count: 10000, exact: false }, soon: { count: 0, exact: true } }
  expect(lightOf(row)).toBe('red')
})

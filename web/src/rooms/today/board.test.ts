import { expect, it } from 'vitest'

import type { Counts, Declaration, ListRow, Unit } from '@/api/types'

import { boardOf, lightOf } from './board'

it('puts units in the order of the directory, however much they have', () => {
  const declaration = { states: [{ name: 'draft' }, { name: 'issued' }, { name: 'ended' }] } as unknown as Declaration
  const counts: Counts = {
    states: { issued: 5, draft: 1 }, units: [{ unit: 'b', states: { issued: 4 } }, { unit: 'gone', states: { draft: 1 } }, { unit: 'a', states: { issued: 1 } }],
    overdue: 1, due_in_10_days: 1, labels: {},
  }
  const row = (unit: string) => ({ unit }) as unknown as ListRow
  const board = boardOf(declaration, counts, [row('a')], [row('b')], [{ id: 'a' }, { id: 'b' }] as unknown as Unit[])
  expect(board.states).toEqual(['draft', 'issued'])
  expect(board.rows.map((one) => one.unit)).toEqual(['a', 'b', 'gone'])
  expect(board.sums).toMatchObject({ total: 6, late: 1, soon: 1, states: { draft: 1, issued: 5 } })
  expect(board.rows.map(lightOf)).toEqual(['red', 'yellow', 'green'])
})

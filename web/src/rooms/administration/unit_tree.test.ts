import { expect, it } from 'vitest'

import type { Unit } from '@/api/types'

import { treeOf } from './unit_tree'

const unit = (id: string, parent: string | null, code: string): Unit => ({ id, parent, code, name: id, kind: 'other', from: '2020-01-01', to: null })

it('puts units below their parents, by code, and orphans at the top', () => {
  const lines = treeOf([unit('b', 'root', '2'), unit('a', 'root', '1'), unit('root', null, '0'), unit('aa', 'a', '9'), unit('lost', 'gone', '5')])
  expect(lines.map((one) => [one.unit.id, one.depth])).toEqual([['root', 0], ['a', 1], ['aa', 2], ['b', 1], ['lost', 0]])
})

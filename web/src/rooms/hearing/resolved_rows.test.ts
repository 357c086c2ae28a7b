import { expect, it } from 'vitest'

import type { Field } from '@/api/types'

import { rowsOf, shownRows, typedRows, written } from './resolved_rows'

const columns = ['task', 'person'].map((name) => ({ name, default: null }) as Field)

it('shows one free row below what was typed, and only one', () => {
  expect(shownRows(null, columns)).toEqual([{ task: null, person: null }])
  const first = written(shownRows(null, columns), 0, 'task', 'Call the bank')
  expect(shownRows(first, columns)).toEqual([{ task: 'Call the bank', person: null }, { task: null, person: null }])
  expect(shownRows(shownRows(first, columns), columns)).toHaveLength(2)
})

it('hands in what was typed, and nothing where nothing was', () => {
  const rows = written(shownRows([{ task: 'One', person: 'p' }], columns), 1, 'task', '')
  expect(typedRows(rows)).toEqual([{ task: 'One', person: 'p' }])
  expect(typedRows(shownRows(null, columns))).toBeNull()
})

it('takes no list of ids for rows', () => {
  expect(rowsOf(['a', 'b'])).toEqual([])
  expect(rowsOf('a')).toEqual([])
})

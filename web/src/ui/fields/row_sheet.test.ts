import { beforeAll, expect, it, vi } from 'vitest'

import type { Field, FieldType } from '@/api/types'

import { useLanguage } from '@/locales'

import { cellsOf, emptyRow, pasted, readCell } from './row_sheet'

const column = (name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  name, type, title: {}, help: null, required: false, sealed: false, set_by: 'person', max: 0, scale: 0, choices: [], many: false, to: null, rows: [], default: null, ...more,
})
const columns = [column('task', 'text'), column('due_by', 'date'), column('count', 'integer', { default: 1 }), column('unit', 'unit')]

vi.mock('@/state/session', () => ({ session: { value: { org: { time_zone: 'Asia/Macau', currency: 'MOP' } } } }))

beforeAll(() => useLanguage('zh'))

it('reads what a spreadsheet copies', () => {
  expect(cellsOf('a\tb\r\nc\t"d ""e""\nf"\n')).toEqual([['a', 'b'], ['c', 'd "e"\nf']])
  expect(cellsOf('one')).toEqual([['one']])
})

it('reads a cell by the type of its column', () => {
  expect(readCell(columns[1]!, '2026年3月1日')).toBe('2026-03-01')
  expect(readCell(columns[1]!, '2026/12/31')).toBe('2026-12-31')
  expect(readCell(columns[1]!, 'soon')).toBeNull()
  expect(readCell(columns[3]!, '办公室')).toBeNull()
  expect(readCell(column('kind', 'choice', { choices: [{ code: 'sick', title: { zh: '病假' } }] }), '病假')).toBe('sick')
  expect([readCell(column('paid', 'boolean'), '是'), readCell(column('paid', 'boolean'), '否'), readCell(column('paid', 'boolean'), '?')]).toEqual([true, false, null])
})

it('reads money in the currency of the organisation', () => {
  expect(readCell(column('fee', 'money'), '1,200.50')).toEqual({ minor: 120050, currency: 'MOP' })
})

it('pastes from a cell on, adds rows that are missing, and counts what it could not take', () => {
  const before = [{ ...emptyRow(columns), task: 'kept', unit: 'u' }]
  const { rows, skipped } = pasted(columns, before, { row: 0, column: 1 }, '2026-03-01\t5\t办公室\tmore\n2026-04-01\t', 100)
  expect(rows).toEqual([{ task: 'kept', due_by: '2026-03-01', count: 5, unit: 'u' }, { task: null, due_by: '2026-04-01', count: 1, unit: null }])
  expect(skipped).toBe(2)
  expect(before[0]).toMatchObject({ due_by: null })
})

it('adds no more rows than the register takes', () => {
  expect(pasted(columns, [], { row: 0, column: 0 }, 'a\nb\nc', 2)).toEqual({ rows: [{ ...emptyRow(columns), task: 'a' }, { ...emptyRow(columns), task: 'b' }], skipped: 1 })
})

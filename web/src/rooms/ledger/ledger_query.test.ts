import { expect, it } from 'vitest'

import type { Declaration, Field, View } from '@/api/types'

import { groupings, jumpKind, listQuery, nextSort, readQuery, withFilter, writeQuery } from './ledger_query'

const view = (name: string, more: Partial<View> = {}): View => ({ name, title: {}, columns: [], filters: ['state', 'unit', 'kind', 'due', 'begins_on'], sorts: ['-changed_at', 'number', 'begins_on'], states: [], ...more })
const field = (name: string, type: Field['type']): Field => ({ name, type, many: false, choices: [] }) as unknown as Field
const declaration = {
  name: 'r', views: [view('all'), view('active', { sorts: [] })], fields: [field('kind', 'choice'), field('begins_on', 'date'), field('note', 'text')],
} as unknown as Declaration
const read = (query: Parameters<typeof readQuery>[1]) => readQuery(declaration, query)!

it('takes from the address what the view declares, and passes over the rest', () => {
  const query = read({ view: 'all', state: ['a', 'b'], 'begins_on.from': '2026-01-01', below: 'true', note: 'x', colour: 'red', sort: 'colour', q: ' ' })
  expect(query.filters).toEqual({ state: ['a', 'b'], 'begins_on.from': ['2026-01-01'], below: ['true'] })
  expect(query.sort).toBe('-changed_at')
  expect(read({ view: 'none' }).view.name).toBe('all')
  expect(readQuery({ ...declaration, views: [] }, {})).toBeNull()
})

it('writes to the address only what is not so anyway, and reads it back the same', () => {
  expect(writeQuery(declaration, read({}))).toEqual({})
  const query = read({ sort: 'number', at: 'JZ-2026', state: ['a'], group: 'unit' })
  expect(writeQuery(declaration, query)).toEqual({ sort: 'number', at: 'JZ-2026', state: ['a'], group: 'unit' })
  const address = writeQuery(declaration, query)
  expect(read(address)).toEqual(query)
})

it('asks the server for view, filters, sort and start, not for words and groups', () => {
  expect(listQuery(read({ state: 'a', q: 'words', group: 'state' }))).toEqual({ state: ['a'], view: 'all', sort: '-changed_at', at: undefined })
  expect(listQuery(read({ view: 'active' })).sort).toBeUndefined()
})

it('changes one filter and takes it away again', () => {
  const set = withFilter({ unit: ['u'] }, 'state', ['a'])
  expect(set).toEqual({ unit: ['u'], state: ['a'] })
  expect(withFilter(set, 'state', [])).toEqual({ unit: ['u'] })
})

it('turns a sort round, and sorts by nothing that is not declared', () => {
  expect(nextSort(view('all'), '-changed_at', 'changed_at')).toBe('changed_at')
  expect(nextSort(view('all'), 'changed_at', 'changed_at')).toBe('-changed_at')
  expect(nextSort(view('all'), '-changed_at', 'number')).toBe('number')
  expect(nextSort(view('all'), '-changed_at', 'note')).toBeNull()
})

it('groups by what has few values and can be filtered', () => {
  expect(groupings(declaration, view('all'))).toEqual(['state', 'unit', 'kind'])
  expect(read({ group: 'begins_on' }).group).toBe('')
})

it('jumps by what somebody can type', () => {
  expect(jumpKind(declaration, 'number')).toBe('text')
  expect(jumpKind(declaration, '-begins_on')).toBe('date')
  expect(jumpKind(declaration, 'due')).toBe('date')
  expect(jumpKind(declaration, '-changed_at')).toBeNull()
  expect(jumpKind(declaration, 'kind')).toBeNull()
})

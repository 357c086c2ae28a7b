import { expect, it } from 'vitest'

import type { Entry, Field, Values } from '@/api/types'

import { mergeOf } from './merge'

const line = (name: string) => ({ part: 'fields' as const, field: { name } as Field, required: false })
const entry = (fields: Values): Entry => ({ fields }) as unknown as Entry
const lines = ['a', 'b', 'c', 'd', 'e'].map(line)

it('takes over what only the other changed, and asks where both did', () => {
  const seen = entry({ a: '1', b: '1', c: '1', d: '1', e: null })
  const now = entry({ a: '2', b: '1', c: '2', d: '2', e: '' })
  const mine = { 'fields/a': '1', 'fields/b': '9', 'fields/c': '9', 'fields/d': '2', 'fields/e': null }
  const merge = mergeOf(lines, mine, seen, now)
  expect(merge.taken).toEqual({ 'fields/a': '2' })
  expect(merge.clashes.map((one) => one.field.name)).toEqual(['c'])
})

it('leaves inputs alone: they are of no entry', () => {
  const input = { ...line('a'), part: 'inputs' as const }
  expect(mergeOf([input], { 'inputs/a': '9' }, entry({ a: '1' }), entry({ a: '2' }))).toEqual({ taken: {}, clashes: [] })
})

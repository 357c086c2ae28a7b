import { expect, it } from 'vitest'

import { changedValues, type FormField } from './form'

const fields: FormField[] = [
  { name: 'name', label: '', kind: 'text' },
  { name: 'to', label: '', kind: 'date' },
  { name: 'outside', label: '', kind: 'check' },
  { name: 'value', label: '', kind: 'number' },
]

it('sends of a new row what was filled in', () => {
  expect(changedValues(fields, null, { name: ' Wen ', to: '', outside: false, value: '3' })).toEqual({ name: 'Wen', outside: false, value: 3 })
})

it('takes a number as the box for numbers gives it', () => {
  const before = { value: '3' }
  expect(changedValues(fields, before, { value: 9 })).toEqual({ value: 9 })
  expect(changedValues(fields, before, { value: 3 })).toEqual({})
  expect(changedValues(fields, before, { value: '' })).toEqual({ value: null })
})

it('sends of an old row what changed, and null for what was emptied', () => {
  const before = { name: 'Wen', to: '2026-01-01', outside: true, value: '3' }
  expect(changedValues(fields, before, { ...before })).toEqual({})
  expect(changedValues(fields, before, { ...before, to: '' })).toEqual({ to: null })
})

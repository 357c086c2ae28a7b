import { expect, it } from 'vitest'

import type { Action, Entry } from '@/api/types'

import { isSignedOnPaper, wantedSignatures } from './paper_signing'

const action = (more: Partial<Action> = {}): Action =>
  ({ name: 'approve', from: ['review'], need: [], inputs: [], returns: false, kinds: ['own', 'paper'], signatures: [{ by: 'office.reviewer', count: 2, title: {} }], ...more }) as unknown as Action
const entry = (more: Partial<Entry> = {}): Entry =>
  ({ state: 'review', round: null, next: [{ action: 'approve', by: 'office.reviewer', people: ['a', 'b'] }], ...more }) as unknown as Entry

it('asks for a sheet where a pen is taken and nothing else is to be filled in', () => {
  expect(isSignedOnPaper(action(), entry())).toBe(true)
  expect(isSignedOnPaper(action(), entry({ state: 'draft' }))).toBe(false)
  expect(isSignedOnPaper(action({ kinds: ['own'] }), entry())).toBe(false)
  expect(isSignedOnPaper(action({ need: ['finish_by'] }), entry())).toBe(false)
})

it('goes on with the round that is open, and with no other', () => {
  const round = { action: 'approve', signatures_given: 1, signatures_wanted: 2, signatures: [{ role: 'office.reviewer' }] } as unknown as Entry['round']
  expect(isSignedOnPaper(action({ need: ['finish_by'] }), entry({ round }))).toBe(true)
  expect(isSignedOnPaper(action({ name: 'refuse' }), entry({ round }))).toBe(false)
  expect(wantedSignatures(action(), entry({ round }))).toEqual([{ title: {}, by: 'office.reviewer', people: ['a', 'b'] }])
  expect(wantedSignatures(action(), entry())).toHaveLength(2)
})

import { expect, it } from 'vitest'

import type { Action, Declaration, Entry, Field, Offer } from '@/api/types'

import { changedValues, formLines, isOneClick, paperLines, startValues } from './action_form'

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name, type: 'text', title: {}, help: null, required: false, sealed: false, set_by: 'person', max: 0, scale: 0, choices: [],
  many: false, to: null, rows: [], default: null, ...more,
})
const action = (more: Partial<Action> = {}): Action => ({
  name: 'file', title: {}, from: [], to: null, returns: false, by: [], fields: [], need: [], inputs: [], signatures: [], kinds: ['own'],
  blind: false, second_factor: false, apart_from: [], confirm: false, ...more,
})
const offer = (given: number): Offer => ({ name: 'file', post: null, role: '', signed_for: null, signatures_given: given, signatures_wanted: 2, compares: [] })
const declaration = { fields: [field('body', { required: true }), field('note'), field('closed_on', { set_by: 'procedure' })], deadlines: [] } as unknown as Declaration
const entry = { fields: { body: 'a', note: null } } as unknown as Entry
const filing = action({ fields: ['note', 'body'], need: ['note', 'closed_on'], inputs: [field('reason', { required: true })] })

it('asks for the fields and inputs of the action, in the declared order, those it needs as required', () => {
  const lines = formLines(declaration, filing, offer(0))
  expect(lines.map((one) => [one.part, one.field.name, one.required])).toEqual([
    ['fields', 'body', true], ['fields', 'note', true], ['inputs', 'reason', true],
  ])
})

it('asks why a clock is stopped, by the declared reasons', () => {
  const reasons = [{ code: 'hearing', title: {} }]
  const paused = { ...declaration, deadlines: [{ name: 'due', title: {}, holder: '', pauses: ['file'], resumes: [], pause_reasons: reasons }] }
  const line = formLines(paused, action(), null).at(0)
  expect(line).toMatchObject({ part: 'inputs', required: true, field: { name: 'pause_reason', type: 'choice', choices: reasons } })
  expect(formLines(paused, action({ name: 'resume' }), null)).toEqual([])
})

it('records of a signed sheet who, when, which words, and its scan', () => {
  expect(paperLines().map((one) => [one.field.name, one.required])).toEqual([
    ['signer', true], ['signed_on', true], ['words', false], ['scan', true],
  ])
})

it('asks a later signer for nothing', () => {
  expect(formLines(declaration, filing, offer(1))).toEqual([])
})

it('sends what was changed and no more', () => {
  const lines = formLines(declaration, filing, offer(0))
  const values = { ...startValues(lines, entry), 'fields/note': 'b', 'inputs/reason': 'because' }
  expect(changedValues(lines, 'fields', values, entry)).toEqual({ note: 'b' })
  expect(changedValues(lines, 'inputs', values, entry)).toEqual({ reason: 'because' })
  expect(changedValues(lines, 'fields', { ...values, 'fields/body': '' }, entry)).toEqual({ body: '', note: 'b' })
})

it('does at once only what asks nothing', () => {
  expect(isOneClick(action(), [])).toBe(true)
  expect(isOneClick(action({ confirm: true }), [])).toBe(false)
  expect(isOneClick(action({ signatures: [{ by: 'office.reviewer', count: 1, title: {} }] }), [])).toBe(false)
  expect(isOneClick(filing, formLines(declaration, filing, null))).toBe(false)
})

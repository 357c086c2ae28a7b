import { expect, it } from 'vitest'

import type { Declaration } from '@/api/types'

import { toneOf } from './tones'

const declaration = {
  states: [
    { name: 'draft', title: {}, final: false, ended_otherwise: false }, { name: 'issued', title: {}, final: false, ended_otherwise: false },
    { name: 'struck_off', title: {}, final: true, ended_otherwise: false }, { name: 'ended', title: {}, final: true, ended_otherwise: true },
  ],
  actions: [{ name: 'issue', from: ['draft'], to: 'issued' }],
} as unknown as Declaration

it('tells how a statement stands', () => {
  const tone = (state: string, light: 'green' | 'red' | null = null) =>
    toneOf(declaration, { state, due: light === null ? null : { on: '2026-01-01', light } })
  expect(['draft', 'issued', 'struck_off', 'ended', 'unknown'].map((one) => tone(one))).toEqual(['open', 'hand', 'done', 'ended', 'none'])
  expect([tone('issued', 'red'), tone('issued', 'green'), tone('struck_off', 'red')]).toEqual(['late', 'hand', 'done'])
  expect(toneOf(undefined, { state: 'draft', due: null })).toBe('none')
})

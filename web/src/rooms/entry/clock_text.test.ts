import { beforeAll, expect, it } from 'vitest'

import { useLanguage } from '@/locales'

import { clockText, deadlineOf, isClock } from './clock_text'

beforeAll(() => useLanguage('en'))

const clock = { first_on: '2026-12-01', due_on: '2026-12-14', provisional: false, paused_on: null, stopped_on: null }

it('says where a clock stands', () => {
  expect(clockText(clock)).toContain('2026-12-14')
  expect(clockText({ ...clock, provisional: true })).not.toBe(clockText(clock))
  expect(clockText({ ...clock, paused_on: '2026-12-03' })).toContain('2026-12-03')
  expect(clockText({ ...clock, paused_on: '2026-12-03', stopped_on: '2026-12-05' })).toContain('2026-12-05')
})

it('tells a clock from the value of a field', () => {
  expect(deadlineOf('deadline.review')).toBe('review')
  expect(deadlineOf('review')).toBeNull()
  expect(isClock(clock)).toBe(true)
  for (const value of [null, 'due_on', 3, ['due_on'], { amount: 1, currency: 'CNY' }]) expect(isClock(value as never)).toBe(false)
})

import { expect, it } from 'vitest'

import { momentInput, moneyInput, readDecimal, readInteger, readMoment, readMoney } from './parse'

it('reads numbers, and hands on what is none', () => {
  expect([readInteger(' 12 '), readInteger('-3'), readInteger(''), readInteger('1.5')]).toEqual([12, -3, null, '1.5'])
  expect([readDecimal('1,234.50'), readDecimal(' ')]).toEqual(['1234.50', null])
})

it('reads money in minor units, to the last cent', () => {
  expect(readMoney('1,234.5', 'CNY')).toEqual({ minor: 123450, currency: 'CNY' })
  expect(readMoney('-0.07', 'CNY')).toEqual({ minor: -7, currency: 'CNY' })
  expect(readMoney('0.29', 'CNY')).toEqual({ minor: 29, currency: 'CNY' })
  expect(readMoney('12.345', 'CNY')).toBe('12.345')
  expect([moneyInput(123450), moneyInput(-7), moneyInput(0)]).toEqual(['1234.50', '-0.07', '0.00'])
})

it('reads moments in the zone of the organisation, on both sides of a change of the clocks', () => {
  const instant = Date.UTC(2026, 10, 24, 16, 4)
  expect(momentInput(instant, 'Asia/Shanghai')).toBe('2026-11-25T00:04')
  expect(readMoment('2026-11-25T00:04', 'Asia/Shanghai')).toBe(instant)
  for (const text of ['2026-03-29T01:30', '2026-03-29T03:30', '2026-10-25T04:30']) {
    expect(momentInput(readMoment(text, 'Europe/Berlin') as number, 'Europe/Berlin')).toBe(text)
  }
})

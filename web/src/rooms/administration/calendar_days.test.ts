import { expect, it } from 'vitest'

import { daysText, typedDays, withYear } from './calendar_days'

it('reads a day or a range a line', () => {
  expect(typedDays('2027-01-01..2027-01-03\n2-5 ~ 2-7\n\n10-1', 2027)).toEqual({
    days: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-02-05', '2027-02-06', '2027-02-07', '2027-10-01'],
    faults: [],
  })
})

it('reads days as the notice writes them', () => {
  expect(typedDays('2\u67085\u65e5\u81f32\u67086\u65e5', 2027)).toEqual({ days: ['2027-02-05', '2027-02-06'], faults: [] })
  const holiday = '1\u67081\u65e5\uff08\u5468\u4e94\uff09\u81f33\u65e5\uff08\u5468\u65e5\uff09'
  expect(typedDays(holiday, 2027)).toEqual({ days: ['2027-01-01', '2027-01-02', '2027-01-03'], faults: [] })
  expect(typedDays('2\u670814\u65e5\uff08\u5468\u65e5\uff09\u30012\u670828\u65e5', 2027)).toEqual({ days: ['2027-02-14', '2027-02-28'], faults: [] })
})

it('names the lines that are no days of the year', () => {
  expect(typedDays('2026-12-31\n2-30\nx\n5-3..5-1\n1-1..12-31', 2027)).toEqual({ days: [], faults: [1, 2, 3, 4, 5] })
})

it('writes what it reads', () => {
  const days = ['2027-02-28', '2027-03-01', '2027-05-01']
  expect(daysText(days)).toBe('2027-02-28..2027-03-01\n2027-05-01')
  expect(typedDays(daysText(days), 2027).days).toEqual(days)
})

it('changes one year of a calendar and no other', () => {
  const calendar = { name: 'cn', rest_weekdays: [0, 6], known_years: [2026], holidays: ['2026-10-01', '2026-10-02'], makeup_workdays: ['2026-10-10'] }
  expect(withYear(calendar, 2027, ['2027-01-01'], [])).toEqual({
    ...calendar,
    known_years: [2026, 2027],
    holidays: ['2026-10-01', '2026-10-02', '2027-01-01'],
  })
  expect(withYear(calendar, 2026, ['2026-10-01'], []).holidays).toEqual(['2026-10-01'])
})

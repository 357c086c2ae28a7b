// The days of one year as an administrator types them from the yearly notice: one day or one range a line.

import type { Profile } from '@/api/administration'

export interface TypedDays {
  days: string[]
  /** The numbers of the lines that name no days of the year, from 1. */
  faults: number[]
}

const DAY = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/
const RANGE = /\s*(?:\.\.|~|\u2013|\u2014+|\u81f3|\u5230|\s-\s)\s*/
const LONGEST = 60

const two = (number: number): string => String(number).padStart(2, '0')

/** "2027-02-05" or "2-5", and the same with month and day characters; null: no day of the year. */
function dayOf(text: string, year: number): string | null {
  const plain = text.replace(/[\u5e74\u6708/.]/g, '-').replace(/\u65e5$/, '')
  const found = DAY.exec(plain)
  if (!found) return null
  const day = `${found[1] ?? year}-${two(Number(found[2]))}-${two(Number(found[3]))}`
  const date = new Date(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
  return isDay && day.startsWith(`${year}-`) ? day : null
}

function rangeOf(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = new Date(`${from}T00:00:00Z`); days.length <= LONGEST; at = new Date(at.getTime() + 86_400_000)) {
    const day = at.toISOString().slice(0, 10)
    if (day > to) return days
    days.push(day)
  }
  return []
}

function daysOf(line: string, year: number): string[] {
  const parts = line.split(RANGE).map((part) => dayOf(part.trim(), year))
  const [from, to] = parts
  if (!from || parts.length > 2) return []
  if (parts.length === 1) return [from]
  return to ? rangeOf(from, to) : []
}

export function typedDays(text: string, year: number): TypedDays {
  const days = new Set<string>()
  const faults: number[] = []
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return
    const found = daysOf(line.trim(), year)
    if (found.length === 0) faults.push(at + 1)
    for (const day of found) days.add(day)
  })
  return { days: [...days].sort(), faults }
}

/** Days as typedDays() reads them, what follows day by day in one line. */
export function daysText(days: readonly string[]): string {
  const lines: [string, string][] = []
  for (const day of [...days].sort()) {
    const last = lines[lines.length - 1]
    if (last && rangeOf(last[1], day).length === 2) last[1] = day
    else lines.push([day, day])
  }
  return lines.map(([from, to]) => (from === to ? from : `${from}..${to}`)).join('\n')
}

/** The calendar with the days of one year in the place of those it had. */
export function withYear(calendar: Profile['calendar'], year: number, holidays: readonly string[], worked: readonly string[]): Profile['calendar'] {
  const others = (days: readonly string[]): string[] => days.filter((day) => !day.startsWith(`${year}-`))
  return {
    ...calendar,
    known_years: [...new Set([...calendar.known_years, year])].sort((a, b) => a - b),
    holidays: [...others(calendar.holidays), ...holidays].sort(),
    makeup_workdays: [...others(calendar.makeup_workdays), ...worked].sort(),
  }
}

// The days of one year as an administrator types them from the yearly notice: days and ranges, a line or several.

import type { Profile } from '@/api/administration'

export interface TypedDays {
  days: string[]
  /** The numbers of the lines that name no days of the year, from 1. */
  faults: number[]
}

const DAY = /^(?:(?:(\d{4})-)?(\d{1,2})-)?(\d{1,2})$/
const RANGE = /\s*(?:\.\.|~|\u2013|\u2014+|\u81f3|\u5230|\s-\s)\s*/
const ASIDE = /[(\uff08][^)\uff09]*[)\uff09]/g
const LONGEST = 60

const two = (number: number): string => String(number).padStart(2, '0')

/** "2027-02-05" or "2-5", and the same with month and day characters; a day alone is of `month`. Null: no day of the year. */
function dayOf(text: string, year: number, month?: string): string | null {
  const plain = text.replace(/[\u5e74\u6708/.]/g, '-').replace(/\u65e5$/, '')
  const found = DAY.exec(plain)
  const ofMonth = found?.[2] ?? month
  if (!found || ofMonth === undefined) return null
  const day = `${found[1] ?? year}-${two(Number(ofMonth))}-${two(Number(found[3]))}`
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

function daysOf(piece: string, year: number): string[] {
  const [first, last, more] = piece.split(RANGE).map((part) => part.trim())
  const from = dayOf(first ?? '', year)
  if (!from || more !== undefined) return []
  if (last === undefined) return [from]
  const to = dayOf(last, year, from.slice(5, 7))
  return to ? rangeOf(from, to) : []
}

/** Of a line one piece or several; none when one of them names no days. */
function daysOfLine(line: string, year: number): string[] {
  const pieces = line.replace(ASIDE, '').split(/[\u3001,\uff0c]/).map((piece) => daysOf(piece.trim(), year))
  return pieces.some((days) => days.length === 0) ? [] : pieces.flat()
}

export function typedDays(text: string, year: number): TypedDays {
  const days = new Set<string>()
  const faults: number[] = []
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return
    const found = daysOfLine(line, year)
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

// What is typed, as the API takes it. What cannot be read is handed on as it is: the server says what is wrong.

import type { Value } from '@/api/types'

export function readInteger(text: string): Value {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed
}

export function readDecimal(text: string): Value {
  const trimmed = text.trim().replace(/,/g, '')
  return trimmed === '' ? null : trimmed
}

export function readMoney(text: string, currency: string): Value {
  const trimmed = text.trim().replace(/,/g, '')
  if (trimmed === '') return null
  const found = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(trimmed)
  if (!found) return trimmed
  const minor = Number((found[2] ?? '0') + (found[3] ?? '').padEnd(2, '0'))
  return { minor: found[1] === '-' ? -minor : minor, currency }
}

export function moneyInput(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function partsIn(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  })
  return format.format(instant).replace(' ', 'T')
}

/** UTC milliseconds as a `datetime-local` control writes them, in the organisation's zone. */
export function momentInput(instant: number, timeZone: string): string {
  return partsIn(instant, timeZone)
}

/** The instant of a `datetime-local` text in the organisation's zone. */
export function readMoment(text: string, timeZone: string): Value {
  if (text === '') return null
  const asUtc = Date.parse(`${text}:00Z`)
  if (Number.isNaN(asUtc)) return text
  const offset = Date.parse(`${partsIn(asUtc, timeZone)}:00Z`) - asUtc
  const near = asUtc - offset
  const again = Date.parse(`${partsIn(near, timeZone)}:00Z`) - near
  return asUtc - again
}

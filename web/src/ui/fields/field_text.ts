// A value as one line of text: in a table, in a history, in a sentence.

import type { Field, Labels, Money, RowValue, Value } from '@/api/types'
import { momentText, t, textOf } from '@/locales'
import { session } from '@/state/session'
import { labelText } from '@/ui/labels'

export function moneyText(money: Money): string {
  const sign = money.minor < 0 ? '-' : ''
  const digits = String(Math.abs(money.minor)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${whole}.${digits.slice(-2)} ${money.currency}`
}

export function timeZone(): string {
  return session.value?.org.time_zone ?? 'UTC'
}

/** The organisation's own, where nothing says another. */
export function usualCurrency(): string {
  return session.value?.org.currency ?? ''
}

function isMoney(value: Value): value is Money {
  return typeof value === 'object' && value !== null && 'minor' in value
}

function choiceText(field: Field, code: string): string {
  return textOf(field.choices.find((one) => one.code === code)?.title, code)
}

function rowText(field: Field, row: RowValue, labels: Labels): string {
  return field.rows.map((column) => fieldText(column, row[column.name] ?? null, labels)).filter(Boolean).join(' · ')
}

function oneText(field: Field, value: Value, labels: Labels): string {
  if (isMoney(value)) return moneyText(value)
  if (typeof value === 'boolean') return t(value ? 'fields.yes' : 'fields.no')
  if (field.type === 'moment' && typeof value === 'number') return momentText(value, timeZone())
  if (typeof value !== 'string') return value === null ? '' : String(value)
  if (field.type === 'choice') return choiceText(field, value)
  const byLabel = ['person', 'unit', 'link', 'links', 'file'].includes(field.type)
  return byLabel ? labelText(labels, value) || value : value
}

/** Empty for no value. */
export function fieldText(field: Field, value: Value, labels: Labels): string {
  if (!Array.isArray(value)) return oneText(field, value, labels)
  const texts = value.map((one) => (typeof one === 'string' ? oneText(field, one, labels) : rowText(field, one, labels)))
  return texts.join('; ')
}

/** Whether an empty value: nothing was written. */
export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

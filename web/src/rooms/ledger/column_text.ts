// Heads and widths of the columns of a ledger.

import type { FieldType } from '@/api/types'
import { type MessageKey, t, textOf } from '@/locales'

import type { BuiltIn, Column } from './ledger_query'

const builtIn: Record<BuiltIn, MessageKey> = {
  number: 'ledger.number', unit: 'ledger.unit', state: 'ledger.state', opened_at: 'ledger.opened_at',
  changed_at: 'ledger.changed_at', due: 'ledger.due',
}

/** The name of what every entry has, or of a field. */
export function columnTitle({ name, field }: Column): string {
  const key = Object.entries(builtIn).find(([own]) => own === name)?.[1]
  return field === null && key ? t(key) : textOf(field?.title, name)
}

const widths: Partial<Record<FieldType | BuiltIn, string>> = {
  number: 'minmax(8.5rem, 9rem)', unit: 'minmax(5rem, 1fr)', state: 'minmax(6.5rem, 8rem)', due: 'minmax(11rem, 12rem)',
  opened_at: '11rem', changed_at: '11rem', date: '7.2rem', moment: '11rem', boolean: '4rem', integer: '6rem', decimal: '7rem',
  money: '9rem', person: 'minmax(5rem, 6rem)', choice: 'minmax(5.5rem, 8rem)',
}

/** The words of an entry get what the others leave; what is short takes no more than it needs. */
export function columnWidth({ name, field }: Column): string {
  const kind = field?.type ?? (name as BuiltIn)
  if (field?.type === 'text' && field.max > 0 && field.max <= 20) return 'minmax(4rem, 6rem)'
  return widths[kind] ?? (field?.type === 'text' || field?.type === 'long_text' ? 'minmax(11rem, 4fr)' : 'minmax(7rem, 2fr)')
}

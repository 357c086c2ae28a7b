// What a set filter says, on its chip.

import type { Declaration, Label, Labels } from '@/api/types'
import { t, textOf } from '@/locales'
import { personName, unitName } from '@/state/directory'
import { fieldText } from '@/ui/fields/field_text'

import type { Column, Filters } from './ledger_query'

function valueText(declaration: Declaration, { name, field }: Column, value: string): string {
  if (name === 'state') return textOf(declaration.states.find((one) => one.name === value)?.title, value)
  if (name === 'unit' || field?.type === 'unit') return unitName(value)
  if (field?.type === 'person') return personName(value)
  if (field?.type === 'boolean') return t(value === 'true' ? 'fields.yes' : 'fields.no')
  return field ? fieldText(field, value, knownTexts) : value
}

/** Entries chosen in a filter of this visit, by id: the list's own answer does not name them. */
export const knownTexts: Labels = {}

export function rememberText(id: string, label: Label): void {
  knownTexts[id] = label
}

export function filterText(declaration: Declaration, column: Column, filters: Filters): string {
  const from = filters[`${column.name}.from`]?.[0]
  const to = filters[`${column.name}.to`]?.[0]
  const range = from || to ? `${from ?? '…'} – ${to ?? '…'}` : ''
  const values = (filters[column.name] ?? []).map((value) => valueText(declaration, column, value)).join(', ')
  const below = column.name === 'unit' && values !== '' && filters.below ? t('ledger.with_below') : ''
  return [values, range, below].filter(Boolean).join(' ')
}

// Rows of what a meeting resolves, as they are typed: the last is always free, an empty one is none.

import type { Field, RowValue, Scalar, Value } from '@/api/types'

export const isEmptyRow = (row: RowValue): boolean => Object.values(row).every((one) => one === null || one === '')

export function rowsOf(value: Value): RowValue[] {
  return Array.isArray(value) ? value.filter((one): one is RowValue => typeof one !== 'string') : []
}

export function freshRow(columns: readonly Field[]): RowValue {
  return Object.fromEntries(columns.map((column) => [column.name, (column.default ?? null) as Scalar]))
}

/** What is shown: what was typed, and one free row below it. */
export function shownRows(value: Value, columns: readonly Field[]): RowValue[] {
  const rows = rowsOf(value)
  const last = rows[rows.length - 1]
  return last && isEmptyRow(last) ? rows : [...rows, freshRow(columns)]
}

/** What is handed in: rows in which something stands, or nothing. */
export function typedRows(rows: readonly RowValue[]): RowValue[] | null {
  const typed = rows.filter((one) => !isEmptyRow(one))
  return typed.length > 0 ? typed : null
}

/** A cell written; the row below a first word is free again. */
export function written(rows: readonly RowValue[], place: number, column: string, value: Scalar): RowValue[] {
  return rows.map((row, other) => (other === place ? { ...row, [column]: value === '' ? null : value } : row))
}

// Child rows as a sheet: what a spreadsheet copies is pasted into cells, row after row, by the type of each column.
//
//     const { rows, skipped } = pasted(columns, rows, { row: 0, column: 1 }, '刘三\t2026-03-01\n王五\t2026/4/1')

import type { Choice, Field, RowValue, Scalar } from '@/api/types'

import { t } from '@/locales'

import { usualCurrency } from './field_text'
import { readDecimal, readInteger, readMoney } from './parse'

export interface Cell {
  row: number
  column: number
}

export const emptyRow = (columns: readonly Field[]): RowValue => Object.fromEntries(columns.map((column) => [column.name, (column.default ?? null) as Scalar]))

/** As spreadsheets copy: tabs between cells, a line a row, quotes round what holds either. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.replace(/\r\n?/g, '\n').matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g)) {
    const row = rows[rows.length - 1]!
    row.push(quoted === undefined ? (plain ?? '') : quoted.replace(/""/g, '"'))
    if (end === '') break
    if (end === '\n') rows.push([])
  }
  // The line end after the last row makes none.
  const last = rows[rows.length - 1]!
  return rows.length > 1 && last.length === 1 && last[0] === '' ? rows.slice(0, -1) : rows
}

/** A cell that nothing here can read: it stays as it is. */
const unread = null

function readDate(text: string): Scalar {
  const found = /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(text)
  return found ? `${found[1]}-${(found[2] ?? '').padStart(2, '0')}-${(found[3] ?? '').padStart(2, '0')}` : unread
}

function readChoice(choices: readonly Choice[], text: string): Scalar {
  return choices.find((one) => one.code === text || Object.values(one.title).includes(text))?.code ?? unread
}

function readBoolean(text: string): Scalar {
  const word = text.toLowerCase()
  if (t('fields.sheet_yes').split(' ').includes(word)) return true
  return t('fields.sheet_no').split(' ').includes(word) ? false : unread
}

/** null: this column takes no typed text, or not this one. */
export function readCell(column: Field, text: string): Scalar {
  const trimmed = text.trim()
  switch (column.type) {
    case 'text':
    case 'long_text':
      return trimmed
    case 'integer':
      return readInteger(trimmed) as Scalar
    case 'decimal':
      return readDecimal(trimmed) as Scalar
    case 'money':
      return readMoney(trimmed, usualCurrency()) as Scalar
    case 'date':
      return readDate(trimmed)
    case 'choice':
      return readChoice(column.choices, trimmed)
    case 'boolean':
      return readBoolean(trimmed)
    default:
      return unread
  }
}

export interface Pasted {
  rows: RowValue[]
  /** Cells that were not taken: no such column, or nothing of its type. */
  skipped: number
}

/** Writes `text` from a cell on to the right and downwards; rows that are missing are added, at most `max` in all. */
export function pasted(columns: readonly Field[], rows: readonly RowValue[], from: Cell, text: string, max: number): Pasted {
  const out = rows.map((row) => ({ ...row }))
  let skipped = 0
  for (const [down, cells] of cellsOf(text).entries()) {
    const place = from.row + down
    if (place >= max) {
      skipped += cells.filter((one) => one.trim() !== '').length
      continue
    }
    while (out.length <= place) out.push(emptyRow(columns))
    for (const [right, cell] of cells.entries()) {
      if (cell.trim() === '') continue
      const column = columns[from.column + right]
      const value = column ? readCell(column, cell) : unread
      if (column && value !== unread) out[place]![column.name] = value
      else skipped += 1
    }
  }
  return { rows: out, skipped }
}

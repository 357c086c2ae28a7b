// What a sheet of the directory shows before it is written: its lines, each with what it does and what is wrong in which cell.

import type { DirectoryLine, DirectorySheetReport, SheetTable } from '@/api/directory_sheets'
import type { Account } from '@/api/administration'
import type { Person } from '@/api/types'
import type { MessageKey } from '@/locales'

export interface PreviewCell {
  text: string
  faults: string[]
}

export interface PreviewLine {
  line: number
  does: DirectoryLine['does'] | 'refused'
  cells: PreviewCell[]
  /** Of columns that the sheet does not have. */
  faults: string[]
}

export function previewOf(report: DirectorySheetReport): PreviewLine[] {
  const refused = new Map(report.refused.map((one) => [one.line, one.errors]))
  return report.lines.map(({ line, does, cells }) => {
    const errors = refused.get(line) ?? []
    const at = (key: string | undefined): string[] => errors.filter((one) => one.pointer === `/${key}`).map((one) => one.detail)
    return {
      line,
      does: errors.length > 0 ? 'refused' : does,
      cells: cells.map((text, column) => ({ text, faults: at(report.keys[column]) })),
      faults: errors.filter((one) => !report.keys.includes(one.pointer.slice(1))).map((one) => one.detail),
    }
  })
}

/** What is wrong with the sheet as a whole. */
export const wholeFaults = (report: DirectorySheetReport): string[] =>
  report.refused.filter((one) => one.line === undefined).flatMap((one) => one.errors.map((fault) => fault.detail))

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)

export const sheetText = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, ...rows].map((cells) => cells.map(quoted).join(',')).join('\r\n') + '\r\n'

/** Those who have no account yet, for their account names to be filled in. */
export const withoutAccount = (people: readonly Person[], accounts: readonly Account[]): Person[] => {
  const known = new Set(accounts.map((one) => one.person))
  return people.filter((one) => !known.has(one.id))
}

/** The heads of the sheets, in the order in which people fill them in. */
export const heads: Record<SheetTable, MessageKey[]> = {
  units: ['administration.code', 'administration.name', 'administration.parent', 'administration.kind', 'administration.from', 'administration.to'],
  people: ['administration.person_name', 'administration.mobile', 'administration.from', 'administration.to'],
  posts: ['administration.person_name', 'administration.mobile', 'administration.unit', 'administration.role', 'administration.outside', 'administration.from', 'administration.to'],
  accounts: ['administration.person_name', 'administration.mobile', 'administration.account', 'administration.language'],
}

// Units, people, posts and accounts by a sheet: looked at first, written all or not at all (api.md, section 14).

import { request } from './client'
import type { FieldFault } from './problem'

export type SheetTable = 'units' | 'people' | 'posts' | 'accounts'

export interface DirectoryLine {
  line: number
  does: 'nothing' | 'add' | 'change' | 'waits'
  /** Keys of columns. */
  changed: string[]
  cells: string[]
}

export interface RefusedLine {
  /** Absent: of the whole sheet. */
  line?: number
  errors: FieldFault[]
}

export interface DirectorySheetReport {
  head: string[]
  /** The key of each column of the head. */
  keys: string[]
  lines: DirectoryLine[]
  added: number
  changed: number
  waiting: number
  unchanged: number
  refused: RefusedLine[]
  /** Of posts: what waits for approval now. */
  proposal?: string | null
  /** Of accounts: shown this once. */
  accounts?: { id: string; person: string; name: string; password: string }[]
}

const path = (table: SheetTable): string => (table === 'accounts' ? '/accounts/sheet' : `/directory/${table}/sheet`)

export const sendDirectorySheet = async (table: SheetTable, sheet: Blob | string, check: boolean): Promise<DirectorySheetReport> =>
  (await request<DirectorySheetReport>('POST', path(table), { query: { check }, raw: { bytes: sheet, type: 'text/csv' } })).data

// From the code of a sheet, or a number typed, to the entry; and what does not fit.

import { loadEntry, loadHistory } from '@/api/entries'
import { problemOf } from '@/api/problem'
import type { Action, Declaration, Entry, HistoryRecord } from '@/api/types'
import { ensureDeclaration, ensureRegisters } from '@/state/registers'
import { isSignedOnPaper, papersOf, wantedSignatures } from '@/ui/paper_signing'
import type { SheetCode } from '@/ui/sheet_code'

export interface SheetEntry {
  declaration: Declaration
  entry: Entry
  /** What the sheet signs; null: nothing waits for a signature now. */
  action: Action | null
  /** The standing under which it is recorded, where one is offered: whoever reads the entry may record a sheet. */
  post: string | null
  /** What happened after it was printed, signatures apart. */
  since: HistoryRecord[]
}

/** What changed what was signed: another part of the same round does not. */
export const changedSince = (records: readonly HistoryRecord[], revision: number): HistoryRecord[] =>
  records.filter((one) => one.revision > revision && one.kind !== 'signature')

function fitted(declaration: Declaration, entry: Entry, action: Action | null): Omit<SheetEntry, 'since'> {
  const signs = action && isSignedOnPaper(action, entry) && wantedSignatures(action, entry).length > 0 ? action : null
  return { declaration, entry, action: signs, post: entry.actions.find((one) => one.name === signs?.name)?.post ?? null }
}

export async function entryOf(code: SheetCode): Promise<SheetEntry> {
  const [declaration, entry] = await Promise.all([ensureDeclaration(code.register), loadEntry(code.register, code.entry)])
  const action = declaration.actions.find((one) => one.name === code.action) ?? null
  const since = entry.revision > code.revision ? changedSince((await loadHistory(code.register, code.entry)).records, code.revision) : []
  return { ...fitted(declaration, entry, action), since }
}

/** `ZG-{year}-{seq:4}` begins with `ZG-`. */
export const fitsFormat = (number: string, format: string): boolean => {
  const prefix = format.slice(0, format.indexOf('{') < 0 ? format.length : format.indexOf('{'))
  return prefix !== '' && number.startsWith(prefix)
}

/** The entry of that number, in whatever register counts so; null when there is none. */
export async function entryByNumber(number: string): Promise<SheetEntry | null> {
  const declarations = await Promise.all((await ensureRegisters()).map((one) => ensureDeclaration(one.name)))
  for (const declaration of declarations.filter((one) => one.number !== null && fitsFormat(number, one.number.format))) {
    const entry = await loadEntry(declaration.name, `number:${number}`).catch((failure: unknown) => {
      if (problemOf(failure).status === 404) return null
      throw failure
    })
    if (entry) return { ...fitted(declaration, entry, papersOf(declaration, entry)[0] ?? null), since: [] }
  }
  return null
}

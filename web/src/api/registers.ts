// Registers, their declarations, counts and lists (api.md, sections 4, 5, 12).

import { type Answer, base, type Query, queryText, request } from './client'
import type { Counts, Declaration, ListPage, RegisterSummary, SheetReport } from './types'

export const loadRegisters = async (): Promise<RegisterSummary[]> =>
  (await request<{ registers: RegisterSummary[] }>('GET', '/registers')).data.registers

export const loadDeclaration = async (register: string): Promise<Declaration> =>
  (await request<Declaration>('GET', `/registers/${register}`)).data

export const loadCounts = async (register: string): Promise<Counts> =>
  (await request<Counts>('GET', `/registers/${register}/counts`)).data

/** One page; `query` as section 5 says: view, filters, sort, at, limit, cursor. */
export const listEntries = async (register: string, query: Query, signal?: AbortSignal): Promise<ListPage> =>
  (await request<ListPage>('GET', `/registers/${register}/entries`, { query, ...(signal ? { signal } : {}) })).data

/** Pages of the sheet until there is no next: the whole view as CSV. */
export async function loadSheet(register: string, query: Query): Promise<Blob> {
  const parts: string[] = []
  let cursor: string | null = null
  do {
    const page: Query = { ...query, limit: 200, ...(cursor === null ? {} : { cursor }) }
    const answer: Answer<string> = await request<string>('GET', `/registers/${register}/sheet`, { query: page, as: 'text' })
    parts.push(answer.data)
    cursor = answer.headers.get('Duban-Next')
  } while (cursor)
  // Response.text() takes the mark away that spreadsheets know UTF-8 by.
  return new Blob(['\ufeff', ...parts], { type: 'text/csv;charset=utf-8' })
}

export const sheetUrl = (register: string, query: Query): string =>
  `${base}/registers/${register}/sheet${queryText(query)}`

/** A sheet coming in: checked only, or entered, all rows or none (section 12). */
export const sendSheet = async (
  register: string, sheet: Blob, { check, unit, idempotencyKey }: { check: boolean; unit?: string; idempotencyKey: string },
): Promise<SheetReport> =>
  (
    await request<SheetReport>('POST', `/registers/${register}/sheet`, {
      query: { check, unit }, raw: { bytes: sheet, type: 'text/csv' }, idempotencyKey,
    })
  ).data

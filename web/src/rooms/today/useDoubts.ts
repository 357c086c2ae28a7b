// Ten places to doubt, each with its rows (P21). Histories are read of the newest closed entries, a bounded number of them.

import { loadControls, loadFound } from '@/api/desk'
import { loadHistory } from '@/api/entries'
import { listEntries } from '@/api/registers'
import type { History, Labels, ListRow, Texts } from '@/api/types'
import { type Loaded, useLoad } from '@/state/load'
import { ensureRegisters, findRegister } from '@/state/registers'

export interface ClosedEntry {
  register: string
  row: ListRow
  history: History
}

export interface DoubtRow {
  register: string
  id: string
  number: string | null
  text: string
  /** Why a control found it, in the pack's words; else what the control is called. */
  title?: Texts
}

export interface Doubts {
  closed: ClosedEntry[]
  /** More are closed than were looked at. */
  partial: boolean
  found: Record<string, DoubtRow[]>
  labels: Labels
}

export const looksAt = 60
const atOnce = 6
const closedStates = [['finding', 'struck_off'], ['measure', 'struck_off'], ['item', 'closed']] as const
const controlGroups: Record<string, string[]> = {
  evidence: ['evidence_before_feedback', 'institution_before_feedback', 'closed_without_proof'],
  dates: ['first_date_moved', 'inherited_first_dates', 'long_term_without_node'],
  dismissed: ['relapse_undecided', 'closed_without_look_back', 'closed_source_has_nothing_open'],
}

async function inBatches<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const out: R[] = []
  for (let at = 0; at < all.length; at += atOnce) out.push(...(await Promise.all(all.slice(at, at + atOnce).map(work))))
  return out
}

async function loadClosed(): Promise<{ closed: ClosedEntry[]; partial: boolean; labels: Labels }> {
  const pages = await Promise.all(
    closedStates.filter(([register]) => findRegister(register)).map(async ([register, state]) => ({ register, page: await listEntries(register, { state, limit: looksAt, sort: '-changed_at' }) })),
  )
  const rows = pages
    .flatMap(({ register, page }) => page.entries.map((row) => ({ register: String(register), row })))
    .sort((a, b) => b.row.changed_at.localeCompare(a.row.changed_at))
  const closed = await inBatches(rows.slice(0, looksAt), async (one) => ({ ...one, history: await loadHistory(one.register, one.row.id) }))
  const labels = Object.assign({}, ...pages.map(({ page }) => page.labels), ...closed.map((one) => one.history.labels)) as Labels
  return { closed, labels, partial: rows.length > looksAt || pages.some(({ page }) => page.next !== null) }
}

async function loadGroups(): Promise<Record<string, DoubtRow[]>> {
  const known = new Set((await loadControls()).map((one) => one.name))
  const groups: Record<string, DoubtRow[]> = {}
  for (const [group, names] of Object.entries(controlGroups)) {
    const found = await Promise.all(names.filter((name) => known.has(name)).map(loadFound))
    groups[group] = found.flatMap((one) => one.rows.map((row) => ({ register: one.register, id: row.id, number: row.number, text: row.title, title: one.words[row.reason] ?? one.title })))
  }
  return groups
}

async function loadStates(register: string, state: string[]): Promise<DoubtRow[]> {
  if (!findRegister(register)) return []
  const page = await listEntries(register, { state, limit: 100 })
  return page.entries.map((row) => ({ register, id: row.id, number: row.number, text: row.title }))
}

async function loadDoubts(): Promise<Doubts> {
  await ensureRegisters()
  const [closed, groups, refuted, left] = await Promise.all([
    loadClosed(), loadGroups(), loadStates('relapse_case', ['refuted', 'new_problem']), loadStates('finding', ['ended', 'handed_over', 'not_established', 'deferred']),
  ])
  return { ...closed, found: { ...groups, dismissed: [...refuted, ...(groups.dismissed ?? [])], left } }
}

export const useDoubts = (): Loaded<Doubts> => useLoad(loadDoubts)

// What a meeting hears of: its findings as they stand today, each with its clock and what was reported last.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { loadEntry } from '@/api/entries'
import type { Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Declaration, Entry, Labels, ListRow } from '@/api/types'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'

export interface AgendaLine {
  finding: Entry
  /** What was reported last, and on which day; null: nothing yet. */
  said: { text: string; on: string } | null
  /** What the unit asks the leader to settle. */
  difficulty: string
}

export interface Agenda {
  lines: ComputedRef<AgendaLine[]>
  /** Of the register of findings, for the words of its states. */
  declaration: ComputedRef<Declaration | null>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

/** More would be no agenda; the paper says how many are left out. */
export const agendaMax = 40
const reportsMax = 10

const textOf = (row: ListRow, name: string): string => (typeof row.fields[name] === 'string' ? row.fields[name] : '')

/** The last report of a finding, of its measures as well, and the youngest difficulty that stands in one. */
async function reportsOf(id: string, signal: AbortSignal): Promise<Pick<AgendaLine, 'said' | 'difficulty'>> {
  const { entries } = await listEntries('progress', { finding: id, sort: '-opened_at', limit: reportsMax }, signal)
  const last = entries[0]
  return {
    said: last ? { text: textOf(last, 'done'), on: last.changed_at } : null,
    difficulty: entries.map((one) => textOf(one, 'difficulty')).find((one) => one !== '') ?? '',
  }
}

export function useAgenda(findings: () => readonly string[]): Agenda {
  const lineOf = async (id: string, signal: AbortSignal): Promise<AgendaLine> => {
    const [finding, reports] = await Promise.all([loadEntry('finding', id, signal), reportsOf(id, signal)])
    return { finding, ...reports }
  }
  const { data, problem, load } = useLoad(async (signal) => {
    const declaration = await ensureDeclaration('finding')
    return { declaration, lines: await Promise.all(findings().slice(0, agendaMax).map((id) => lineOf(id, signal))) }
  }, { again: () => findings().join() })
  return { lines: computed(() => data.value?.lines ?? []), declaration: computed(() => data.value?.declaration ?? null), problem, load }
}

export interface Suggestion {
  row: ListRow
  /** Why it is offered: the unit asks for it, it is late, it ends before the meeting. */
  why: 'asks' | 'late' | 'soon'
  words: string
}

/** What the ledger offers for an agenda, each finding once: what units ask for first, then what is late, then what ends by `by`. */
export async function suggestionsFor(today: string, by: string, signal?: AbortSignal): Promise<{ offered: Suggestion[]; labels: Labels }> {
  const [open, asked] = await Promise.all([
    listEntries('finding', { view: 'open', sort: 'due', limit: 200 }, signal), listEntries('progress', { sort: '-opened_at', limit: 200 }, signal),
  ])
  return { offered: inOrderOfNeed(open.entries, asked.entries, today, by), labels: open.labels }
}

export function inOrderOfNeed(open: readonly ListRow[], reports: readonly ListRow[], today: string, by: string): Suggestion[] {
  const difficulty = new Map<string, string>()
  for (const report of reports) {
    const finding = report.fields.finding
    const words = textOf(report, 'difficulty')
    if (typeof finding === 'string' && words !== '' && !difficulty.has(finding)) difficulty.set(finding, words)
  }
  const order = ['asks', 'late', 'soon']
  return open
    .flatMap((row): Suggestion[] => {
      const words = difficulty.get(row.id)
      if (words !== undefined) return [{ row, why: 'asks', words }]
      if (row.due && row.due.on < today) return [{ row, why: 'late', words: '' }]
      return row.due && row.due.on <= by ? [{ row, why: 'soon', words: '' }] : []
    })
    .sort((one, other) => order.indexOf(one.why) - order.indexOf(other.why))
}

// A document that was entered: its own words, what each statement became, kept true while the screen is open.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { loadEntry, loadEntryFile } from '@/api/entries'
import type { Problem } from '@/api/problem'
import { loadStatements, readDocument, type ReadDocument, type StatementRow } from '@/api/readings'
import type { Declaration, Entry, Labels } from '@/api/types'
import { useChanges } from '@/state/changes'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'

import { layOut, type Mark, type Paragraph, titleMark } from './document_text'
import { type Tone, toneOf } from './tones'

export interface OpenedNotice {
  entry: ComputedRef<Entry | null>
  rows: ComputedRef<StatementRow[]>
  labels: ComputedRef<Labels>
  declarations: ComputedRef<Record<string, Declaration>>
  paragraphs: ComputedRef<Paragraph[]>
  tones: ComputedRef<Record<string, Tone>>
  /** The document's own file is not kept: what stands is put together from what was entered. */
  rebuilt: ComputedRef<boolean>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

const registers = { notice: ['item', 'measure'], inspection: ['source_finding'] } as const

export const fieldText = (row: StatementRow, name: string): string => {
  const value = row.fields[name]
  return typeof value === 'string' ? value : ''
}

const placeOf = (row: StatementRow): [number, number] | null => {
  const { span_from: from, span_to: to } = row.fields
  return typeof from === 'number' && typeof to === 'number' ? [from, to] : null
}

/** The text with its own outline, and over it the entries that were made of it. */
export function marksOf(read: ReadDocument, rows: readonly StatementRow[]): Mark[] {
  const own = new Map<number, Mark>()
  const title = titleMark(read.text, read.title)
  if (title) {
    own.set(title.from, title)
  }
  for (const one of read.outline) own.set(one.span[0], { from: one.span[0], to: one.span[1], key: `outline-${one.span[0]}`, kind: 'heading', level: one.level })
  const statements: Mark[] = []
  for (const row of rows) {
    const place = placeOf(row)
    if (!place) continue
    const heading = own.get(place[0])
    if (row.register === 'item' && heading) own.set(place[0], { ...heading, key: row.id })
    else statements.push({ from: place[0], to: place[1], key: row.id, kind: 'statement' })
  }
  return [...own.values(), ...statements]
}

/** Without the file: headings and sentences as they were entered, in the order of the text. */
export function rebuild(title: string, rows: readonly StatementRow[]): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let at = 0
  const heading = (text: string, key: string, level: number, kind: 'title' | 'heading' = 'heading'): void => {
    if (text === '') return
    const mark: Mark = { from: at, to: at, key, kind, level }
    paragraphs.push({ at: at++, heading: mark, pieces: [{ text, marks: [] }] })
  }
  heading(title, 'title', 1, 'title')
  let part = ''
  let area = ''
  for (const row of rows) {
    if (row.register === 'item') {
      if (fieldText(row, 'part') !== part) heading((part = fieldText(row, 'part')), `part-${at}`, 1)
      if (fieldText(row, 'area') !== area) heading((area = fieldText(row, 'area')), `area-${at}`, 2)
      heading(fieldText(row, 'marker') + fieldText(row, 'heading'), row.id, 3)
      continue
    }
    const text = fieldText(row, 'marker') + (fieldText(row, 'sentence') || fieldText(row, 'words'))
    paragraphs.push({ at: at++, heading: null, pieces: [{ text, marks: [{ from: 0, to: 0, key: row.id, kind: 'statement' }] }] })
  }
  return paragraphs
}

interface Found {
  entry: Entry
  rows: StatementRow[]
  labels: Labels
  declarations: Record<string, Declaration>
  /** Null: the document's own file is not kept. */
  read: ReadDocument | null
}

export function useNotice(register: () => 'notice' | 'inspection', id: () => string): OpenedNotice {
  async function loadText(found: Entry, signal: AbortSignal): Promise<ReadDocument | null> {
    const hash = found.fields.paper
    if (typeof hash !== 'string') return null
    return await readDocument(await loadEntryFile(register(), found.id, hash, signal), signal)
  }

  const { data, problem, load } = useLoad<Found>(async (signal, _, before) => {
    const [entry, told, ...declared] = await Promise.all([
      loadEntry(register(), id(), signal), loadStatements(id(), signal), ...registers[register()].map(ensureDeclaration),
    ])
    return {
      entry, rows: told.statements, labels: { ...told.labels, ...entry.labels }, declarations: Object.fromEntries(declared.map((one) => [one.name, one])),
      // Read once for each document.
      read: before?.read ?? await loadText(entry, signal),
    }
  }, { of: [register, id] })
  for (const name of ['item', 'measure', 'source_finding']) useChanges(() => name, () => void load(), 1500)

  const entry = computed(() => data.value?.entry ?? null)
  const rows = computed(() => data.value?.rows ?? [])
  const declarations = computed(() => data.value?.declarations ?? {})
  return {
    entry, rows, declarations,
    labels: computed(() => data.value?.labels ?? {}),
    paragraphs: computed(() => (data.value?.read ? layOut(data.value.read.text, marksOf(data.value.read, rows.value)) : rebuild(entry.value?.title ?? '', rows.value))),
    tones: computed(() => Object.fromEntries(rows.value.map((row) => [row.id, toneOf(declarations.value[row.register], row)]))),
    rebuilt: computed(() => data.value !== null && data.value.read === null),
    problem, load,
  }
}

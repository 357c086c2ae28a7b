// Documents: what they say, what is proposed of them, and what became of them (api.md, section 13).

import { request } from './client'
import type { Labels, ListRow } from './types'

/** [from, to) in bytes of the text as read. */
export type Span = [number, number]

export interface ReadHeading {
  level: number
  marker: string
  text: string
  span: Span
}

export interface ReadPlace {
  text: string
  span: Span
}

export interface ReadDate extends ReadPlace {
  from: string | null
  to: string | null
}

export interface ReadFigure extends ReadPlace {
  value: number | string
  unit: string
}

export interface ReadDoubt extends ReadPlace {
  code: string
}

export interface ReadDocument {
  title: string | null
  text: string
  outline: ReadHeading[]
  measures: { marker: string; text: string; span: Span }[]
  dates: ReadDate[]
  quantities: ReadFigure[]
  diagnostics: ReadDoubt[]
}

export interface ProposedMeasure {
  marker: string
  heading: string
  sentence: string
  span: Span
}

export interface ProposedItem {
  part: string
  area: string
  marker: string
  heading: string
  span: Span
  measures: ProposedMeasure[]
}

export interface NoticeProposal {
  kind: 'notice'
  heading: string
  dated_on: string | null
  paper: string | null
  parts: number
  items: ProposedItem[]
  others: ProposedMeasure[]
}

export interface ProposedProblem {
  own_no: string | null
  area: string | null
  gist: string
  words: string
  span: Span
}

export interface FeedbackProposal {
  kind: 'feedback'
  inspection: Record<string, string | number | null>
  stated: number | null
  problems: ProposedProblem[]
}

/** Members that are not named here are sent back as they came. */
export type Proposal = NoticeProposal | FeedbackProposal

const raw = (bytes: Blob): { raw: { bytes: Blob; type: string } } => ({ raw: { bytes, type: 'application/octet-stream' } })

export const readDocument = async (bytes: Blob, signal?: AbortSignal): Promise<ReadDocument> =>
  (await request<ReadDocument>('POST', '/readings/document', { ...raw(bytes), ...(signal ? { signal } : {}) })).data

export const proposeReading = async (bytes: Blob): Promise<Proposal> =>
  (await request<Proposal>('POST', '/readings', raw(bytes))).data

export interface EnteredEntry {
  register: string
  id: string
  number: string | null
  state: string
}

export const enterReading = async (body: { proposal: Proposal; unit: string | null; decision: string | null }): Promise<EnteredEntry[]> =>
  (await request<{ entries: EnteredEntry[] }>('POST', '/readings/entries', { body })).data.entries

export interface StatementRow extends ListRow {
  register: string
}

export interface Statements {
  statements: StatementRow[]
  labels: Labels
}

export const loadStatements = async (document: string, signal?: AbortSignal): Promise<Statements> =>
  (await request<Statements>('GET', `/readings/${document}/statements`, signal ? { signal } : {})).data

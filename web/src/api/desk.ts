// What waits for a person, and what controls find (api.md, sections 18 and 19).

import { request } from './client'
import type { Labels, ListRow, Scalar, Texts } from './types'

export interface DeskStep {
  name: string
  signs: boolean
}

export interface DeskEntry extends Omit<ListRow, 'fields'> {
  register: string
  /** A clock runs that this person holds. */
  clock: boolean
  actions: DeskStep[]
}

export interface DeskAnswer {
  entries: DeskEntry[]
  complete: boolean
  labels: Labels
}

export interface Decision {
  id: string
  title: string
  paper: string
  registers: string[]
  from: string
  to: string
  decided_on: string
  as: 'recorder' | 'checker'
}

export interface FoundRow {
  id: string
  number: string | null
  title: string
  reason: string
  facts: Record<string, Scalar>
}

export interface Control {
  name: string
  title: Texts
  register: string
  kind: 'fact' | 'hint' | 'invariant'
  severity: string
}

export interface Found extends Control {
  total: number
  /** The pack's words for its reasons. */
  words: Record<string, Texts>
  rows: FoundRow[]
}

export const loadDesk = async (signal?: AbortSignal): Promise<DeskAnswer> =>
  (await request<DeskAnswer>('GET', '/desk', signal ? { signal } : {})).data

export const loadDecisions = async (): Promise<Decision[]> =>
  (await request<{ decisions: Decision[] }>('GET', '/decisions')).data.decisions

export const loadControls = async (): Promise<Control[]> =>
  (await request<{ controls: Control[] }>('GET', '/controls')).data.controls

export const loadFound = async (control: string): Promise<Found> =>
  (await request<Found>('GET', `/controls/${control}`)).data

// The public log and the journal (api.md, sections 8 and 16).

import { request } from './client'
import type { Texts } from './types'

/** A C2SP signed note. */
export const loadCheckpoint = async (org: number): Promise<string> =>
  (await request<string>('GET', `/log/${org}/checkpoint`, { outside: true, as: 'text' })).data

export const loadVerifierKey = async (org: number): Promise<string> =>
  (await request<string>('GET', `/log/${org}/key`, { outside: true, as: 'text' })).data

export interface Growth {
  from: number
  to: number
  proof: string[]
}

export const loadGrowth = async (org: number, from: number, to: number): Promise<Growth> =>
  (await request<Growth>('GET', `/log/${org}/consistency`, { outside: true, query: { from, to } })).data

/** Titles of a register that leaves name, and of its actions. */
export interface RegisterWords {
  title: Texts
  actions: Record<string, Texts>
}

export interface Leaves {
  size: number
  records: { position: number; leaf: string }[]
  words: Record<string, RegisterWords>
}

/** For the audit administrator. */
export const loadLeaves = async (from: number, limit: number, signal?: AbortSignal): Promise<Leaves> =>
  (await request<Leaves>('GET', '/journal', { query: { from, limit }, ...(signal ? { signal } : {}) })).data

export const loadCertificate = async (register: string, id: string): Promise<string> =>
  (await request<string>('GET', `/registers/${register}/entries/${encodeURIComponent(id)}/certificate`, { as: 'text' })).data

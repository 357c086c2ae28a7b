// An entry, its actions, history and files (api.md, sections 6 to 8).

import { base, type Answer, request } from './client'
import type { Entry, History, NamingGroup, Values } from './types'

const of = (register: string, id: string): string => `/registers/${register}/entries/${encodeURIComponent(id)}`

/** `id` is an id, or `number:ZG-2026-0042`. */
export const loadEntry = async (register: string, id: string, signal?: AbortSignal): Promise<Entry> =>
  (await request<Entry>('GET', of(register, id), signal ? { signal } : {})).data

export const loadHistory = async (register: string, id: string, signal?: AbortSignal): Promise<History> =>
  (await request<History>('GET', `${of(register, id)}/history`, signal ? { signal } : {})).data

/** What names the entry, in any register. */
export const loadLinks = async (register: string, id: string, signal?: AbortSignal): Promise<NamingGroup[]> =>
  (await request<{ links: NamingGroup[] }>('GET', `${of(register, id)}/links`, signal ? { signal } : {})).data.links

export interface Opening {
  unit?: string
  post?: string
  fields: Values
  inputs?: Values
}

export const openEntry = (register: string, body: Opening, idempotencyKey: string): Promise<Answer<Entry>> =>
  request<Entry>('POST', `/registers/${register}/entries`, { body, idempotencyKey })

export interface Doing {
  fields?: Values
  inputs?: Values
  post?: string
  words?: string
  paper?: { signer: string; signed_on: string; words: string; scan: string } | { compares: string }
  backfill?: { decision: string; state?: string; claimed_on?: string; paper?: string }
}

export interface Precondition {
  /** The revision the person saw. */
  revision: number
  key: string
}

export const act = (
  register: string, id: string, action: string, body: Doing, { revision, key }: Precondition,
): Promise<Answer<Entry>> =>
  request<Entry>('POST', `${of(register, id)}/actions/${action}`, { body, ifMatch: revision, idempotencyKey: key })

/** Where a browser fetches a file that the entry names. */
export const fileUrl = (register: string, id: string, hash: string): string =>
  `${base}${of(register, id)}/files/${hash}`

/** The bytes of a file that the entry names. */
export const loadEntryFile = async (register: string, id: string, hash: string, signal?: AbortSignal): Promise<Blob> =>
  (await request<Blob>('GET', `${of(register, id)}/files/${hash}`, { as: 'blob', ...(signal ? { signal } : {}) })).data

export const certificateUrl = (register: string, id: string): string => `${base}${of(register, id)}/certificate`

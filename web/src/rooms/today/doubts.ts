// What the histories of closed entries say to who doubts them: how fast, by whom, how signed, how much recorded later.

import type { History, HistoryRecord, SignatureKind } from '@/api/types'

export interface Closing {
  on: string
  minutes: number | null
  /** Ids of who signed the close, in a fixed order. */
  signers: string[]
}

const closers = ['strike_off', 'complete', 'close']
const appliers = ['apply_close', 'pass_unit']

const shown = (history: History): HistoryRecord[] => history.records.filter((one) => !one.hidden)

/** The last close of an entry, and how long after the application for it. */
export function closingOf(history: History): Closing | null {
  const records = shown(history)
  const closed = [...records].reverse().find((one) => closers.includes(one.action) && one.kind === 'action')
  if (!closed) return null
  const applied = [...records].reverse().find((one) => one.position < closed.position && one.action === appliers[0])
  const minutes = applied ? Math.round((Date.parse(closed.recorded_at) - Date.parse(applied.recorded_at)) / 60_000) : null
  const signers = [...new Set(closed.signatures.map((one) => one.person).filter((one): one is string => one !== null))].sort()
  return { on: closed.on, minutes, signers }
}

export function signatureKinds(histories: readonly History[]): Record<SignatureKind, number> {
  const kinds: Record<SignatureKind, number> = { own: 0, delegated: 0, paper: 0 }
  for (const history of histories) {
    for (const record of shown(history)) if (record.kind !== 'signature') for (const one of record.signatures) kinds[one.kind] += 1
  }
  return kinds
}

export function backfillShare(histories: readonly History[]): { backfilled: number; records: number } {
  const records = histories.flatMap(shown)
  return { backfilled: records.filter((one) => one.kind === 'backfill').length, records: records.length }
}

/** How often each value occurs, in the order of the values: a count of days or pairs, not a ranking. */
export function tally(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const one of values) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value.localeCompare(b.value))
}

/** A draw that anybody can repeat: ids in the order of SHA-256 of "seed:id", the first `count` of them. */
export async function draw(seed: string, ids: readonly string[], count: number): Promise<string[]> {
  const keyed = await Promise.all(
    ids.map(async (id) => {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${seed}:${id}`))
      return { id, hash: [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, '0')).join('') }
    }),
  )
  return keyed.sort((a, b) => a.hash.localeCompare(b.hash)).slice(0, count).map((one) => one.id)
}

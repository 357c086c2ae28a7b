// What this browser saw of a log before: kept here, so that a log that forgets something is found out.

import { type Checkpoint, parseCheckpoint } from './verifier/note'
import { openCheckpoint } from './verifier/log'

export interface Seen {
  note: string
  key: string
  at: string
}

const keyOf = (org: number): string => `duban.log.${org}`

export function seenBefore(org: number): Seen | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(org)) ?? 'null')
    const isSeen = typeof kept === 'object' && kept !== null && 'note' in kept && 'key' in kept && 'at' in kept
    return isSeen ? (kept as Seen) : null
  } catch {
    return null
  }
}

export function remember(org: number, seen: Seen): void {
  localStorage.setItem(keyOf(org), JSON.stringify(seen))
}

export function forget(org: number): void {
  localStorage.removeItem(keyOf(org))
}

/** The checkpoint that was kept, its signature checked anew; null when it is none. */
export const checkpointOf = (seen: Seen): Promise<Checkpoint | null> => openCheckpoint(seen.note, seen.key)

/** Size alone, for words on the screen. */
export const sizeOf = (note: string): number => parseCheckpoint(note)?.size ?? 0

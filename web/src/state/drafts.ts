// What somebody has typed and not yet handed in: kept on this machine, so that a closed tab loses nothing. Gone when it
// is handed in, thrown away, a month old, or when its author signs out himself. Sealed values are never kept.

import type { Value } from '@/api/types'

export interface Draft {
  values: Record<string, Value>
  words: string
  /** Milliseconds since 1970, of this machine's clock. */
  at: number
}

const prefix = 'duban.draft.'
const daysMax = 30
const draftsMax = 40

export interface DraftKey {
  person: string
  register: string
  /** An entry, or `new`. */
  entry: string
  action: string
}

const nameOf = ({ person, register, entry, action }: DraftKey): string => `${prefix}${person}.${register}.${entry}.${action}`

function isDraft(found: unknown): found is Draft {
  if (typeof found !== 'object' || found === null) return false
  const { values, words, at } = found as Partial<Draft>
  return typeof values === 'object' && values !== null && typeof words === 'string' && typeof at === 'number'
}

function read(name: string): Draft | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return isDraft(found) && Date.now() - found.at < daysMax * 86_400_000 ? found : null
  } catch {
    return null
  }
}

const names = (): string[] => Object.keys(localStorage).filter((name) => name.startsWith(prefix))

/** Old ones, broken ones and those beyond the bound go. */
function tidy(): void {
  const kept = names().map((name) => ({ name, at: read(name)?.at ?? 0 })).sort((one, other) => other.at - one.at)
  for (const [place, { name, at }] of kept.entries()) if (at === 0 || place >= draftsMax) localStorage.removeItem(name)
}

export function findDraft(key: DraftKey): Draft | null {
  return read(nameOf(key))
}

/** False when this machine keeps nothing (private window, full): the screen then says so. */
export function keepDraft(key: DraftKey, draft: Omit<Draft, 'at'>): boolean {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify({ ...draft, at: Date.now() }))
    tidy()
    return true
  } catch {
    return false
  }
}

export function dropDraft(key: DraftKey): void {
  localStorage.removeItem(nameOf(key))
}

export function dropDraftsOf(person: string): void {
  for (const name of names()) if (name.startsWith(`${prefix}${person}.`)) localStorage.removeItem(name)
}

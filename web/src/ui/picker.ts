// Where the options of a picker come from: the directory, a register.

import { loadEntry } from '@/api/entries'
import { listEntries } from '@/api/registers'
import { search } from '@/api/search'
import type { Field, Label, Labels } from '@/api/types'
import { ensureDirectory, unitsOf } from '@/state/directory'
import { labelText } from '@/ui/labels'

export interface Option {
  value: string
  text: string
  hint?: string
}

const shownMax = 30

/** People whose name, or units whose name or code, hold the words. */
export async function findPeople(words: string): Promise<Option[]> {
  const { people } = await ensureDirectory()
  const fits = people.filter((one) => one.name.includes(words)).slice(0, shownMax)
  return fits.map((one) => ({ value: one.id, text: one.name, hint: unitsOf(one.id).join(' · ') }))
}

export async function findUnits(words: string): Promise<Option[]> {
  const { units } = await ensureDirectory()
  const fits = units.filter((one) => one.name.includes(words) || one.code.startsWith(words)).slice(0, shownMax)
  return fits.map((one) => ({ value: one.id, text: one.name, hint: one.code }))
}

/** Entries of a register: by full text, or the first of its list while nothing is typed. */
export async function findEntries(register: string, words: string, signal: AbortSignal): Promise<Option[]> {
  const hits =
    words === ''
      ? (await listEntries(register, { limit: shownMax }, signal)).entries
      : (await search({ q: words, register, limit: shownMax }, signal)).hits
  return hits.map((one) => ({ value: one.id, text: one.number ? `${one.number} ${one.title}` : one.title }))
}

/** The texts of what was chosen before, by id. */
export async function nameOptions(field: Pick<Field, 'type' | 'to'>, ids: readonly string[]): Promise<Option[]> {
  if (field.type === 'person' || field.type === 'unit') {
    const { people, units } = await ensureDirectory()
    const all = field.type === 'person' ? people : units
    return all.filter((one) => ids.includes(one.id)).map((one) => ({ value: one.id, text: one.name }))
  }
  const entries = await Promise.all(ids.map((id) => loadEntry(field.to ?? '', id)))
  return entries.map((one) => ({ value: one.id, text: one.number ? `${one.number} ${one.title}` : one.title }))
}

export function knownOptions(labels: Labels): Option[] {
  return Object.entries(labels).map(([value]: [string, Label]) => ({ value, text: labelText(labels, value) }))
}

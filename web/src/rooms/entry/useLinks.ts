// What an entry hangs together with: what it came from, what its fields name, and what names it in other registers.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import { loadLinks } from '@/api/entries'
import type { Problem } from '@/api/problem'
import type { Declaration, Entry, History, Labels, NamingEntry, NamingGroup } from '@/api/types'
import { momentText, textOf } from '@/locales'
import { useLoad } from '@/state/load'
import { ensureRegisters, findRegister } from '@/state/registers'
import { timeZone } from '@/ui/fields/field_text'
import { labelText } from '@/ui/labels'

export interface LinkedEntry {
  register: string
  id: string
  text: string
}

export interface LinkedGroup {
  register: string
  title: string
  /** The field of that register that names this entry, and the view that can be filtered by it: null where none can. */
  field: string
  view: string | null
  more: boolean
  entries: LinkedEntry[]
}

export interface Links {
  incoming: ComputedRef<readonly LinkedGroup[]>
  problem: Readonly<ShallowRef<Problem | null>>
}

/** What the fields of the entry name, each once. */
export function outgoingOf(declaration: Declaration, entry: Entry): LinkedEntry[] {
  const ids = declaration.fields
    .filter((field) => field.type === 'link' || field.type === 'links')
    .flatMap((field) => [entry.fields[field.name] ?? null].flat())
    .filter((one): one is string => typeof one === 'string')
  return [...new Set(ids)].flatMap((id) => linkedOf(id, entry.labels))
}

function linkedOf(id: string, labels: Labels): LinkedEntry[] {
  const label = labels[id]
  return label?.kind === 'entry' && !label.restricted ? [{ register: label.register, id, text: labelText(labels, id) }] : []
}

/** The entry whose action opened this one. */
export function originOf(history: History | null): LinkedEntry | null {
  const cause = history?.records.find((one) => !one.hidden)?.caused_by
  if (!history || !cause?.register || !cause.entry) return null
  return { register: cause.register, id: cause.entry, text: labelText(history.labels, cause.entry) || cause.register }
}

/** Number and title; what has no title goes by its number, and what has neither by the day. */
function textOfRow(one: NamingEntry): string {
  const title = one.title === one.id ? momentText(one.changed_at, timeZone()) : one.title
  return [...new Set([one.number, title])].filter(Boolean).join(' ')
}

/** As the page shows them: by the register, and by the field where one register names the entry in several. */
export function groupsAsShown(groups: readonly NamingGroup[], titleOf: (register: string) => string): LinkedGroup[] {
  return groups.map(({ register, field, field_title: fieldTitle, view, more, entries }) => {
    const several = groups.filter((one) => one.register === register).length > 1
    const title = several ? `${titleOf(register)} · ${textOf(fieldTitle, field)}` : titleOf(register)
    return { register, title, field, view, more, entries: entries.map((one) => ({ register, id: one.id, text: textOfRow(one) })) }
  })
}

async function groupsOf(register: string, id: string, signal: AbortSignal): Promise<LinkedGroup[]> {
  const [groups] = await Promise.all([loadLinks(register, id, signal), ensureRegisters()])
  return groupsAsShown(groups, (name) => textOf(findRegister(name)?.title, name))
}

/** Read again when the entry changed: an action may have opened what names it. */
export function useLinks(register: () => string, id: () => string, revision: () => number): Links {
  const { data, problem } = useLoad((signal) => groupsOf(register(), id(), signal), { of: [register, id], again: revision })
  return { incoming: computed(() => data.value ?? []), problem }
}

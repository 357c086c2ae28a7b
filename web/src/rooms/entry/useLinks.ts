// What an entry hangs together with: what it came from, what its fields name, and what names it in other registers.

import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import { isAborted } from '@/api/client'
import { problemOf, type Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Declaration, Entry, History, Labels, ListRow } from '@/api/types'
import { momentText, textOf } from '@/locales'
import { ensureDeclaration, ensureRegisters } from '@/state/registers'
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
  /** The field of that register that names this entry, and the view that can be filtered by it. */
  field: string
  view: string
  count: number
  entries: LinkedEntry[]
}

export interface Links {
  incoming: Readonly<ShallowRef<readonly LinkedGroup[]>>
  problem: Readonly<ShallowRef<Problem | null>>
}

const shownMax = 10

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

/** Fields of a register that name entries of `target`, with a view that can be filtered by each. */
export function waysTo(target: string, declaration: Declaration): { field: string; view: string }[] {
  return declaration.fields
    .filter((field) => field.type === 'link' && field.to === target)
    .flatMap((field) => {
      const view = declaration.views.find((one) => one.filters.includes(field.name))
      return view ? [{ field: field.name, view: view.name }] : []
    })
}

/** Number and title; what has no title goes by its number, and what has neither by the day. */
function textOfRow(one: ListRow): string {
  const title = one.title === one.id ? momentText(one.changed_at, timeZone()) : one.title
  return [...new Set([one.number, title])].filter(Boolean).join(' ')
}

async function groupsOf(register: string, id: string, signal: AbortSignal): Promise<LinkedGroup[]> {
  const declarations = await Promise.all((await ensureRegisters()).map((one) => ensureDeclaration(one.name)))
  const ways = declarations.flatMap((declaration) => waysTo(register, declaration).map((way) => ({ declaration, ...way })))
  const groups = await Promise.all(
    ways.map(async ({ declaration, field, view }): Promise<LinkedGroup> => {
      const page = await listEntries(declaration.name, { view, [field]: id, limit: shownMax }, signal)
      const entries = page.entries.map((one) => ({
        register: declaration.name, id: one.id, text: textOfRow(one),
      }))
      const title = textOf(declaration.title, declaration.name)
      return { register: declaration.name, title, field, view, count: page.total?.count ?? entries.length, entries }
    }),
  )
  return groups.filter((group) => group.entries.length > 0)
}

/** Read again when the entry changed: an action may have opened what names it. */
export function useLinks(register: () => string, id: () => string, revision: () => number): Links {
  const incoming = shallowRef<readonly LinkedGroup[]>([])
  const problem = shallowRef<Problem | null>(null)
  let control = new AbortController()

  async function load(): Promise<void> {
    control.abort()
    const mine = new AbortController()
    control = mine
    problem.value = null
    try {
      const found = await groupsOf(register(), id(), mine.signal)
      if (mine === control) incoming.value = found
    } catch (failure) {
      if (!isAborted(failure) && mine === control) problem.value = problemOf(failure)
    }
  }

  watch([register, id, revision], ([, now], [, before]) => {
    if (now !== before) incoming.value = []
    void load()
  }, { immediate: true })
  onScopeDispose(() => control.abort())
  return { incoming: shallowReadonly(incoming), problem: shallowReadonly(problem) }
}

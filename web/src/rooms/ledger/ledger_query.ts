// What a ledger shows, as its address says it: the parameters of api.md section 5 under their own names, and `q`.

import type { LocationQuery } from 'vue-router'

import type { Query } from '@/api/client'
import type { Declaration, Field, View } from '@/api/types'

export type Filters = Record<string, string[]>

export interface LedgerQuery {
  view: View
  sort: string
  filters: Filters
  /** Start at the first entry whose sort value is not before this. */
  at: string
  /** Full text; then neither filters nor sort count. */
  q: string
  /** Shown by the values of this; empty: as a table. */
  group: string
}

const own = ['view', 'sort', 'at', 'q', 'group']

function listOf(value: LocationQuery[string] | undefined): string[] {
  return [value].flat().filter((one) => typeof one === 'string' && one !== '') as string[]
}

/** The declared view that the address names, else the first; null for a register without views. */
export function readQuery(declaration: Declaration, query: LocationQuery): LedgerQuery | null {
  const view = declaration.views.find((one) => one.name === query.view) ?? declaration.views[0]
  if (!view) return null
  const asked = listOf(query.sort)[0] ?? ''
  const known = view.sorts.some((one) => one.replace('-', '') === asked.replace('-', ''))
  const filters = Object.entries(query)
    .filter(([name]) => !own.includes(name))
    .map(([name, value]) => [name, listOf(value)] as const)
    .filter(([name, values]) => values.length > 0 && isFilter(view, name))
  return {
    view,
    sort: known ? asked : (view.sorts[0] ?? ''),
    filters: Object.fromEntries(filters),
    at: listOf(query.at)[0] ?? '',
    q: (listOf(query.q)[0] ?? '').trim(),
    group: groupings(declaration, view).find((one) => one === query.group) ?? '',
  }
}

/** What a list can be grouped by: what has few values and is a filter of the view. */
export function groupings(declaration: Declaration, view: View): string[] {
  return view.filters.filter((name) => {
    const field = declaration.fields.find((one) => one.name === name)
    return field ? ['choice', 'boolean'].includes(field.type) && !field.many : name === 'state' || name === 'unit'
  })
}

/** How the value to jump to is typed, for a sort; null where nobody could type one. */
export function jumpKind(declaration: Declaration, sort: string): 'text' | 'date' | null {
  const name = sort.replace('-', '')
  const type = declaration.fields.find((one) => one.name === name)?.type
  if (name === 'due' || type === 'date') return 'date'
  return name === 'number' || type === 'text' || type === 'integer' || type === 'decimal' ? 'text' : null
}

export function isFilter(view: View, name: string): boolean {
  if (name === 'below') return view.filters.includes('unit')
  return view.filters.includes(name.replace(/\.(from|to)$/, ''))
}

/** For the address bar: what is as it would be anyway is left out. */
export function writeQuery(declaration: Declaration, query: LedgerQuery): LocationQuery {
  const out: LocationQuery = { ...query.filters }
  if (query.view.name !== declaration.views[0]?.name) out.view = query.view.name
  if (query.sort !== (query.view.sorts[0] ?? '')) out.sort = query.sort
  if (query.at !== '') out.at = query.at
  if (query.q !== '') out.q = query.q
  if (query.group !== '') out.group = query.group
  return out
}

export function listQuery(query: LedgerQuery): Query {
  return {
    ...query.filters,
    view: query.view.name,
    sort: query.sort === '' ? undefined : query.sort,
    at: query.at === '' ? undefined : query.at,
  }
}

/** The same filters with one of them changed; empty values take it away. */
export function withFilter(filters: Filters, name: string, values: readonly string[]): Filters {
  const rest = Object.fromEntries(Object.entries(filters).filter(([other]) => other !== name))
  return values.length === 0 ? rest : { ...rest, [name]: [...values] }
}

/** A click on a head: ascending, descending, and back; only what the view declares. */
export function nextSort(view: View, now: string, column: string): string | null {
  const declared = view.sorts.find((one) => one.replace('-', '') === column)
  if (declared === undefined) return null
  const other = declared.startsWith('-') ? column : `-${column}`
  return now === declared ? other : declared
}

export type BuiltIn = 'number' | 'unit' | 'state' | 'opened_at' | 'changed_at' | 'due'

export interface Column {
  name: string
  field: Field | null
}

export function columnsOf(declaration: Declaration, view: View): Column[] {
  return view.columns.map((name) => ({ name, field: declaration.fields.find((one) => one.name === name) ?? null }))
}

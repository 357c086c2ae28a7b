// The rows of a list in a sliding window: pages are read as they come into sight, by the cursors of the pages before,
// and those far away are let go again (E19). What a page held is remembered as a count, so the scrollbar stays true;
// after a change on the server they are read anew in place, and whoever comes back to a list finds it where it was.

import { computed, onScopeDispose, shallowReadonly, shallowRef, type ComputedRef, type ShallowRef, watch } from 'vue'

import { isAborted, type Query } from '@/api/client'
import { problemOf, type Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Labels, ListPage, ListRow, Total } from '@/api/types'

import { type KnownList, keepList, knownList, listKey } from './ledger_memory'
import type { Page } from './pages'
import { pageAt, relink, withoutFarPages } from './pages'

export interface LedgerRows {
  /** Rows that are known to be there: the pages read so far. */
  count: ComputedRef<number>
  total: Readonly<ShallowRef<Total | null>>
  /** Whether more follow after `count`. */
  hasMore: ComputedRef<boolean>
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  /** null: not in the window now; ensure() brings it. */
  rowAt: (place: number) => ListRow | null
  labelsAt: (place: number) => Labels
  /** Reads what is wanted for the rows from `first` to `last`. */
  ensure: (first: number, last: number) => Promise<void>
  /** Reads anew what is in sight; what is further away when it comes into sight. */
  reload: () => Promise<void>
}

const pageSize = 100

export function useLedgerRows(register: () => string, query: () => Query | null): LedgerRows {
  const pages = shallowRef<readonly Page[]>([])
  const next = shallowRef<string | null>(null)
  const total = shallowRef<Total | null>(null)
  const busy = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  let control = new AbortController()
  let key = ''
  let wanted = { first: 0, last: 0 }

  const count = computed(() => pages.value.reduce((sum, page) => sum + page.count, 0))

  async function read(cursor: string | null): Promise<ListPage> {
    const asked: Query = { ...query(), limit: pageSize, ...(cursor === null ? {} : { cursor }) }
    return await listEntries(register(), asked, control.signal)
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    busy.value = true
    const mine = control
    try {
      await work()
      if (mine === control) problem.value = null
    } catch (failure) {
      if (!isAborted(failure) && mine === control) problem.value = problemOf(failure)
    } finally {
      if (mine === control) busy.value = false
    }
  }

  async function fetchPage(at: number): Promise<void> {
    const known = pages.value[at]
    if (known?.rows && !known.stale) return
    const mine = control
    const cursor = known ? known.cursor : next.value
    if (!known && pages.value.length > 0 && cursor === null) return
    const answer = await read(cursor)
    if (mine !== control) return
    const page: Page = { cursor, count: answer.entries.length, rows: answer.entries, labels: answer.labels, stale: false }
    pages.value = withoutFarPages(relink(pages.value, at, page, answer.next), at)
    if (at === pages.value.length - 1) next.value = answer.next
    if (answer.total) total.value = answer.total
  }

  async function ensure(first: number, last: number): Promise<void> {
    wanted = { first, last }
    if (busy.value || query() === null) return
    const from = pageAt(pages.value, first)?.at ?? pages.value.length - 1
    const to = pageAt(pages.value, last)?.at ?? (next.value === null ? pages.value.length - 1 : pages.value.length)
    const missing: number[] = []
    for (let at = Math.max(from, 0); at <= to; at += 1) if (!pages.value[at]?.rows || pages.value[at]?.stale) missing.push(at)
    if (missing.length === 0) return
    await guarded(async () => {
      for (const at of missing) await fetchPage(at)
    })
  }

  function abort(): void {
    control.abort()
    control = new AbortController()
    busy.value = false
  }

  async function reload(): Promise<void> {
    abort()
    if (query() === null) return
    pages.value = pages.value.map((page) => ({ ...page, stale: true }))
    const { first, last } = wanted
    await guarded(() => fetchPage(0))
    await ensure(first, last)
  }

  function keep(): void {
    if (key !== '' && pages.value.length > 0) keepList(key, { pages: pages.value, next: next.value, total: total.value })
  }

  function start(known: KnownList | null): void {
    pages.value = known?.pages ?? []
    next.value = known?.next ?? null
    total.value = known?.total ?? null
    wanted = { first: 0, last: 0 }
    if (!known) void reload()
  }

  watch(
    [register, () => JSON.stringify(query())],
    () => {
      keep()
      abort()
      const asked = query()
      key = asked === null ? '' : listKey(register(), asked)
      start(key === '' ? null : knownList(key))
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    keep()
    control.abort()
  })

  return {
    count,
    total: shallowReadonly(total),
    hasMore: computed(() => next.value !== null),
    busy: shallowReadonly(busy),
    problem: shallowReadonly(problem),
    rowAt: (place) => {
      const found = pageAt(pages.value, place)
      return found ? (pages.value[found.at]?.rows?.[found.within] ?? null) : null
    },
    labelsAt: (place) => {
      const found = pageAt(pages.value, place)
      return found ? (pages.value[found.at]?.labels ?? {}) : {}
    },
    ensure,
    reload,
  }
}

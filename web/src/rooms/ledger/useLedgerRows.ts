// The rows of a list in a sliding window: pages are read as they come into sight, by the cursors of the pages before,
// and those far away are let go again (E19). What a page held is remembered as a count, so the scrollbar stays true.

import { computed, onScopeDispose, shallowReadonly, shallowRef, type ComputedRef, type ShallowRef, watch } from 'vue'

import { isAborted, type Query } from '@/api/client'
import { problemOf, type Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Labels, ListPage, ListRow, Total } from '@/api/types'

interface Page {
  cursor: string | null
  count: number
  rows: ListRow[] | null
  labels: Labels
}

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
  /** Reads all of it anew, keeping what is shown until the first page is there. */
  reload: () => Promise<void>
}

const pageSize = 100
const pagesMax = 8

export function useLedgerRows(register: () => string, query: () => Query | null): LedgerRows {
  const pages = shallowRef<Page[]>([])
  const next = shallowRef<string | null>(null)
  const total = shallowRef<Total | null>(null)
  const busy = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  let control = new AbortController()

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

  function pageOf(place: number): { at: number; within: number } | null {
    let before = 0
    for (const [at, page] of pages.value.entries()) {
      if (place < before + page.count) return { at, within: place - before }
      before += page.count
    }
    return null
  }

  /** Lets go of pages far from the one in sight. */
  function keepNear(near: number): void {
    const resident = pages.value.filter((page) => page.rows !== null).length
    if (resident <= pagesMax) return
    pages.value = pages.value.map((page, at) =>
      Math.abs(at - near) > pagesMax / 2 ? { ...page, rows: null, labels: {} } : page,
    )
  }

  async function fetchPage(at: number): Promise<void> {
    const known = pages.value[at]
    if (known?.rows) return
    const mine = control
    const cursor = known ? known.cursor : next.value
    const answer = await read(cursor)
    if (mine !== control) return
    const page: Page = { cursor, count: answer.entries.length, rows: answer.entries, labels: answer.labels }
    pages.value = known ? pages.value.map((one, other) => (other === at ? page : one)) : [...pages.value, page]
    if (at === pages.value.length - 1) next.value = answer.next
    keepNear(at)
  }

  async function ensure(first: number, last: number): Promise<void> {
    if (busy.value || query() === null) return
    const from = pageOf(first)?.at ?? pages.value.length - 1
    const to = pageOf(last)?.at ?? (next.value === null ? pages.value.length - 1 : pages.value.length)
    const wanted: number[] = []
    for (let at = Math.max(from, 0); at <= to; at += 1) if (!pages.value[at]?.rows) wanted.push(at)
    if (wanted.length === 0) return
    await guarded(async () => {
      for (const at of wanted) await fetchPage(at)
    })
  }

  async function reload(): Promise<void> {
    control.abort()
    control = new AbortController()
    if (query() === null) return
    const mine = control
    await guarded(async () => {
      const answer = await read(null)
      if (mine !== control) return
      pages.value = [{ cursor: null, count: answer.entries.length, rows: answer.entries, labels: answer.labels }]
      next.value = answer.next
      total.value = answer.total
    })
  }

  watch([register, () => JSON.stringify(query())], () => void reload(), { immediate: true })
  onScopeDispose(() => control.abort())

  return {
    count,
    total: shallowReadonly(total),
    hasMore: computed(() => next.value !== null),
    busy: shallowReadonly(busy),
    problem: shallowReadonly(problem),
    rowAt: (place) => {
      const found = pageOf(place)
      return found ? (pages.value[found.at]?.rows?.[found.within] ?? null) : null
    },
    labelsAt: (place) => {
      const found = pageOf(place)
      return found ? (pages.value[found.at]?.labels ?? {}) : {}
    },
    ensure,
    reload,
  }
}

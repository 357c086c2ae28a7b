// Where somebody was in a list: its pages by their cursors and the current row, for the way back from an entry.
// Held by this window only, and by no more than twenty lists.

import { type Query, queryText } from '@/api/client'
import type { Total } from '@/api/types'
import { onLeave } from '@/state/session'

import type { Page } from './pages'

export interface KnownList {
  pages: readonly Page[]
  next: string | null
  total: Total | null
}

const listsMax = 20
const lists = new Map<string, KnownList>()
const places = new Map<string, number>()

onLeave(() => {
  lists.clear()
  places.clear()
})

export const listKey = (register: string, query: Query): string => register + queryText(query)

function put<T>(all: Map<string, T>, key: string, value: T): void {
  all.delete(key)
  all.set(key, value)
  const [oldest] = all.keys()
  if (all.size > listsMax && oldest !== undefined) all.delete(oldest)
}

/** Its rows are let go: they are read anew, by the same cursors. */
export function keepList(key: string, { pages, next, total }: KnownList): void {
  put(lists, key, { pages: pages.map((page) => ({ ...page, rows: null, labels: {}, stale: true })), next, total })
}

export const knownList = (key: string): KnownList | null => lists.get(key) ?? null

export const keepPlace = (key: string, place: number): void => put(places, key, place)

export const knownPlace = (key: string): number => places.get(key) ?? 0

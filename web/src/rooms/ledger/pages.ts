// The pages of a list, chained by their cursors.

import type { Labels, ListRow } from '@/api/types'

export interface Page {
  /** null: the first. */
  cursor: string | null
  count: number
  /** null: let go again. */
  rows: readonly ListRow[] | null
  labels: Labels
  /** Shown until it is read anew. */
  stale: boolean
}

export const pagesMax = 8

/** In which page a row lies, and where in it. */
export function pageAt(pages: readonly Page[], place: number): { at: number; within: number } | null {
  let before = 0
  for (const [at, page] of pages.entries()) {
    if (place < before + page.count) return { at, within: place - before }
    before += page.count
  }
  return null
}

/** The pages with `page` at `at`, whose answer led on to `next`: the page after it follows from there, or there is none. */
export function relink(pages: readonly Page[], at: number, page: Page, next: string | null): Page[] {
  const before = pages.slice(0, at)
  const [follower, ...rest] = pages.slice(at + 1)
  if (!follower || next === null) return [...before, page]
  return [...before, page, follower.cursor === next ? follower : { ...follower, cursor: next, stale: true }, ...rest]
}

/** Lets go of pages far from the one in sight. */
export function withoutFarPages(pages: readonly Page[], near: number): readonly Page[] {
  const resident = pages.filter((page) => page.rows !== null).length
  if (resident <= pagesMax) return pages
  return pages.map((page, at) => (Math.abs(at - near) > pagesMax / 2 ? { ...page, rows: null, labels: {} } : page))
}

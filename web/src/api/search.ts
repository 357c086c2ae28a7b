// Full-text search (api.md, section 9).

import { request } from './client'
import type { SearchAnswer } from './types'

export interface SearchQuery {
  q: string
  register?: string
  limit?: number
  /** A position of the journal that the answer is to include. */
  wait?: number
}

export async function search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer> {
  const { wait, ...rest } = query
  return (
    await request<SearchAnswer>('GET', '/search', {
      query: rest,
      ...(wait === undefined ? {} : { wait }),
      ...(signal ? { signal } : {}),
    })
  ).data
}

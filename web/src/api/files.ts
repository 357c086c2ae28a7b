// Uploads (api.md, section 10): a file is sent first and named by its hash; an action claims it.

import { base, request } from './client'
import type { StoredFile } from './types'

export const uploadFile = async (file: File, signal?: AbortSignal): Promise<StoredFile> =>
  (
    await request<StoredFile>('POST', '/files', {
      query: { name: file.name },
      raw: { bytes: file, type: 'application/octet-stream' },
      ...(signal ? { signal } : {}),
    })
  ).data

const textBytesMax = 200_000

/** The beginning of a text that the server holds, by the address of api/entries.ts. */
export async function readText(href: string, signal?: AbortSignal): Promise<string> {
  const answer = await request<string>('GET', href.slice(base.length), { as: 'text', ...(signal ? { signal } : {}) })
  return answer.data.slice(0, textBytesMax)
}

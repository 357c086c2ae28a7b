// Uploads (api.md, section 10): a file is sent first and named by its hash; an action claims it.

import { request } from './client'
import type { StoredFile } from './types'

export const uploadFile = async (file: File, signal?: AbortSignal): Promise<StoredFile> =>
  (
    await request<StoredFile>('POST', '/files', {
      query: { name: file.name },
      raw: { bytes: file, type: 'application/octet-stream' },
      ...(signal ? { signal } : {}),
    })
  ).data

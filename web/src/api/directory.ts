// Units, people and posts as of a day (api.md, section 14).

import { request } from './client'
import type { Directory } from './types'

export const loadDirectory = async (on?: string): Promise<Directory> =>
  (await request<Directory>('GET', '/directory', { query: { on } })).data

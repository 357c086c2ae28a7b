// A house that was made before, copied with its keys: a key signs one log, so two servers never share one.

import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function copyHouse(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  const file = join(to, 'data/duban.json')
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...settings, keys: join(to, 'data.keys') }))
}

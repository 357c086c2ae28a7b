// Lays a .gz beside every text of dist/ that becomes smaller by it; the program embeds both.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const folder = new URL('../dist/', import.meta.url)
for (const path of readdirSync(folder, { recursive: true })) {
  if (!/\.(js|css|svg|html|json)$/.test(path)) continue
  const bytes = readFileSync(new URL(path, folder))
  const packed = gzipSync(bytes, { level: 9 })
  if (packed.length < bytes.length) writeFileSync(new URL(`${path}.gz`, folder), packed)
}

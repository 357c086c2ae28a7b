// Against the public vectors of tests/vectors, good and corrupted.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type Bytes, fromBase64, hexOf, utf8 } from './bytes'
import { canonical, type Json } from './canonical'
import { isConsistent, isIncluded, leafHash, rootOf } from './merkle'

const vectors = join(__dirname, '../../../../../tests/vectors')

interface Inclusion { leafIdx: number; treeSize: number; root: string; leafHash: string; proof: string[] | null; wantErr: boolean; desc: string }
interface Consistency { size1: number; size2: number; root1: string; root2: string; proof: string[] | null; wantErr: boolean; desc: string }

function cases<T>(kind: string): [string, T][] {
  const folder = join(vectors, 'merkle', kind)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return names.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as T])
}

const bytes = (text: string | null): Bytes => fromBase64(text ?? '') ?? new Uint8Array()

describe('inclusion', () => {
  const all = cases<Inclusion>('inclusion')
  it('has vectors', () => expect(all.length).toBeGreaterThan(50))
  it.each(all)('%s', async (_name, one) => {
    const proof = (one.proof ?? []).map(bytes)
    const passed = await isIncluded({ leaf: bytes(one.leafHash), index: one.leafIdx, size: one.treeSize, root: bytes(one.root), proof })
    expect(passed).toBe(!one.wantErr)
  })
})

describe('consistency', () => {
  const all = cases<Consistency>('consistency')
  it('has vectors', () => expect(all.length).toBeGreaterThan(50))
  it.each(all)('%s', async (_name, one) => {
    const proof = (one.proof ?? []).map(bytes)
    const claim = { size1: one.size1, size2: one.size2, root1: bytes(one.root1), root2: bytes(one.root2), proof }
    expect(await isConsistent(claim)).toBe(!one.wantErr)
  })
})

describe('roots', () => {
  it('are those of RFC 6962 for no leaf and for the empty leaf', async () => {
    expect(hexOf(await rootOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hexOf(await leafHash(utf8('')))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  })
})

describe('canonical JSON', () => {
  // The other vectors have fractions, which no record has.
  it.each(['arrays', 'french', 'structures', 'unicode', 'weird'])('%s', (name) => {
    const given = JSON.parse(readFileSync(join(vectors, `jcs/input/${name}.json`), 'utf8')) as Json
    expect(canonical(given)).toBe(readFileSync(join(vectors, `jcs/output/${name}.json`), 'utf8').trimEnd())
  })
})

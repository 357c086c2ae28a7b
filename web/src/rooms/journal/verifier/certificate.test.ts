// A certificate that the program made, and every way to spoil it: each must go red, at the check that sees it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { fromHex } from './bytes'
import type { Json } from './canonical'
import { checkCertificate, type CheckName } from './certificate'
import { isSigned, parseKey } from './note'

interface Shown { position: number; leaf: string; blob: { changes?: Record<string, { s: string; v: Json } | null> }; proof: string[] }
interface Sample { checkpoint: string; verifier_key: string; entry: string; records: Shown[]; declarations?: Record<string, string>; [name: string]: unknown }

const fresh = (): Sample => JSON.parse(readFileSync(join(__dirname, 'sample/certificate.json'), 'utf8')) as Sample

async function redAfter(spoil: (sample: Sample, first: Shown, second: Shown) => void): Promise<CheckName[]> {
  const sample = fresh()
  spoil(sample, sample.records[0]!, sample.records[1]!)
  const report = await checkCertificate(sample as unknown as Json)
  expect(report.valid).toBe(false)
  return [...report.checks, ...report.records.flatMap((one) => one.checks)].filter((one) => !one.passed).map((one) => one.name)
}

describe('a certificate', () => {
  it('is valid as the program made it, with its own key and with one known from elsewhere', async () => {
    const sample = fresh() as unknown as Json
    expect(await checkCertificate(sample)).toMatchObject({ valid: true, keyKnown: false })
    expect(await checkCertificate(sample, fresh().verifier_key)).toMatchObject({ valid: true, keyKnown: true })
  })

  it('goes red when a value is altered', async () => {
    expect(await redAfter((_all, first) => { first.blob.changes!.heading!.v = 'x' })).toEqual(['values'])
  })

  it('goes red when a salt is altered, and when a value is withheld', async () => {
    expect(await redAfter((_all, first) => { first.blob.changes!.heading!.s = 'AAAAAAAAAAAAAAAAAAAAAA' })).toEqual(['values'])
    expect(await redAfter((_all, first) => { delete first.blob.changes!.heading })).toEqual(['values'])
  })

  it('goes red when a value was erased and no record says so', async () => {
    expect(await redAfter((_all, first) => { first.blob.changes!.heading = null })).toEqual(['erasures'])
  })

  it('may hold values back when it says so, and no less must match', async () => {
    const sample = fresh()
    sample.partial = true
    sample.records[0]!.blob.changes!.heading = null
    expect(await checkCertificate(sample as unknown as Json)).toMatchObject({ valid: true, partial: true })
    expect(await redAfter((all, first) => { all.partial = true; first.blob.changes!.heading!.v = 'x' })).toEqual(['values'])
  })

  it('goes red when a value is added that the leaf does not commit to', async () => {
    expect(await redAfter((_all, first) => { first.blob.changes!.extra = { s: 'AAAAAAAAAAAAAAAAAAAAAA', v: 1 } })).toEqual(['values'])
  })

  it('goes red when the leaf is altered', async () => {
    expect(await redAfter((_all, first) => { first.leaf = first.leaf.replace('"revision":1', '"revision":3') })).toEqual(
      expect.arrayContaining(['inclusion', 'revision']),
    )
    expect(await redAfter((_all, first) => { first.leaf = ` ${first.leaf}` })).toEqual(expect.arrayContaining(['leaf', 'inclusion']))
  })

  it('goes red when the proof or the position is altered', async () => {
    expect(await redAfter((_all, first) => { first.proof[0] = '00'.repeat(32) })).toEqual(['inclusion'])
    expect(await redAfter((_all, first) => { first.position += 1 })).toEqual(['inclusion'])
    expect(await redAfter((_all, first) => { first.proof.push('00'.repeat(32)) })).toEqual(['inclusion'])
  })

  it('goes red when a record is left out, or the order is turned', async () => {
    expect(await redAfter((all) => { all.records.shift() })).toEqual(expect.arrayContaining(['revision', 'state']))
    expect(await redAfter((all) => { all.records.reverse() })).toEqual(expect.arrayContaining(['order', 'revision']))
  })

  it('goes red when it is said to be of another entry', async () => {
    expect(await redAfter((all) => { all.entry = '01a20fb2-b87d-7984-83df-f03ab705be46' })).toContain('entry')
  })

  it('goes red when the checkpoint is altered, and with another key', async () => {
    expect(await redAfter((all) => { all.checkpoint = all.checkpoint.replace(/\n\d+\n/, '\n99\n') })).toContain('signature')
    expect(await redAfter((all) => { all.checkpoint = all.checkpoint.replace(/.(.{6}==?)?\n$/, 'A$1\n') })).toContain('signature')
    const other = 'duban/01a20fb2-b118-776b-b5f7-50416f6ccc5c+b52c9f71+AVAEj8rKrTPXDv/+ZW075G/MyYBHcaQGVOjQBjJUq0yV'
    expect((await checkCertificate(fresh() as unknown as Json, other)).valid).toBe(false)
  })

  it('goes red when a declaration is altered or wanting', async () => {
    expect(await redAfter((all) => { all.declarations = {} })).toEqual(['declarations'])
    expect(await redAfter((all) => { all.declarations = { ['0'.repeat(64)]: 'x' } })).toEqual(['declarations'])
  })

  it('goes red when it is none', async () => {
    for (const none of [null, [], {}, { format: 'duban-certificate-1', records: [] }, { format: 'duban-certificate-1', records: [1] }] as Json[]) {
      expect((await checkCertificate(none)).valid).toBe(false)
    }
  })
})

describe('a key', () => {
  it('is refused when its id is not its own', async () => {
    const { verifier_key } = fresh()
    expect(await parseKey(verifier_key)).not.toBeNull()
    expect(await parseKey(verifier_key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBeNull()
    expect(await parseKey('nothing')).toBeNull()
  })

  // RFC 8032, 7.1, test 2.
  it.each([true, false])('verifies Ed25519 with WebCrypto: %s', async (native) => {
    const importKey = crypto.subtle.importKey.bind(crypto.subtle)
    if (!native) crypto.subtle.importKey = () => Promise.reject(new DOMException('unknown', 'NotSupportedError'))
    const key = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')!
    const signature = fromHex('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00')!
    expect(await isSigned(signature, new Uint8Array([0x72]), key)).toBe(true)
    expect(await isSigned(signature, new Uint8Array([0x73]), key)).toBe(false)
    crypto.subtle.importKey = importKey
  })
})

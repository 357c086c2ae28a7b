// A certificate checked with nothing but itself and a key (docs/formats/record.md, "Certificate"). What the C++
// of `duban verify --certificate` checks, computed here once more, each step told.
//
//     const report = await checkCertificate(JSON.parse(text), keyKnownFromElsewhere)

import { fromHex, hexOf, sha256, utf8 } from './bytes'
import { canonical, findJson, isObject, type Json, members, numberOfMember, textOfMember } from './canonical'
import { checkCommitments, type CommitmentCheck } from './commitments'
import { isIncluded, leafHash } from './merkle'
import { type Checkpoint, openNote, parseCheckpoint, parseKey } from './note'
import { checkSteps, type RecordStep } from './steps'

export type CheckName =
  | 'form' | 'key' | 'signature' | 'origin' | 'leaf' | 'inclusion' | 'values' | 'entry' | 'order' | 'time'
  | 'revision' | 'state' | 'persons' | 'erasures' | 'declarations'

export interface Check {
  name: CheckName
  passed: boolean
  /** What was computed or compared: shown as it is. */
  facts: string[]
}

export interface RecordReport {
  position: number
  leaf: Json
  leafHash: string
  proof: string[]
  checks: Check[]
  commitments: CommitmentCheck[]
}

export interface CertificateReport {
  valid: boolean
  /** The key came from elsewhere: without that the signature proves nothing about who signed. */
  keyKnown: boolean
  /** Whoever issued it says that values are held back: an absent one then needs no record of erasure. */
  partial: boolean
  verifierKey: string
  checkpoint: Checkpoint | null
  register: string
  entry: string
  /** Of the certificate as a whole. */
  checks: Check[]
  records: RecordReport[]
}

interface Head {
  checks: Check[]
  checkpoint: Checkpoint | null
}

async function checkHead(note: string, verifierKey: string): Promise<Head> {
  const key = await parseKey(verifierKey)
  const text = key ? await openNote(note, key) : null
  const checkpoint = text === null ? null : parseCheckpoint(text)
  const checks: Check[] = [
    { name: 'key', passed: key !== null, facts: [verifierKey.trim()] },
    { name: 'signature', passed: checkpoint !== null, facts: checkpoint ? [checkpoint.origin, String(checkpoint.size), hexOf(checkpoint.root)] : [] },
  ]
  return { checks, checkpoint }
}

async function checkInclusion(hash: Uint8Array<ArrayBuffer>, shown: { [name: string]: Json }, checkpoint: Checkpoint | null): Promise<Check> {
  const given = Array.isArray(shown.proof) ? shown.proof.map(textOfMember) : []
  const proof = given.map(fromHex).filter((one) => one !== null)
  const index = typeof shown.position === 'number' ? shown.position : -1
  const passed =
    checkpoint !== null && Number.isSafeInteger(index) && proof.length === given.length &&
    (await isIncluded({ leaf: hash, index, size: checkpoint.size, root: checkpoint.root, proof }))
  return { name: 'inclusion', passed, facts: [hexOf(hash), ...given] }
}

async function checkRecord(shown: { [name: string]: Json }, checkpoint: Checkpoint | null): Promise<RecordReport> {
  const text = textOfMember(shown.leaf)
  const leaf = findJson(text) ?? null
  const hash = await leafHash(utf8(text))
  const commitments = await checkCommitments(leaf, shown.blob ?? null)
  const isCanonical = isObject(leaf) && leaf.v === 1 && canonical(leaf) === text
  const origin = checkpoint?.origin ?? ''
  return {
    position: numberOfMember(shown.position),
    leaf,
    leafHash: hexOf(hash),
    proof: Array.isArray(shown.proof) ? shown.proof.map(textOfMember) : [],
    checks: [
      { name: 'leaf', passed: isCanonical, facts: [text] },
      await checkInclusion(hash, shown, checkpoint),
      { name: 'values', passed: commitments.every((one) => one.result !== 'differs'), facts: [] },
      { name: 'origin', passed: origin.endsWith(`/${String(members(leaf).org)}`), facts: [origin] },
    ],
    commitments,
  }
}

async function checkDeclarations(given: Json | undefined, records: readonly RecordReport[]): Promise<Check[]> {
  if (given === undefined) return []
  const texts = members(given)
  const altered: string[] = isObject(given) ? [] : ['declarations']
  for (const [digest, text] of Object.entries(texts)) {
    if (hexOf(await sha256(utf8(textOfMember(text)))) !== digest) altered.push(digest)
  }
  const named = records.map((one) => textOfMember(members(one.leaf).declaration)).filter((digest) => digest !== '')
  const missing = [...new Set(named)].filter((digest) => texts[digest] === undefined)
  return [{ name: 'declarations', passed: altered.length === 0 && missing.length === 0, facts: [...altered, ...missing, ...Object.keys(texts)] }]
}

export async function checkCertificate(certificate: Json, knownKey = ''): Promise<CertificateReport> {
  const all = members(certificate)
  const shown = Array.isArray(all.records) ? all.records : []
  const isWhole = all.format === 'duban-certificate-1' && shown.length > 0 && shown.every(isObject)
  const form: Check = { name: 'form', passed: isWhole, facts: [textOfMember(all.format)] }
  const verifierKey = knownKey === '' ? textOfMember(all.verifier_key) : knownKey
  const head = await checkHead(textOfMember(all.checkpoint), verifierKey)
  const records: RecordReport[] = []
  for (const one of shown) records.push(await checkRecord(members(one), head.checkpoint))
  const entry = { register: textOfMember(all.register), entry: textOfMember(all.entry) }
  const steps = checkSteps(records.map((one): RecordStep => ({ ...one, leaf: members(one.leaf) })), entry)
  steps.records.forEach((checks, at) => records[at]?.checks.push(...checks))
  const partial = all.partial === true
  const checks = [form, ...head.checks, ...(partial ? [] : steps.whole), ...(await checkDeclarations(all.declarations, records))]
  return {
    valid: [...checks, ...records.flatMap((one) => one.checks)].every((one) => one.passed),
    keyKnown: knownKey !== '',
    partial,
    verifierKey,
    checkpoint: head.checkpoint,
    ...entry,
    checks,
    records,
  }
}

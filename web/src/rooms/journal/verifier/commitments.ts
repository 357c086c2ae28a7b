// Salted commitments of a record (docs/formats/record.md, "Commitments" and "Blob").

import { byte, fromBase64, hexOf, join, sha256, utf8 } from './bytes'
import { canonical, isObject, type Json, members, textOfMember } from './canonical'
import { leafHash, rootOf } from './merkle'

export interface CommitmentCheck {
  /** `changes`, `inputs`, `words` or `hidden`. */
  part: string
  name: string
  result: 'matches' | 'erased' | 'differs'
  salt: string
  /** Canonical JSON; of a list its rows. */
  value: string
  computed: string
  committed: string
}

const saltBytes = 16

async function valueHash(shown: Json): Promise<string | null> {
  const salt = fromBase64(textOfMember(members(shown).s), 'url')
  if (!isObject(shown) || salt?.length !== saltBytes || shown.v === undefined) return null
  return hexOf(await sha256(join(byte(2), salt, utf8(canonical(shown.v)))))
}

/** The root over the rows, each hashed with its own salt. */
async function listHash(shown: Json[]): Promise<string | null> {
  const rows = []
  for (const row of shown) {
    const salt = fromBase64(textOfMember(members(row).s), 'url')
    if (!isObject(row) || salt?.length !== saltBytes || row.v === undefined) return null
    rows.push(await leafHash(join(salt, utf8(canonical(row.v)))))
  }
  return hexOf(await rootOf(rows))
}

async function computedFor(commitment: Json, shown: Json): Promise<string | null> {
  if (typeof commitment === 'string') return valueHash(shown)
  if (!Array.isArray(shown) || shown.length !== members(commitment).count) return null
  return listHash(shown)
}

async function checkOne(part: string, name: string, commitment: Json, shown: Json | undefined): Promise<CommitmentCheck> {
  const committed = typeof commitment === 'string' ? commitment : textOfMember(members(commitment).root)
  const known = { part, name, committed, salt: '', value: '', computed: '' }
  if (shown === null) return { ...known, result: 'erased' }
  if (shown === undefined) return { ...known, result: 'differs' }
  const computed = (await computedFor(commitment, shown)) ?? ''
  const values = Array.isArray(shown) ? shown.map((row) => members(row).v ?? null) : (members(shown).v ?? null)
  return {
    ...known,
    result: computed !== '' && computed === committed ? 'matches' : 'differs',
    salt: textOfMember(members(shown).s),
    value: canonical(values),
    computed,
  }
}

function committedParts(leaf: Json): Record<string, Record<string, Json>> {
  const { changes, inputs, hidden, signatures } = members(leaf)
  const given = Array.isArray(signatures) ? signatures : []
  const words = Object.fromEntries(given.flatMap((one, at) => (isObject(one) && one.words !== undefined ? [[String(at), one.words]] : [])))
  return { changes: members(changes), hidden: members(hidden), inputs: members(inputs), words }
}

/** One check for each name that the leaf commits to, and one that differs for each that only the blob has. */
export async function checkCommitments(leaf: Json, blob: Json): Promise<CommitmentCheck[]> {
  const checks: CommitmentCheck[] = []
  const committed = committedParts(leaf)
  for (const [part, names] of Object.entries(committed)) {
    const shown = members(members(blob)[part])
    for (const [name, commitment] of Object.entries(names)) checks.push(await checkOne(part, name, commitment, shown[name]))
  }
  for (const [part, shown] of Object.entries(members(blob))) {
    const unknown = Object.keys(members(shown)).filter((name) => committed[part]?.[name] === undefined)
    for (const name of unknown) checks.push({ part, name, result: 'differs', salt: '', value: '', computed: '', committed: '' })
  }
  return checks
}

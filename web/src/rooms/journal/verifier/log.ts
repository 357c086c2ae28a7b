// The public log seen twice: that today's tree begins with the one that was seen before, and that the leaves make its root.

import { fromHex, hexOf, utf8 } from './bytes'
import { isConsistent, leafHash, rootOf } from './merkle'
import { type Checkpoint, openNote, parseCheckpoint, parseKey } from './note'

export async function openCheckpoint(note: string, verifierKey: string): Promise<Checkpoint | null> {
  const key = await parseKey(verifierKey)
  const text = key ? await openNote(note, key) : null
  return text === null ? null : parseCheckpoint(text)
}

/** `proof` in hex, as the log gives it. */
export async function hasGrown(before: Checkpoint, now: Checkpoint, proof: readonly string[]): Promise<boolean> {
  const hashes = proof.map(fromHex).filter((one) => one !== null)
  if (before.origin !== now.origin || hashes.length !== proof.length) return false
  return isConsistent({ size1: before.size, size2: now.size, root1: before.root, root2: now.root, proof: hashes })
}

/** The root over all leaves, hex. */
export async function rootOfLeaves(leaves: readonly string[]): Promise<string> {
  const hashes = []
  for (const leaf of leaves) hashes.push(await leafHash(utf8(leaf)))
  return hexOf(await rootOf(hashes))
}

export const leafHashOf = async (leaf: string): Promise<string> => hexOf(await leafHash(utf8(leaf)))

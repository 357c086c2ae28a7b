// Merkle trees of RFC 6962 as RFC 9162 words their proofs. Indices are integers up to 2^53.

import { byte, type Bytes, equal, join, sha256 } from './bytes'

/** H(0x00 || leaf) */
export const leafHash = (leaf: Bytes): Promise<Bytes> => sha256(join(byte(0), leaf))
/** H(0x01 || left || right) */
export const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(join(byte(1), left, right))

const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)
const hashBytes = 32

/** The root over leaf hashes in order; of none: H(""). RFC 6962, 2.1. */
export async function rootOf(leaves: readonly Bytes[]): Promise<Bytes> {
  let level = [...leaves]
  while (level.length > 1) {
    const above: Bytes[] = []
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at]!
      const right = level[at + 1]
      above.push(right ? await nodeHash(left, right) : left)
    }
    level = above
  }
  return level[0] ?? sha256(new Uint8Array())
}

export interface InclusionClaim {
  leaf: Bytes
  index: number
  size: number
  root: Bytes
  proof: readonly Bytes[]
}

/** RFC 9162, 2.1.3.2. */
export async function isIncluded({ leaf, index, size, root, proof }: InclusionClaim): Promise<boolean> {
  if (leaf.length !== hashBytes || index < 0 || index >= size || proof.some((one) => one.length !== hashBytes)) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const step of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = await nodeHash(step, hash)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      hash = await nodeHash(hash, step)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equal(hash, root)
}

export interface ConsistencyClaim {
  size1: number
  size2: number
  root1: Bytes
  root2: Bytes
  proof: readonly Bytes[]
}

/** Whether the second tree begins with the first. RFC 9162, 2.1.4.2: an empty first tree proves nothing. */
export async function isConsistent({ size1, size2, root1, root2, proof }: ConsistencyClaim): Promise<boolean> {
  if (size1 < 1 || size1 > size2 || proof.some((one) => one.length !== hashBytes)) return false
  if (size1 === size2) return proof.length === 0 && equal(root1, root2)
  if (proof.length === 0) return false
  return isGrown({ size1, size2, root1, root2, proof })
}

async function isGrown({ size1, size2, root1, root2, proof }: ConsistencyClaim): Promise<boolean> {
  let node = size1 - 1
  let last = size2 - 1
  while (isOdd(node)) {
    node = half(node)
    last = half(last)
  }
  // A complete first tree is its own starting point: 2.1.4.2, step 2.
  const path = node === 0 ? [root1, ...proof] : [...proof]
  let old = path[0]!
  let grown = path[0]!
  for (const step of path.slice(1)) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      old = await nodeHash(step, old)
      grown = await nodeHash(step, grown)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      grown = await nodeHash(grown, step)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equal(old, root1) && equal(grown, root2)
}

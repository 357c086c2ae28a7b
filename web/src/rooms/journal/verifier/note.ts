// C2SP signed notes and checkpoints: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint.

import { verifyAsync } from '@noble/ed25519'

import { byte, type Bytes, equal, fromBase64, hexOf, join, sha256, utf8 } from './bytes'

export interface VerifierKey {
  name: string
  /** Four bytes, hex: the first of SHA-256(name, line feed, type, key). */
  id: string
  publicKey: Bytes
}

export interface Checkpoint {
  origin: string
  size: number
  root: Bytes
}

const ed25519Type = 1
const keyBytes = 32
const signatureBytes = 64

/** `name+id+base64(type, key)`; null for what is none, or whose id does not belong to it. */
export async function parseKey(text: string): Promise<VerifierKey | null> {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim())
  const [, name = '', id = '', encoded = ''] = parts ?? []
  const typed = parts ? fromBase64(encoded) : null
  if (!typed || typed.length !== keyBytes + 1 || typed[0] !== ed25519Type) return null
  const hash = await sha256(join(utf8(`${name}\n`), typed))
  return hexOf(hash.slice(0, 4)) === id ? { name, id, publicKey: typed.slice(1) } : null
}

/** WebCrypto where it knows Ed25519 (Chromium 137), else the library; the same bytes, the same answer. */
export async function isSigned(signature: Bytes, message: Bytes, publicKey: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify'])
    return await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message)
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure
    return verifyAsync(signature, message, publicKey, { zip215: false })
  }
}

/** The text of a note that `key` signed; null when it did not. */
export async function openNote(note: string, key: VerifierKey): Promise<string | null> {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n')) return null
  const text = note.slice(0, cut + 1)
  const lines = note.slice(cut + 2, -1).split('\n').filter((line) => line.startsWith(`\u2014 ${key.name} `))
  const wanted = key.id.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? []
  for (const line of lines) {
    const bytes = fromBase64(line.slice(key.name.length + 3))
    const ours = bytes !== null && equal(bytes.slice(0, 4), join(...wanted.map(byte)))
    if (!ours || bytes.length !== signatureBytes + 4) continue
    if (await isSigned(bytes.slice(4), utf8(text), key.publicKey)) return text
  }
  return null
}

/** Origin, size and root of a note's text; null for what is none. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n')
  const size = Number(sizeText)
  const root = fromBase64(rootText)
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(sizeText) || !Number.isSafeInteger(size) || root?.length !== 32) return null
  return { origin, size, root }
}

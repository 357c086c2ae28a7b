// Bytes, hexadecimal, base64 and SHA-256. All hashing of the browser's verifier goes through here.

export type Bytes = Uint8Array<ArrayBuffer>

export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text))
}

export function join(...parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((length, one) => length + one.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export const byte = (value: number): Bytes => new Uint8Array([value])

export function equal(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at])
}

export function hexOf(bytes: Bytes): string {
  return [...bytes].map((value) => value.toString(16).padStart(2, '0')).join('')
}

/** Null for what is no lower-case hexadecimal. */
export function fromHex(text: string): Bytes | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null
  return new Uint8Array(text.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [])
}

/** RFC 4648: base64 with padding, or base64url without; null for anything else. */
export function fromBase64(text: string, form: 'standard' | 'url' = 'standard'): Bytes | null {
  const fits = form === 'url' ? /^[A-Za-z0-9_-]*$/ : /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
  if (!fits.test(text) || (form === 'url' && text.length % 4 === 1)) return null
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return new Uint8Array([...plain].map((one) => one.charCodeAt(0)))
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

// RFC 8785 canonical JSON, for what a record holds: integers up to 2^53, no fractions (docs/formats/record.md).

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Names in order of UTF-16 code units, which is how JavaScript sorts. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

export function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const members = (value: Json | undefined): { [name: string]: Json } => (isObject(value) ? value : {})
export const textOfMember = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
export const numberOfMember = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

export function findJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

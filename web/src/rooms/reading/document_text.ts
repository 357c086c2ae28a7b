// A text with places in it, laid out as a document: paragraphs, headings, and pieces that know what covers them.
//
//     const paragraphs = layOut(read.text, marks)
//
// Places come as bytes of UTF-8 (the text as read); here they are turned into characters, once for all marks.

export type MarkKind = 'title' | 'heading' | 'statement' | 'date' | 'figure' | 'doubt'

export interface Mark {
  /** In bytes. */
  from: number
  to: number
  key: string
  kind: MarkKind
  /** Of a heading, from 1. */
  level?: number
}

export interface Piece {
  text: string
  marks: readonly Mark[]
}

export interface Paragraph {
  /** Byte at which it begins: its key. */
  at: number
  heading: Mark | null
  pieces: readonly Piece[]
}

/** Bytes of UTF-8 that a text takes. */
export function bytesOf(text: string): number {
  let bytes = 0
  for (const character of text) bytes += bytesOfCharacter(character.codePointAt(0) ?? 0)
  return bytes
}

function bytesOfCharacter(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** The place in characters of each of the bytes asked for; one inside a character is where the character begins. */
export function placesOf(text: string, wanted: readonly number[]): Map<number, number> {
  const sorted = [...new Set(wanted)].sort((a, b) => a - b)
  const places = new Map<number, number>()
  let byte = 0
  let place = 0
  let next = 0
  for (const character of text) {
    const end = byte + bytesOfCharacter(character.codePointAt(0) ?? 0)
    for (let one = sorted[next]; one !== undefined && one < end; one = sorted[next]) {
      places.set(one, place)
      next += 1
    }
    byte = end
    place += character.length
  }
  for (; next < sorted.length; next += 1) places.set(sorted[next]!, text.length)
  return places
}

interface Placed {
  from: number
  to: number
  mark: Mark
}

function piecesOf(text: string, from: number, to: number, placed: readonly Placed[]): Piece[] {
  const inside = placed.filter((one) => one.from < to && one.to > from)
  const cuts = new Set([from, to])
  for (const one of inside) {
    cuts.add(Math.max(one.from, from))
    cuts.add(Math.min(one.to, to))
  }
  const sorted = [...cuts].sort((a, b) => a - b)
  return sorted.slice(0, -1).map((begin, at) => {
    const end = sorted[at + 1] ?? to
    return { text: text.slice(begin, end), marks: inside.filter((one) => one.from <= begin && one.to >= end).map((one) => one.mark) }
  })
}

/** Where the title of the document stands in it. */
export function titleMark(text: string, title: string | null): Mark | null {
  const at = title === null ? -1 : text.indexOf(title)
  if (title === null || at < 0) return null
  const from = bytesOf(text.slice(0, at))
  return { from, to: from + bytesOf(title), key: 'title', kind: 'title' }
}

const stops: ReadonlySet<string> = new Set(['\u3002', '\uff0e', '\uff1a'])

/** A heading that a body follows on the same line becomes a paragraph of its own, with the stop that ends it. */
function partsOf(text: string, from: number, to: number, headings: readonly Placed[]): { from: number; to: number; heading: Mark | null }[] {
  const parts: { from: number; to: number; heading: Mark | null }[] = []
  let at = from
  for (const one of headings.filter((other) => other.from >= from && other.to <= to)) {
    if (one.from > at) parts.push({ from: at, to: one.from, heading: null })
    const stopped = stops.has(text.slice(one.to, one.to + 1)) && one.to < to ? one.to + 1 : one.to
    parts.push({ from: one.from, to: stopped, heading: one.mark })
    at = stopped
  }
  if (at < to) parts.push({ from: at, to, heading: null })
  return parts
}

const blank = /^[\s\u3000\u3002]*$/

export function layOut(text: string, marks: readonly Mark[]): Paragraph[] {
  const places = placesOf(text, marks.flatMap((one) => [one.from, one.to]))
  const placed = marks
    .map((mark): Placed => ({ from: places.get(mark.from) ?? 0, to: places.get(mark.to) ?? 0, mark }))
    .filter((one) => one.to > one.from)
    .sort((a, b) => a.from - b.from)
  const headings = placed.filter((one) => one.mark.kind === 'heading' || one.mark.kind === 'title')
  const within = placed.filter((one) => one.mark.kind !== 'heading' && one.mark.kind !== 'title')
  const paragraphs: Paragraph[] = []
  let begin = 0
  for (const line of text.split('\n')) {
    for (const part of partsOf(text, begin, begin + line.length, headings)) {
      const shown = text.slice(part.from, part.to)
      if (blank.test(shown)) continue
      const start = part.from + (shown.length - shown.trimStart().length)
      paragraphs.push({ at: start, heading: part.heading, pieces: piecesOf(text, start, part.to, within) })
    }
    begin += line.length + 1
  }
  return paragraphs
}

/** The sentence around a place, for a date or a figure shown apart from its text. */
export function sentenceAround(text: string, from: number, to: number): string {
  const places = placesOf(text, [from, to])
  const begin = places.get(from) ?? 0
  const end = places.get(to) ?? text.length
  const stop = /[\u3002\uff1b;!?\uff01\uff1f\n]/
  let first = begin
  while (first > 0 && !stop.test(text[first - 1] ?? '')) first -= 1
  let last = end
  while (last < text.length && !stop.test(text[last] ?? '')) last += 1
  return text.slice(first, last + 1).trim()
}

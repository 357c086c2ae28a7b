// A scan, looked at in the browser: its code, and a small picture of it to hold against what is recorded.

import { readSheetText, type SheetCode } from '@/ui/sheet_code'

import { areasOf } from './scan_areas'

export interface Scanned {
  code: SheetCode | null
  /** A code was there, of something else. */
  strange: boolean
  picture: ImageBitmap
}

export const bytesMax = 40_000_000
const pictureEdge = 1200

let turn: Promise<unknown> = Promise.resolve()

/** One after the other: a page of 300 dpi takes 35 MB while it is looked at. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work)
  turn = mine.catch(() => undefined)
  return mine
}

/** Null when it is no picture that this browser reads. */
export function lookAt(file: File): Promise<Scanned | null> {
  return inTurn(async () => {
    const page = await createImageBitmap(file).catch(() => null)
    if (!page) return null
    const found = await codeOf(page)
    const scale = Math.min(1, pictureEdge / Math.max(page.width, page.height))
    const picture = await createImageBitmap(page, { resizeWidth: Math.max(1, Math.round(page.width * scale)), resizeHeight: Math.max(1, Math.round(page.height * scale)), resizeQuality: 'high' })
    page.close()
    return { ...found, picture }
  })
}

async function codeOf(page: ImageBitmap): Promise<Omit<Scanned, 'picture'>> {
  const { default: jsQR } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let strange = false
  for (const { x, y, width, height, scale } of context ? areasOf(page.width, page.height) : []) {
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context!.drawImage(page, x, y, width, height, 0, 0, canvas.width, canvas.height)
    const pixels = context!.getImageData(0, 0, canvas.width, canvas.height)
    const text = jsQR(pixels.data, canvas.width, canvas.height, { inversionAttempts: 'dontInvert' })?.data
    const code = text === undefined ? null : readSheetText(text)
    if (code) return { code, strange: false }
    strange ||= text !== undefined
    // The screen lives on between two looks.
    await new Promise((next) => setTimeout(next))
  }
  return { code: null, strange }
}

import { expect, it } from 'vitest'

import { encode } from 'uqr'
import jsQR from 'jsqr'

import { readSheetText, type SheetCode, sheetText, shortForm } from './sheet_code'

const code: SheetCode = { register: 'concurrent_post', entry: '01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a10', revision: 3, action: 'approve' }

it('comes back as it was written, and nothing else is taken for a sheet', () => {
  expect(readSheetText(sheetText(code))).toEqual(code)
  for (const other of ['', 'https://example.org/', sheetText(code).replace('/1/', '/2/'), `${sheetText(code)}/x`, sheetText({ ...code, register: '../x' })]) {
    expect(readSheetText(other)).toBeNull()
  }
})

it('can be typed: the number and the revision', () => {
  expect(shortForm('JZ-2026-0007', code)).toBe('JZ-2026-0007 / 3')
  expect(shortForm(null, code)).toBe('6d1f2f3d9a10 / 3')
})

it('is read from the modules that the browser draws', () => {
  const { data, size } = encode(sheetText(code), { ecc: 'M', border: 4 })
  const scale = 5
  const width = size * scale
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  data.forEach((row, y) => row.forEach((dark, x) => {
    if (!dark) return
    for (let dy = 0; dy < scale; dy += 1) for (let dx = 0; dx < scale; dx += 1) pixels.fill(0, ((y * scale + dy) * width + x * scale + dx) * 4, ((y * scale + dy) * width + x * scale + dx) * 4 + 3)
  }))
  expect(readSheetText(jsQR(pixels, width, width)?.data ?? '')).toEqual(code)
})

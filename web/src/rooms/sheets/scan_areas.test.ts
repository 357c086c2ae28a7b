import { expect, it } from 'vitest'

import { areasOf } from './scan_areas'

it('looks at the whole page first, then at parts that leave nothing out', () => {
  const [width, height] = [2480, 3508]
  const areas = areasOf(width, height)
  expect(areas.slice(0, 2).map((one) => Math.round(one.scale * height))).toEqual([1500, 2600])
  const parts = areas.slice(2)
  expect(parts.every((one) => one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height)).toBe(true)
  const codeEdge = 400
  for (let x = 0; x + codeEdge <= width; x += 97) {
    for (let y = 0; y + codeEdge <= height; y += 89) {
      const inOne = parts.some((one) => one.x <= x && one.y <= y && x + codeEdge <= one.x + one.width && y + codeEdge <= one.y + one.height)
      expect(inOne, `${x} ${y}`).toBe(true)
    }
  }
})

it('does not enlarge a small picture, nor look twice', () => {
  expect(areasOf(800, 600)).toEqual([{ x: 0, y: 0, width: 800, height: 600, scale: 1 }])
})

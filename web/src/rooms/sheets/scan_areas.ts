// Where on a scanned page its code is looked for: the whole page small, then larger, then its parts as they are.

export interface Area {
  x: number
  y: number
  width: number
  height: number
  /** Of the picture that is looked at, to the part of the scan. */
  scale: number
}

const wholeEdges = [1500, 2600]
const partEdge = 1400
/** Parts overlap by more than a code is wide on A4. */
const overlap = 0.25

export function areasOf(width: number, height: number): Area[] {
  const longest = Math.max(width, height)
  const whole = wholeEdges.filter((_, at) => at === 0 || longest > wholeEdges[at - 1]!).map((edge): Area => ({ x: 0, y: 0, width, height, scale: Math.min(1, edge / longest) }))
  return longest <= partEdge ? whole : [...whole, ...partsOf(width, height)]
}

function partsOf(width: number, height: number): Area[] {
  const along = (length: number): number[] => {
    const count = Math.max(1, Math.ceil(length / (partEdge * (1 - overlap))))
    return Array.from({ length: count }, (_, at) => Math.round(Math.max(0, Math.min(length - partEdge, at * partEdge * (1 - overlap)))))
  }
  const part = (x: number, y: number): Area => ({ x, y, width: Math.min(partEdge, width), height: Math.min(partEdge, height), scale: 1 })
  return along(height).flatMap((y) => along(width).map((x) => part(x, y)))
}

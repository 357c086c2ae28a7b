// Units as a tree, flat: each with its depth, below its parent, in the order of their codes.

import type { Unit } from '@/api/types'

export interface TreeLine {
  unit: Unit
  depth: number
}

/** A unit whose parent is not among them stands at the top. */
export function treeOf(units: readonly Unit[]): TreeLine[] {
  const known = new Set(units.map((one) => one.id))
  const below = new Map<string, Unit[]>()
  for (const unit of units) {
    const parent = unit.parent !== null && known.has(unit.parent) ? unit.parent : ''
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const lines: TreeLine[] = []
  const add = (parent: string, depth: number): void => {
    const children = [...(below.get(parent) ?? [])].sort((a, b) => a.code.localeCompare(b.code))
    for (const unit of children) {
      lines.push({ unit, depth })
      add(unit.id, depth + 1)
    }
  }
  add('', 0)
  return lines
}

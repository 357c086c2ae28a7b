// The current row: keys move it, and whoever comes back finds it.

import { nextTick, onMounted, shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import { keepPlace, knownPlace } from './ledger_memory'

export interface Cursor {
  current: Readonly<ShallowRef<number>>
  moveTo: (place: number) => void
  /** Arrows, Page keys, Home, End. */
  onKey: (event: KeyboardEvent) => void
}

export interface CursorOptions {
  /** Of the list (ledger_memory.ts). */
  key: () => string
  count: () => number
  rowsInSight: () => number
  reveal: (place: number) => void
}

export function useCursor({ key, count, rowsInSight, reveal }: CursorOptions): Cursor {
  const current = shallowRef(knownPlace(key()))

  function moveTo(place: number): void {
    current.value = Math.min(Math.max(place, 0), Math.max(count() - 1, 0))
    keepPlace(key(), current.value)
    reveal(current.value)
  }

  function onKey(event: KeyboardEvent): void {
    const page = rowsInSight()
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    moveTo(current.value + step)
  }

  async function comeBack(): Promise<void> {
    current.value = knownPlace(key())
    await nextTick()
    reveal(current.value)
  }

  watch(key, comeBack)
  onMounted(comeBack)

  return { current: shallowReadonly(current), moveTo, onKey }
}

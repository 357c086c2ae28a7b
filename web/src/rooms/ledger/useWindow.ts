// Which rows of a long table are in sight: from the scroll position and the height of a row.

import { computed, onMounted, onScopeDispose, shallowRef, type ComputedRef, type Ref } from 'vue'

export interface RowWindow {
  first: ComputedRef<number>
  /** One past the last. */
  end: ComputedRef<number>
  /** Scrolls as little as needed to bring a row into sight. */
  reveal: (place: number) => void
}

const spare = 8

export function useWindow(
  frame: Readonly<Ref<HTMLElement | null>>, count: () => number, rowHeight: () => number, headHeight: () => number,
): RowWindow {
  const top = shallowRef(0)
  const height = shallowRef(600)
  let observer: ResizeObserver | null = null

  function onScroll(): void {
    top.value = frame.value?.scrollTop ?? 0
  }

  onMounted(() => {
    const element = frame.value
    if (!element) return
    element.addEventListener('scroll', onScroll, { passive: true })
    observer = new ResizeObserver(() => (height.value = element.clientHeight))
    observer.observe(element)
    height.value = element.clientHeight
  })
  onScopeDispose(() => {
    frame.value?.removeEventListener('scroll', onScroll)
    observer?.disconnect()
  })

  function reveal(place: number): void {
    const element = frame.value
    if (!element) return
    const above = place * rowHeight()
    const below = above + rowHeight() + headHeight()
    if (above < element.scrollTop) element.scrollTop = above
    else if (below > element.scrollTop + element.clientHeight) element.scrollTop = below - element.clientHeight
  }

  return {
    first: computed(() => Math.max(0, Math.floor(top.value / rowHeight()) - spare)),
    end: computed(() => Math.min(count(), Math.ceil((top.value + height.value) / rowHeight()) + spare)),
    reveal,
  }
}

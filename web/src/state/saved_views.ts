// Views that somebody keeps for himself: the address of a ledger under a name of his own, on this machine.

import { shallowReadonly, shallowRef, watch } from 'vue'

import { session } from './session'

export interface SavedView {
  register: string
  name: string
  /** The query of the address, as it stands in it. */
  query: string
}

const viewsMax = 30
const shown = shallowRef<readonly SavedView[]>([])
const storeKey = (): string => `duban.views.${session.value?.person ?? ''}`

export const savedViews = shallowReadonly(shown)

function isView(one: unknown): one is SavedView {
  if (typeof one !== 'object' || one === null) return false
  const { register, name, query } = one as Partial<SavedView>
  return typeof register === 'string' && typeof name === 'string' && typeof query === 'string'
}

function read(): SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storeKey()) ?? '[]')
    return Array.isArray(found) ? found.filter(isView).slice(0, viewsMax) : []
  } catch {
    return []
  }
}

function write(views: readonly SavedView[]): void {
  shown.value = views
  localStorage.setItem(storeKey(), JSON.stringify(views))
}

/** One of the same name in the same register is replaced. */
export function saveView(view: SavedView): void {
  const others = shown.value.filter((one) => one.register !== view.register || one.name !== view.name)
  write([...others, view].slice(-viewsMax))
}

export function dropView(view: SavedView): void {
  write(shown.value.filter((one) => one !== view))
}

watch(() => session.value?.person, () => (shown.value = session.value ? read() : []), { immediate: true, flush: 'sync' })

// The keyboard: one listener, what each screen binds, and the sheet that shows it.
//
//     useKeys('ledger', [{ keys: 'j', says: 'ledger.key_next', run: next },
//                        { keys: 'g l', says: 'app.key_go_ledger', run: go }])
//
// `keys` is a key as KeyboardEvent.key names it, several divided by blanks for a sequence. While somebody types,
// only what says `typing` is heard; while a dialog is open, only what was bound inside it.

import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'

import type { MessageKey } from '@/locales'

export interface KeyBinding {
  keys: string
  says: MessageKey
  run: (event: KeyboardEvent) => void
  /** Heard in a field as well. */
  typing?: boolean
}

export interface KeyGroup {
  title: MessageKey
  bindings: readonly KeyBinding[]
}

const groups = shallowRef<readonly KeyGroup[]>([])
const sequenceMs = 1200
let begun: string[] = []
let begunAt = 0

export const keyGroups = shallowReadonly(groups)

export function useKeys(title: MessageKey, bindings: readonly KeyBinding[]): void {
  const group: KeyGroup = { title, bindings }
  groups.value = [...groups.value, group]
  onScopeDispose(() => {
    groups.value = groups.value.filter((one) => one !== group)
  })
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  if (target.tagName !== 'INPUT') return false
  return !['checkbox', 'radio', 'button', 'submit', 'file'].includes((target as HTMLInputElement).type)
}

/** The binding that a sequence completes: the youngest group first; or that it begins one. */
export function matchKeys(typed: readonly string[], inField: boolean): { binding?: KeyBinding; begins: boolean } {
  let begins = false
  for (const group of [...groups.value].reverse()) {
    for (const binding of group.bindings) {
      if (inField && !binding.typing) continue
      const wanted = binding.keys.split(' ')
      const fits = typed.every((key, place) => key === wanted[place])
      if (fits && wanted.length === typed.length) return { binding, begins: false }
      begins ||= fits
    }
  }
  return { begins }
}

/** The key is the press of what has the focus: a button, a link. */
function presses(event: KeyboardEvent): boolean {
  return ['Enter', ' '].includes(event.key) && event.target instanceof Element && event.target.closest('a[href], button, summary, input, select') !== null
}

export function hearKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  if (document.querySelector('dialog[open]') !== null || presses(event)) return
  if (event.timeStamp - begunAt > sequenceMs) begun = []
  const inField = isTyping(event.target)
  const typed = [...begun, event.key]
  let found = matchKeys(typed, inField)
  begun = found.begins ? typed : []
  if (!found.binding && !found.begins && typed.length > 1) found = matchKeys([event.key], inField)
  begunAt = event.timeStamp
  if (!found.binding) return
  event.preventDefault()
  found.binding.run(event)
}

export function startKeyboard(): void {
  document.addEventListener('keydown', hearKey)
}

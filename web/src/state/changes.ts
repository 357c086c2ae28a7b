// What has changed on the server, for every open screen: one stream for the whole application.
//
//     useChanges(() => props.register, () => reload())

import { onScopeDispose, watch } from 'vue'

import { listen, type RegisterChange } from '@/api/events'

import { session } from './session'

type Listener = (change: RegisterChange) => void

const listeners = new Set<Listener>()
let stop: (() => void) | null = null

function tell(change: RegisterChange): void {
  for (const listener of listeners) listener(change)
}

/** Called once by the application: the stream lives as long as the session. */
export function followSession(): void {
  watch(
    () => (session.value?.must_change_password === false ? session.value.person : null),
    (person) => {
      stop?.()
      stop = person === null ? null : listen(tell)
    },
    { immediate: true },
  )
}

/** Runs `onChange` when the register has changed, at most once in `gap` milliseconds, until the scope ends. */
export function useChanges(register: () => string, onChange: () => void, gap = 400): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const listener: Listener = (change) => {
    if (change.register !== register() || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      onChange()
    }, gap)
  }
  listeners.add(listener)
  onScopeDispose(() => {
    listeners.delete(listener)
    if (timer !== null) clearTimeout(timer)
  })
}

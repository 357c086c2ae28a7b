// Short messages that come and go; a refusal stays until it is put away.

import { shallowReadonly, shallowRef } from 'vue'

import type { Problem } from '@/api/problem'

import { problemText } from './problem_text'

export interface Toast {
  id: number
  tone: 'done' | 'refused'
  text: string
  /** A word and what it does: undo, open. */
  act?: { text: string; run: () => void }
}

const shown = shallowRef<readonly Toast[]>([])
const doneMs = 5000
let last = 0

export const toasts = shallowReadonly(shown)

export function dismiss(id: number): void {
  shown.value = shown.value.filter((one) => one.id !== id)
}

function show(toast: Omit<Toast, 'id'>): number {
  last += 1
  const id = last
  shown.value = [...shown.value.slice(-3), { ...toast, id }]
  return id
}

export function sayDone(text: string, act?: Toast['act']): void {
  const id = show({ tone: 'done', text, ...(act ? { act } : {}) })
  setTimeout(() => dismiss(id), doneMs)
}

export function sayRefused(problem: Problem): void {
  show({ tone: 'refused', text: problemText(problem) })
}

// How the application looks on this machine: kept here, set as data-* attributes on the root.

import { computed, reactive, readonly, watch } from 'vue'

export interface Appearance {
  theme: 'system' | 'light' | 'dark'
  contrast: 'normal' | 'high'
  type: 'normal' | 'large'
  density: 'comfortable' | 'compact'
}

export const appearanceChoices = {
  theme: ['system', 'light', 'dark'],
  contrast: ['normal', 'high'],
  type: ['normal', 'large'],
  density: ['comfortable', 'compact'],
} as const

const storeKey = 'duban.appearance'
const chosen = reactive<Appearance>({ theme: 'system', contrast: 'normal', type: 'normal', density: 'comfortable' })
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

export const appearance = readonly(chosen)

/** Height of a row of a table in pixels: what is virtual must know it. */
export const rowHeight = computed(() => {
  const heights = chosen.type === 'large' ? { comfortable: 46, compact: 36 } : { comfortable: 38, compact: 29 }
  return heights[chosen.density]
})

function apply(): void {
  const root = document.documentElement
  const dark = chosen.theme === 'dark' || (chosen.theme === 'system' && prefersDark.matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.dataset.contrast = chosen.contrast
  root.dataset.type = chosen.type
  root.dataset.density = chosen.density
  root.style.setProperty('--row', `${rowHeight.value}px`)
}

function keepKnown(kept: Record<string, unknown>): void {
  for (const name of ['theme', 'contrast', 'type', 'density'] as const) {
    const value = kept[name]
    const choices: readonly string[] = appearanceChoices[name]
    if (typeof value === 'string' && choices.includes(value)) Object.assign(chosen, { [name]: value })
  }
}

/** Called once, before the first paint. */
export function startAppearance(): void {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storeKey) ?? '{}')
    if (typeof kept === 'object' && kept !== null) keepKnown(kept as Record<string, unknown>)
  } catch {
    localStorage.removeItem(storeKey)
  }
  prefersDark.addEventListener('change', apply)
  watch(chosen, apply, { immediate: true, flush: 'sync' })
}

export function choose(changed: Partial<Appearance>): void {
  Object.assign(chosen, changed)
  localStorage.setItem(storeKey, JSON.stringify(chosen))
}

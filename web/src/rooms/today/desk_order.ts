// In which order what waits is shown, and what is odd about it.

import type { DeskEntry } from '@/api/desk'

const lightRank = { red: 0, yellow: 1, blue: 2, green: 3, paused: 4, stopped: 4 } as const

const rankOf = (one: DeskEntry): number => (one.clock ? 0 : 10) + (one.due ? lightRank[one.due.light] : 5)

/** Whose clock is mine first, then by light, then by day; what has no day comes last, oldest first. */
export function inOrder(entries: readonly DeskEntry[]): DeskEntry[] {
  return [...entries].sort((a, b) => {
    const byRank = rankOf(a) - rankOf(b)
    if (byRank !== 0) return byRank
    const byDay = (a.due?.on ?? '9999').localeCompare(b.due?.on ?? '9999')
    return byDay !== 0 ? byDay : a.changed_at.localeCompare(b.changed_at)
  })
}

export const waitsForSignature = (one: DeskEntry): boolean => one.actions.some((step) => step.signs)

/** Whole days from one civil day to another; 0 on the same day. */
export function daysBetween(day: string, today: string): number {
  return Math.max(0, Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000))
}

/** A civil day moved by days. */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

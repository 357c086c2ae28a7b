// How a statement of a document stands: a sign, a word and a tint, by its state and its clock.

import type { Declaration, ListRow } from '@/api/types'
import type { MessageKey } from '@/locales'

export type Tone = 'none' | 'open' | 'hand' | 'late' | 'done' | 'ended'

export const tones: readonly Tone[] = ['late', 'hand', 'open', 'done', 'ended', 'none']
export const toneSigns: Record<Tone, string> = { none: '·', open: '○', hand: '◐', late: '■', done: '✓', ended: '‖' }
export const toneWords: Record<Tone, MessageKey> = {
  none: 'reading.tone_none', open: 'reading.tone_open', hand: 'reading.tone_hand', late: 'reading.tone_late',
  done: 'reading.tone_done', ended: 'reading.tone_ended',
}

/** What is drafted or was published without a mark is open: nobody has begun it here. */
export function toneOf(declaration: Declaration | undefined, row: Pick<ListRow, 'state' | 'due'>): Tone {
  const state = declaration?.states.find((one) => one.name === row.state)
  if (!declaration || !state) return 'none'
  if (state.ended_otherwise) return 'ended'
  if (state.final) return 'done'
  if (row.due?.light === 'red') return 'late'
  const begun = row.due !== null || declaration.states.some((one) => one.name === row.state && isReached(declaration, one.name))
  return begun ? 'hand' : 'open'
}

/** Whether an action that takes an entry from another state leads here: the entry was taken up. */
function isReached(declaration: Declaration, state: string): boolean {
  return declaration.actions.some((one) => one.to === state && one.from.some((from) => from !== state))
}

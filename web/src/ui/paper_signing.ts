// What may be signed with a pen in the state an entry is in: nothing is filled in on the sheet but the signature.

import type { Action, Declaration, Entry } from '@/api/types'

const asksForNothing = (action: Action): boolean =>
  action.need.length === 0 && action.inputs.every((one) => !one.required) && !action.returns

export function isSignedOnPaper(action: Action, entry: Entry): boolean {
  if (action.signatures.length === 0 || !action.kinds.includes('paper')) return false
  if (entry.round) return entry.round.action === action.name
  return asksForNothing(action) && (action.from.length === 0 || action.from.includes(entry.state))
}

export interface WantedSignature {
  title: Record<string, string>
  by: string
  /** Who could sign here. */
  people: string[]
}

/** One for each signature that is still wanted, in the declared order. */
export function wantedSignatures(action: Action, entry: Entry): WantedSignature[] {
  const given = entry.round?.action === action.name ? entry.round.signatures : []
  return action.signatures.flatMap(({ by, count, title }) => {
    const left = Math.max(0, count - given.filter((one) => one.role === by).length)
    const people = entry.next.filter((one) => one.action === action.name && one.by === by).flatMap((one) => one.people)
    return Array.from({ length: left }, () => ({ title, by, people }))
  })
}

export const papersOf = (declaration: Declaration, entry: Entry): Action[] =>
  declaration.actions.filter((action) => isSignedOnPaper(action, entry) && wantedSignatures(action, entry).length > 0)

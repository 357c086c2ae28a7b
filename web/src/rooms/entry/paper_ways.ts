// What may be done with a sheet that was signed with a pen, as the server offers it (api.md, section 6, papers).

import type { Action, Declaration, Entry, PaperOffer } from '@/api/types'

export interface SheetWay {
  action: Action
  /** The standing under which it is handed in. */
  post: string | null
  role: string
}

/** Actions whose sheet one may hand in without signing oneself. */
export function sheetsForOthers(declaration: Declaration, entry: Entry): SheetWay[] {
  return entry.papers
    .filter((one) => one.way === 'record_paper' && !entry.actions.some((own) => own.name === one.action))
    .flatMap((one) => {
      const action = declaration.actions.find((declared) => declared.name === one.action)
      return action ? [{ action, post: one.post, role: one.role ?? '' }] : []
    })
}

/** How the recorded signature may be compared; undefined: not by this person. */
export const comparingOf = (entry: Entry, signature: string): PaperOffer | undefined =>
  entry.papers.find((one) => one.way === 'compare_paper' && one.signature === signature)

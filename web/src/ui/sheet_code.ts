// The code on a printed sheet: which entry in which revision, and what is signed by it (P01).
//
//     duban:sheet/1/concurrent_post/01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a10/3/approve
//
// It names no house and opens nothing: whoever scans it back in is signed in already.

export interface SheetCode {
  register: string
  entry: string
  revision: number
  action: string
}

const form = /^duban:sheet\/1\/([a-z][a-z0-9_]{0,62})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,9})\/([a-z][a-z0-9_]{0,62})$/

export const sheetText = ({ register, entry, revision, action }: SheetCode): string => `duban:sheet/1/${register}/${entry}/${revision}/${action}`

/** Null for any other code that lay on the paper. */
export function readSheetText(text: string): SheetCode | null {
  const found = form.exec(text.trim())
  if (!found) return null
  const [, register = '', entry = '', revision = '', action = ''] = found
  return { register, entry, revision: Number(revision), action }
}

/** In letters below the code, for whoever must type it: the number, or the end of the id where there is none yet. */
export const shortForm = (number: string | null, { entry, revision }: SheetCode): string => `${number ?? entry.slice(-12)} / ${revision}`

// The sentence of a difference: its own, or that of its code with the parameters filled in, each code asked for once.

import { type Difference, loadSentence, type Proposal } from '@/api/administration'
import { problemOf } from '@/api/problem'
import type { Texts } from '@/api/types'
import { textOf } from '@/locales'

const known = new Map<string, Texts>()

export async function ensureSentences(proposals: readonly Proposal[]): Promise<void> {
  const codes = new Set(proposals.flatMap((one) => one.differences).flatMap((one) => (one.code && !hasText(one) ? [one.code] : [])))
  const missing = [...codes].filter((code) => !known.has(code))
  await Promise.all(missing.map(async (code) => known.set(code, await sentenceOf(code))))
}

/** Nothing for a code that the program has no more: then the code itself is shown. */
async function sentenceOf(code: string): Promise<Texts> {
  try {
    return await loadSentence(code)
  } catch (failure) {
    if (problemOf(failure).status === 404) return {}
    throw failure
  }
}

const hasText = (one: Difference): boolean => Object.keys(one.difference ?? {}).length > 0

/** `name` gives people and units their names: the parameters hold what the server put there, names or ids. */
export function differenceText(one: Difference, name: (id: string) => string): string {
  if (hasText(one)) return textOf(one.difference)
  const sentence = textOf(known.get(one.code ?? ''), one.code ?? '')
  return sentence.replace(/\{(\w+)\}/g, (_whole, key: string) => {
    const value = one.params?.[key] ?? ''
    return name(value) || value
  })
}

// The sentence of a refusal: the server's own, in the person's language; ours only when no server answered.

import type { Problem } from '@/api/problem'
import type { Field } from '@/api/types'
import { t, textOf } from '@/locales'

export function problemText(problem: Problem): string {
  if (problem.code === 'client.unreachable') return t('ui.unreachable')
  return problem.detail === '' ? t('ui.failed', { code: problem.code }) : problem.detail
}

/** A sentence about a field: the server names it as it is declared, a person reads its title. */
export function faultText(detail: string, field: Field): string {
  return detail.replace(new RegExp(`(?<!\\w)${field.name}(?!\\w)`, 'g'), textOf(field.title, field.name))
}

// The sentence of a refusal: the server's own, in the person's language; ours only when no server answered.

import type { Problem } from '@/api/problem'
import { t } from '@/locales'

export function problemText(problem: Problem): string {
  if (problem.code === 'client.unreachable') return t('ui.unreachable')
  return problem.detail === '' ? t('ui.failed', { code: problem.code }) : problem.detail
}

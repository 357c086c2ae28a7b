// Names of people, units, entries and files, by the labels that came with an answer.

import type { Labels } from '@/api/types'
import { t } from '@/locales'

/** The text of a label; for an entry its number and text; empty when the answer has none for this id. */
export function labelText(labels: Labels, id: string | null): string {
  const label = id === null ? undefined : labels[id]
  if (!label) return ''
  if (label.kind !== 'entry') return label.text
  if (label.restricted) return t('fields.restricted')
  return label.number === '' ? label.text : `${label.number} ${label.text}`
}

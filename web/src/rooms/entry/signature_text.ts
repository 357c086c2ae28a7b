// Who signed, and how: one's own, under a delegation, or with a pen.

import type { Labels, Signature, SignatureKind } from '@/api/types'
import { type MessageKey, t } from '@/locales'
import { labelText } from '@/ui/labels'

const kinds: Record<SignatureKind, MessageKey> = { own: 'entry.kind_own', delegated: 'entry.kind_delegated', paper: 'entry.kind_paper' }

export function signatureText(signature: Omit<Signature, 'id' | 'counts'> & { counts?: boolean }, labels: Labels): string {
  const parts = [labelText(labels, signature.person), t(kinds[signature.kind])]
  if (signature.signed_for) parts.push(t('entry.signed_for', { name: labelText(labels, signature.signed_for) }))
  if (signature.recorded_by) parts.push(t('entry.recorded_by', { name: labelText(labels, signature.recorded_by) }))
  if (signature.compared_by) parts.push(t('entry.compared_by', { name: labelText(labels, signature.compared_by) }))
  if (signature.counts === false) parts.push(t('entry.not_compared'))
  return parts.join(' · ')
}

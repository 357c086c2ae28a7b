// What each check of the browser's verifier says of itself.

import type { MessageKey } from '@/locales'

import type { CheckName } from './verifier/certificate'

export type AnyCheck = CheckName | 'grown' | 'known_key' | 'all_leaves' | 'same_root'

export const checkTexts: Record<AnyCheck, MessageKey> = {
  form: 'journal.check_form',
  key: 'journal.check_key',
  signature: 'journal.check_signature',
  origin: 'journal.check_origin',
  leaf: 'journal.check_leaf',
  inclusion: 'journal.check_inclusion',
  values: 'journal.check_values',
  entry: 'journal.check_entry',
  order: 'journal.check_order',
  time: 'journal.check_time',
  revision: 'journal.check_revision',
  state: 'journal.check_state',
  persons: 'journal.check_persons',
  erasures: 'journal.check_erasures',
  declarations: 'journal.check_declarations',
  grown: 'journal.check_grown',
  known_key: 'journal.check_known_key',
  all_leaves: 'journal.check_all_leaves',
  same_root: 'journal.check_same_root',
}

export const partTexts: Record<string, MessageKey> = {
  changes: 'journal.part_changes',
  inputs: 'journal.part_inputs',
  hidden: 'journal.part_hidden',
  words: 'journal.part_words',
}

export interface ShownCheck {
  name: AnyCheck
  /** Null: nothing to compare with yet. */
  passed: boolean | null
  facts: readonly string[]
}

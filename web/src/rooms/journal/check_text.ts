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

/** Registers of the house itself, which no pack declares. */
export const houseRegisters: Record<string, MessageKey> = {
  hidden: 'journal.hidden',
  unit: 'journal.of_unit',
  person: 'journal.of_person',
  post: 'journal.of_post',
  delegation: 'journal.of_delegation',
  division: 'journal.of_division',
  account: 'journal.of_account',
  proposal: 'journal.of_proposal',
  pack: 'journal.of_pack',
  parameter: 'journal.of_parameter',
  profile: 'journal.of_profile',
  backfill_decision: 'journal.of_backfill_decision',
}

/** What is done to them, and what no pack declares of its own registers. */
export const houseActions: Record<string, MessageKey> = {
  open: 'journal.did_open',
  amend: 'journal.did_amend',
  set: 'journal.did_set',
  adopt: 'journal.did_adopt',
  proposed: 'journal.did_propose',
  approved: 'journal.did_approve',
  refused: 'journal.did_refuse',
  withdrawn: 'journal.did_withdraw',
  created: 'journal.did_create',
  locked: 'journal.did_lock',
  password_changed: 'journal.did_change_password',
  password_reset: 'journal.did_reset_password',
  totp_reset: 'journal.did_reset_totp',
  totp_enrolled: 'journal.did_enrol_totp',
  token_created: 'journal.did_create_token',
  token_revoked: 'journal.did_revoke_token',
  backfill: 'journal.did_backfill',
  confirm_backfill: 'journal.did_confirm_backfill',
  recount: 'journal.did_recount',
}

export interface ShownCheck {
  name: AnyCheck
  /** Null: nothing to compare with yet. */
  passed: boolean | null
  facts: readonly string[]
}

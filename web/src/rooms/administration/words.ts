// Our words for the codes of administration.

import type { ProposalState } from '@/api/administration'
import type { SheetTable } from '@/api/directory_sheets'
import type { MessageKey } from '@/locales'

import type { PreviewLine } from './directory_sheet'

export const unitKinds: Record<string, MessageKey> = {
  office: 'administration.kind_office',
  department: 'administration.kind_department',
  district: 'administration.kind_district',
  school: 'administration.kind_school',
  other: 'administration.kind_other',
  root: 'administration.kind_root',
}

export const sheetTables: Record<SheetTable, { title: MessageKey; help: MessageKey; act: MessageKey }> = {
  units: { title: 'administration.units', help: 'administration.sheet_units_help', act: 'administration.sheet_write' },
  people: { title: 'administration.sheet_people', help: 'administration.sheet_people_help', act: 'administration.sheet_write' },
  posts: { title: 'administration.posts', help: 'administration.sheet_posts_help', act: 'administration.sheet_propose' },
  accounts: { title: 'administration.accounts', help: 'administration.sheet_accounts_help', act: 'administration.sheet_write' },
}

export const sheetDeeds: Record<PreviewLine['does'], MessageKey> = {
  add: 'administration.does_add',
  change: 'administration.does_change',
  waits: 'administration.does_wait',
  nothing: 'administration.does_nothing',
  refused: 'administration.does_refuse',
}

export const proposalKinds: Record<string, MessageKey> = {
  adopt: 'administration.of_pack',
  parameter: 'administration.of_parameter',
  post: 'administration.of_post',
  delegation: 'administration.of_delegation',
  division: 'administration.of_division',
  profile: 'administration.of_profile',
  backfill_decision: 'administration.of_backfill',
}

export const proposalStates: Record<ProposalState, MessageKey> = {
  open: 'administration.state_open',
  approved: 'administration.state_approved',
  refused: 'administration.state_refused',
  withdrawn: 'administration.state_withdrawn',
}

/** What the server does beside answering, as /health names it. */
export const backgroundWork: Record<string, MessageKey> = {
  checkpoints: 'administration.work_checkpoints',
  search: 'administration.work_search',
  files: 'administration.work_files',
  deadlines: 'administration.work_deadlines',
}

// Administration: the directory as it is written, accounts, proposals, packs, the house (api.md, 3, 14, 15, 17).

import { request } from './client'
import type { Directory, Division, Person, Post, Texts, Unit } from './types'

export interface Delegation {
  id: string
  post: string
  delegate: string
  paper: string
  from: string
  to: string | null
}

export interface Account {
  id: string
  person: string
  name: string
  language: string
  must_change_password: boolean
  locked: boolean
  second_factor: boolean
}

/** Shown once. */
export interface OneTimePassword {
  id: string
  password: string
}

export interface Token {
  id: string
  title: string
  scope: 'read' | 'act'
  created_at: string
  expires_at: string
  revoked_at: string | null
}

export interface Difference {
  path?: string
  difference?: Texts
  code?: string
  params?: Record<string, string>
  loosens?: boolean
  loses_data?: boolean
  /** Too few people hold what the change asks. */
  short?: boolean
}

/** An action that too few different people may take: in those units, or in the whole org. */
export interface Shortage {
  register: string
  action: string
  wanted: number
  there: number
  units: string[]
  words: Texts
}

export interface Duties {
  locked: { id: string; person: string; name: string }[]
  /** Open ones that others made. */
  proposals: number
  shortages: Shortage[]
}

export type ProposalState = 'open' | 'approved' | 'refused' | 'withdrawn'

export interface Proposal {
  id: string
  kind: string
  state: ProposalState
  proposed_by: string
  proposed_at: string
  decided_by: string | null
  decided_at: string | null
  reason: string | null
  differences: Difference[]
}

export interface Parameter {
  name: string
  title: Texts
  type: string
  value: string | number | boolean | null
  initial: string | number | boolean | null
  source: string | null
}

export interface AdoptedPack {
  name: string
  title: Texts
  version: string
  digest: string
  registers: number
  controls: number
  parameters: Parameter[]
}

export interface Calendar {
  name: string
  year: number
  known: boolean
  known_years: number[]
  rest_weekdays: number[]
  holidays: string[]
  makeup_workdays: string[]
  count_from_next_day: boolean
  moves_to_next_workday: boolean
}

/** What the org works by: members of a proposal of kind "profile". */
export interface Profile {
  name: string
  zone: string
  currency: string
  count_from: 'next_day' | 'same_day'
  end_on_rest_day: 'next_workday' | 'keep'
  calendar: { name: string; rest_weekdays: number[]; known_years: number[]; holidays: string[]; makeup_workdays: string[] }
}

export interface Verification {
  began_at: string
  ended_at: string
  records: number
  entries: number
  files: number
  own: number
  delegated: number
  paper: number
  backfilled: number
  faults: { code: string; params: Record<string, string>; words: Record<string, Texts> }[]
  faults_total: number
}

export interface VerificationState {
  running_since: string | null
  /** The code of why the newest came to no end. */
  failed: string | null
  last: Verification | null
}

export const loadDirectoryOn = async (on: string): Promise<Directory> =>
  (await request<Directory>('GET', '/directory', { query: { on } })).data

export const writeUnit = async (unit: Partial<Unit>): Promise<Unit> => (await request<Unit>('POST', '/directory/units', { body: unit })).data

export const writePerson = async (person: Partial<Person> & { mobile?: string; from?: string; to?: string | null }): Promise<Person> =>
  (await request<Person>('POST', '/directory/people', { body: person })).data

export const loadDelegations = async (): Promise<Delegation[]> =>
  (await request<{ delegations: Delegation[] }>('GET', '/delegations')).data.delegations

export const loadAccounts = async (): Promise<Account[]> => (await request<{ accounts: Account[] }>('GET', '/accounts')).data.accounts

export const loadDuties = async (): Promise<Duties> => (await request<Duties>('GET', '/duties')).data

export const createAccount = async (account: { person: string; name: string; language: string }): Promise<OneTimePassword> =>
  (await request<OneTimePassword>('POST', '/accounts', { body: account })).data

/** The second factor is taken off without a new password: null. */
export const resetAccount = async (id: string, what: 'password' | 'second_factor', witness: string): Promise<OneTimePassword | null> =>
  (await request<OneTimePassword | null>('POST', `/accounts/${id}/reset`, { body: { what, witness } })).data

export const loadTokens = async (): Promise<Token[]> => (await request<{ tokens: Token[] }>('GET', '/tokens')).data.tokens

export const createToken = async (token: { title: string; scope: string; expires_on: string }): Promise<string> =>
  (await request<{ token: string }>('POST', '/tokens', { body: token })).data.token

export const revokeToken = async (id: string): Promise<void> => {
  await request('DELETE', `/tokens/${id}`)
}

export type NewProposal =
  | { kind: 'post'; rows: Partial<Post>[] }
  | { kind: 'delegation'; rows: Partial<Delegation>[] }
  | { kind: 'division'; rows: Partial<Division>[] }
  | { kind: 'parameter'; pack: string; name: string; value: string | number | boolean }
  | { kind: 'profile'; changes: Partial<Profile> }
  | { kind: 'pack'; files: { path: string; text: string }[]; drops?: string[] }

export const loadProposals = async (): Promise<Proposal[]> => (await request<{ proposals: Proposal[] }>('GET', '/proposals')).data.proposals

export const propose = async (wish: NewProposal): Promise<Proposal> => (await request<Proposal>('POST', '/proposals', { body: wish })).data

export const decide = async (id: string, how: 'approve' | 'refuse' | 'withdraw', reason?: string): Promise<Proposal> =>
  (await request<Proposal>('POST', `/proposals/${id}/${how}`, { body: reason === undefined ? {} : { reason } })).data

/** The sentence of a code in every language, with its {placeholders}. */
export const loadSentence = async (code: string): Promise<Texts> =>
  (await request<{ detail: Texts }>('GET', `/problems/${encodeURIComponent(code)}`, { outside: true })).data.detail

export const loadPacks = async (): Promise<AdoptedPack[]> => (await request<{ packs: AdoptedPack[] }>('GET', '/packs')).data.packs

export const loadCalendar = async (year: number): Promise<Calendar> => (await request<Calendar>('GET', '/calendar', { query: { year } })).data

export const loadProfile = async (): Promise<Profile> => (await request<Profile>('GET', '/profile')).data

export interface Health {
  status: 'ok' | 'impaired'
  /** What is done no more beside answering, and the code of why. */
  stopped?: Record<string, string>
}

export const loadHealth = async (): Promise<Health> => (await request<Health>('GET', '/health', { outside: true })).data

/** Prometheus text. */
export const loadMetrics = async (): Promise<string> => (await request<string>('GET', '/metrics', { outside: true, as: 'text' })).data

export const loadVerification = async (): Promise<VerificationState> => (await request<VerificationState>('GET', '/verification')).data

/** The one that runs already, where one does. */
export const beginVerification = async (): Promise<VerificationState> => (await request<VerificationState>('POST', '/verification')).data

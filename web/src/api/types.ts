// The shapes of docs/formats/api.md, section by section. A text by language is a map by BCP 47 tag.

export type Texts = Record<string, string>

export interface Standing {
  post: string
  unit: string
  unit_name: string
  role: string
  outside: boolean
  signed_for: string | null
}

export type Administrator = 'system' | 'security' | 'audit'

export interface Session {
  person: string
  name: string
  account: string
  language: string
  org: { id: number; name: string; time_zone: string; currency: string; today: string }
  demo: boolean
  standings: Standing[]
  administrator: Administrator[]
  must_change_password: boolean
  second_factor: { enrolled: boolean; given_at: string | null }
}

export interface RegisterSummary {
  name: string
  pack: string
  pack_title: Texts
  title: Texts
  entry_title: Texts
  home: string
  sealed: boolean
  may_open: boolean
  views: string[]
}

export type FieldType =
  | 'text' | 'long_text' | 'integer' | 'decimal' | 'money' | 'boolean' | 'date' | 'moment' | 'choice'
  | 'person' | 'unit' | 'link' | 'links' | 'file' | 'rows' | 'computed'

export interface Choice {
  code: string
  title: Texts
}

export interface Field {
  name: string
  type: FieldType
  title: Texts
  help: Texts | null
  required: boolean
  sealed: boolean
  set_by: 'person' | 'procedure'
  max: number
  scale: number
  choices: Choice[]
  many: boolean
  to: string | null
  rows: Field[]
  default: Value
}

export interface State {
  name: string
  title: Texts
  final: boolean
  ended_otherwise: boolean
}

export type SignatureKind = 'own' | 'delegated' | 'paper'

export interface Action {
  name: string
  title: Texts
  from: string[]
  to: string | null
  returns: boolean
  by: string[]
  fields: string[]
  need: string[]
  inputs: Field[]
  signatures: { by: string; count: number; title: Texts }[]
  kinds: SignatureKind[]
  blind: boolean
  second_factor: boolean
  apart_from: string[]
  confirm: boolean
}

export interface View {
  name: string
  title: Texts
  columns: string[]
  filters: string[]
  sorts: string[]
  states: string[]
}

export interface LayoutSection {
  name: string
  title: Texts
  fields: string[]
  folded: boolean
}

export interface DeclaredDeadline {
  name: string
  title: Texts
  holder: string
  /** Actions that stop it for a while; each takes the input `pause_reason`. */
  pauses: string[]
  resumes: string[]
  pause_reasons: Choice[]
}

export interface Declaration {
  name: string
  pack: string
  version: string
  digest: string
  title: Texts
  entry_title: Texts
  home: string
  sealed: boolean
  number: { format: string; at: string } | null
  fields: Field[]
  states: State[]
  actions: Action[]
  deadlines: DeclaredDeadline[]
  views: View[]
  layout: LayoutSection[]
}

export interface Money {
  minor: number
  currency: string
}

export type Scalar = string | number | boolean | null | Money
export type RowValue = { [column: string]: Scalar }
export type Value = Scalar | string[] | RowValue[]
export type Values = Record<string, Value>

export type Label =
  | { kind: 'person' | 'unit'; text: string }
  | { kind: 'entry'; restricted?: false; register: string; number: string; text: string; state: string }
  | { kind: 'entry'; restricted: true }
  | { kind: 'file'; text: string; size: number; type: string }
export type Labels = Record<string, Label>

export type Light = 'green' | 'blue' | 'yellow' | 'red' | 'paused' | 'stopped'

export interface Total {
  count: number
  exact: boolean
}

export interface ListRow {
  id: string
  number: string | null
  title: string
  unit: string
  state: string
  revision: number
  changed_at: string
  due: { on: string; light: Light } | null
  fields: Values
}

/** Entries of one register that name an entry in one field (section 6, links). */
export interface NamingGroup {
  register: string
  field: string
  field_title: Texts
  view: string | null
  more: boolean
  entries: NamingEntry[]
}

export type NamingEntry = Omit<ListRow, 'due' | 'fields'>

export interface ListPage {
  entries: ListRow[]
  next: string | null
  total: Total | null
  labels: Labels
}

export interface Counts {
  states: Record<string, number>
  units: { unit: string; states: Record<string, number> }[]
  overdue: number
  due_in_10_days: number
  labels: Labels
}

export interface Deadline {
  name: string
  holder: string
  started_on: string
  first_on: string
  due_on: string
  provisional: boolean
  paused_on: string | null
  stopped_on: string | null
  light: Light
}

export interface Signature {
  id: string
  kind: SignatureKind
  person: string | null
  post: string | null
  role: string
  signed_for: string | null
  words: string | null
  signed_on: string | null
  scan: string | null
  at: string
  recorded_by: string | null
  compared_by: string | null
  counts: boolean
}

export interface Round {
  action: string
  signatures_given: number
  signatures_wanted: number
  signatures: Signature[]
}

/** What the asker may do now; the form follows from the declared action of that name. */
export interface Offer {
  name: string
  post: string | null
  role: string
  signed_for: string | null
  signatures_given: number
  signatures_wanted: number
  compares: string[]
}

/** A sheet signed with a pen: what the asker may hand in, or which recorded signature he may compare. */
export interface PaperOffer {
  action: string
  way: 'record_paper' | 'compare_paper'
  signature: string | null
  post: string | null
  role: string | null
  signed_for: string | null
}

export interface Entry {
  register: string
  id: string
  number: string | null
  title: string
  unit: string
  state: string
  revision: number
  opened_at: string
  opened_by: string
  changed_at: string
  fields: Values
  sealed: string[]
  deadlines: Deadline[]
  round: Round | null
  actions: Offer[]
  papers: PaperOffer[]
  next: { action: string; by: string; people: string[] }[]
  labels: Labels
}

/** What a record keeps of a clock; of it what a page shows. */
export interface Clock {
  first_on: string
  due_on: string
  provisional: boolean
  paused_on: string | null
  stopped_on: string | null
}

export interface Change {
  /** A field, or `deadline.` and the name of one, whose value is its clock. */
  field: string
  value: Value | Clock
  erased: boolean
  sealed: boolean
}

export interface HistoryRecord {
  position: number
  revision: number
  action: string
  kind: 'action' | 'signature' | 'backfill' | 'adoption'
  hidden: boolean
  on: string
  recorded_at: string
  claimed_at: string | null
  decision: string | null
  actor: string
  post: string | null
  state_before: string | null
  state_after: string
  changes: Change[]
  inputs: Change[]
  signatures: Signature[]
  caused_by: { restricted?: boolean; register?: string; entry?: string; position?: number } | null
  leaf: string
  loosened: unknown[]
}

export interface History {
  records: HistoryRecord[]
  labels: Labels
}

export interface SearchHit {
  register: string
  id: string
  number: string | null
  title: string
  unit: string
  state: string
}

export interface SearchAnswer {
  hits: SearchHit[]
  total: Total
  labels: Labels
}

export interface StoredFile {
  hash: string
  name: string
  size: number
  type: string
}

export interface Unit {
  id: string
  parent: string | null
  name: string
  code: string
  kind: string
  from: string
  to: string | null
}

export interface Person {
  id: string
  name: string
}

export interface Post {
  id: string
  person: string
  unit: string
  role: string
  outside: boolean
  from: string
  to: string | null
}

/** A leader has charge of a unit and all below it. */
export interface Division {
  id: string
  leader: string
  unit: string
  area: string
  from: string
  to: string | null
}

export interface Directory {
  units: Unit[]
  people: Person[]
  posts: Post[]
  divisions: Division[]
  roles: { name: string; title: Texts }[]
}

export interface SheetReport {
  rows: number
  refused: { row: number; line: number; code: string; detail: string; errors: { pointer: string; code: string; detail: string }[] }[]
  passed_over: string[]
  entries: string[]
}

// The lines of the leader's page beside what he signs: each a count with the rows behind it.

import type { Query } from '@/api/client'
import { type Figure, loadFigure } from '@/api/figures'
import { listEntries } from '@/api/registers'
import type { ListRow } from '@/api/types'
import { type Loaded, useLoad } from '@/state/load'
import { ensureRegisters, findRegister } from '@/state/registers'
import { session } from '@/state/session'
import { labelText } from '@/ui/labels'

import { dayPlus } from './desk_order'

export interface LineRow extends ListRow {
  register: string
}

export interface Line {
  count: number
  exact: boolean
  rows: LineRow[]
  to: string
}

export interface Difficulty {
  finding: string
  title: string
  unit: string
  words: string
}

export interface LeaderPage {
  leads: Line | null
  refused: Line | null
  /** What units send up, the last word of each finding that is open. */
  difficulties: Difficulty[]
  soon: Line
  /** The day of the next meeting, or seven days from today. */
  soonBy: string
  meeting: ListRow | null
  comments: Line | null
  rates: { figure: Figure; to: string }[]
}

const shownMax = 12
const soonDays = 7
const rateNames = ['by_source_finding', 'by_recognition', 'first_dates_kept']

const address = (register: string, query: Query): string => {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) if (one !== undefined) out.append(name, String(one))
  return `/ledger/${register}?${out.toString()}`
}

async function line(register: string, query: Query): Promise<Line | null> {
  if (!findRegister(register)) return null
  const page = await listEntries(register, { ...query, limit: shownMax })
  return { count: page.total?.count ?? page.entries.length, exact: page.total?.exact ?? true, rows: page.entries.map((one) => ({ ...one, register })), to: address(register, query) }
}

/** Once the unit has applied for closing, what it asked for is behind it. */
const worked = ['issued', 'in_progress', 'objected']
const openFindings = ['issued', 'in_progress', 'objected', 'unit_review', 'leader_review', 'office_review']

async function soonLine(today: string, by: string): Promise<Line> {
  const query = { 'due.from': today, 'due.to': by }
  const found = (await Promise.all([line('finding', query), line('measure', query)])).filter((one) => one !== null)
  return {
    count: found.reduce((sum, one) => sum + one.count, 0), exact: found.every((one) => one.exact), rows: found.flatMap((one) => one.rows).slice(0, shownMax),
    to: found.find((one) => one.count > 0)?.to ?? address('measure', query),
  }
}

/** Who leads a finding reads what is sent up about it; whoever leads none, nothing. */
async function difficultiesOf(person: string): Promise<Difficulty[]> {
  if (!findRegister('progress') || !findRegister('finding')) return []
  const [reports, led] = await Promise.all([
    listEntries('progress', { sort: '-opened_at', limit: 200 }), listEntries('finding', { lead_leader: person, state: worked, limit: 200 }),
  ])
  return sentUp(reports.entries, led.entries).map((one) => ({ ...one, unit: labelText(led.labels, one.unit) })).slice(0, shownMax)
}

/** `reports` with the youngest first. */
export function sentUp(reports: readonly ListRow[], led: readonly ListRow[]): Difficulty[] {
  const found = new Map<string, Difficulty>()
  for (const report of reports) {
    const { finding, difficulty } = report.fields
    const about = led.find((one) => one.id === finding)
    if (about && typeof difficulty === 'string' && difficulty !== '' && !found.has(about.id)) found.set(about.id, { finding: about.id, title: about.title, unit: about.unit, words: difficulty })
  }
  return [...found.values()]
}

async function loadPage(): Promise<LeaderPage | null> {
  const who = session.value
  if (!who) return null
  await ensureRegisters()
  const meetings = findRegister('hearing') ? (await listEntries('hearing', { state: 'planned', limit: 100 })).entries : []
  const dayOf = (one: ListRow): string => String(one.fields.planned_on ?? '')
  const meeting = meetings.filter((one) => dayOf(one) >= who.org.today).sort((a, b) => dayOf(a).localeCompare(dayOf(b)))[0] ?? null
  const soonBy = meeting ? dayOf(meeting) : dayPlus(who.org.today, soonDays)
  const [leads, refused, soon, comments, difficulties, ...figures] = await Promise.all([
    line('finding', { lead_leader: who.person, state: openFindings }),
    line('outside_decision', { state: 'recorded' }),
    soonLine(who.org.today, soonBy),
    line('public_comment', { state: ['received', 'to_answer'] }),
    difficultiesOf(who.person),
    ...rateNames.map(async (name) => await loadFigure(name).catch(() => null)),
  ])
  const rates = figures.filter((one): one is Figure => one !== null).map((figure) => ({ figure, to: `/cockpit/${figure.name}` }))
  return { leads, refused, difficulties, soon, soonBy, meeting, comments, rates }
}

export const useLeaderPage = (): Loaded<LeaderPage | null> => useLoad(loadPage)

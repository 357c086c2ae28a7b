// What others did before a story begins, by the tokens that the demonstration gives to commands: quick, and with no screen.
//
//     const others = meanwhile(house)
//     const finding = await others.finding('食堂账目', 'in_progress')
//     const papers = await others.findings(['采购审批', '代收费'], 'leader_review')     // of one feedback

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { House } from './house'

type Fields = Record<string, unknown>

export interface Made {
  id: string
  number: string
  revision: number
  state: string
  fields: Fields
}

interface Who {
  person: string
  standings: { unit: string }[]
}

const stages = ['issued', 'in_progress', 'unit_review', 'leader_review', 'office_review', 'struck_off'] as const
export type Stage = (typeof stages)[number]

export const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export interface Others {
  who: (name: string) => Promise<Who>
  ask: <T>(name: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<T>
  upload: (name: string, title: string) => Promise<string>
  open: (name: string, register: string, fields: Fields, unit?: string) => Promise<Made>
  /** At the revision that stands now. */
  act: (name: string, register: string, id: string, action: string, body?: Fields) => Promise<Made>
  /** An entry by its id, or by `number:` and its number. */
  load: (register: string, id: string) => Promise<Made>
  /** Findings of the finance department, all of one feedback and in one plan, each brought to a stage. */
  findings: (headings: readonly string[], stage: Stage) => Promise<Made[]>
  /** One, of a feedback of its own. */
  finding: (heading: string, stage: Stage) => Promise<Made>
  measure: (heading: string, finding: string) => Promise<Made>
}

/** `name` is that of a token: `office.clerk`, `unit.head`. */
export function meanwhile(house: House): Others {
  const tokenOf = (name: string): string => readFileSync(join(house.data, 'tokens', name), 'utf8').trim()

  async function ask<T>(name: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const raw = typeof body === 'string'
    const answer = await fetch(`${house.address}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${tokenOf(name)}`, ...(body === undefined ? {} : { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${path} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  const who = (name: string): Promise<Who> => ask<Who>(name, 'GET', '/session')
  const upload = async (name: string, title: string): Promise<string> => (await ask<{ hash: string }>(name, 'POST', `/files?name=${encodeURIComponent(title)}`, `${title} ${Math.random()}`)).hash
  const open = (name: string, register: string, fields: Fields, unit?: string): Promise<Made> =>
    ask<Made>(name, 'POST', `/registers/${register}/entries`, { fields, ...(unit === undefined ? {} : { unit }) })

  const load = (register: string, id: string): Promise<Made> => ask<Made>('office.clerk', 'GET', `/registers/${register}/entries/${id}`)

  async function act(name: string, register: string, id: string, action: string, body: Fields = {}): Promise<Made> {
    const { revision } = await ask<Made>(name, 'GET', `/registers/${register}/entries/${id}`)
    return await ask<Made>(name, 'POST', `/registers/${register}/entries/${id}/actions/${action}`, body, { 'If-Match': `"${revision}"` })
  }

  async function planned(headings: readonly string[]): Promise<Made[]> {
    const [principal, clerk] = [await who('office.principal'), await who('unit.clerk')]
    const about = headings.join('、')
    const inspection = await open('office.clerk', 'inspection', {
      heading: `巡察（${about}）`, kind: 'inspection', body: '云岭市委巡察办', feedback_on: dayAfter(-10), fed_back: headings.length, concentrated_to: dayAfter(80),
    })
    const findings: Made[] = []
    for (const heading of headings) {
      const source = await open('office.clerk', 'source_finding', { inspection: inspection.id, words: `反馈指出：${heading}。`, gist: heading })
      findings.push(await open('office.clerk', 'finding', {
        heading, sources: [source.id], kind: 'by_date', lead_leader: principal.person, responsible: clerk.person, finish_by: dayAfter(5),
      }, clerk.standings[0]?.unit))
    }
    await act('office.reviewer', 'inspection', inspection.id, 'compare')
    const paper = await upload('office.clerk', '方案.txt')
    const plan = await open('office.clerk', 'rectification_plan', { heading: `整改方案（${about}）`, inspection: inspection.id, findings: findings.map((one) => one.id), paper })
    await act('office.clerk', 'rectification_plan', plan.id, 'submit')
    for (const body of ['office.discipline', 'office.personnel', 'outside.inspector']) await act(body, 'rectification_plan', plan.id, 'pass_review')
    await act('office.principal', 'rectification_plan', plan.id, 'approve')
    return findings
  }

  async function bring(id: string, stage: Stage): Promise<Made> {
    const proof = await upload('unit.clerk', '佐证.txt')
    const steps: (() => Promise<Made>)[] = [
      () => act('office.clerk', 'finding', id, 'issue'),
      () => act('unit.clerk', 'finding', id, 'report', { inputs: { done: '已清理账目。', difficulty: '需与市财政局商定返还口径。' } }),
      () => act('unit.clerk', 'finding', id, 'apply_close', { fields: { result: '账目已清，钱款已退。', grade: 'full', proof, paper_only_reason: '只需公示' } }),
      () => act('unit.head', 'finding', id, 'pass_unit'),
      () => act('office.principal', 'finding', id, 'sign_leader'),
      () => act('office.reviewer', 'finding', id, 'strike_off').then(() => act('office.reviewer2', 'finding', id, 'strike_off')),
    ]
    for (const step of steps.slice(0, stages.indexOf(stage) + 1)) await step()
    return await load('finding', id)
  }

  async function findings(headings: readonly string[], stage: Stage): Promise<Made[]> {
    const brought: Made[] = []
    for (const { id } of await planned(headings)) brought.push(await bring(id, stage))
    return brought
  }

  async function finding(heading: string, stage: Stage): Promise<Made> {
    const [made] = await findings([heading], stage)
    if (!made) throw new Error(`no finding ${heading}`)
    return made
  }

  async function measure(heading: string, of: string): Promise<Made> {
    const clerk = await who('unit.clerk')
    const made = await open('office.clerk', 'measure', { finding: of, kind: 'action', heading, sentence: `${heading}。`, responsible: clerk.person, finish_by: dayAfter(20) }, clerk.standings[0]?.unit)
    return await act('office.clerk', 'measure', made.id, 'issue')
  }

  return { who, ask, upload, open, load, act, findings, finding, measure }
}

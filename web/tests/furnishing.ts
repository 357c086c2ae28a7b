// What others did before a story begins: findings of an inspection, brought to a stage by the people of the demonstration.
//
//     const work = await Work.of(house)
//     const [finding] = await work.findings(['食堂账目'], 'leader_review')

import type { House } from './house'
import type { Visit } from './visit'

type Fields = Record<string, unknown>
interface Made { id: string; number: string; revision: number }

const stages = ['planned', 'issued', 'in_progress', 'unit_review', 'leader_review', 'office_review', 'struck_off'] as const
export type Stage = (typeof stages)[number]

const accounts = ['office', 'reviewer', 'reviewer2', 'discipline', 'personnel', 'inspector', 'principal', 'clerk', 'head'] as const
type Account = (typeof accounts)[number]

export const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export class Work {
  private constructor(private readonly people: ReadonlyMap<Account, Visit>, private readonly persons: ReadonlyMap<Account, string>, private readonly unit: string) {}

  static async of(house: House): Promise<Work> {
    const people = new Map<Account, Visit>()
    const persons = new Map<Account, string>()
    let unit = ''
    for (const account of accounts) {
      const visit = await house.visit()
      await visit.signIn(account)
      const { person, standings } = await visit.ask<{ person: string; standings: { unit: string }[] }>('GET', '/session')
      people.set(account, visit)
      persons.set(account, person)
      if (account === 'clerk') unit = standings[0]?.unit ?? ''
    }
    return new Work(people, persons, unit)
  }

  private by(account: Account): Visit {
    const visit = this.people.get(account)
    if (!visit) throw new Error(`nobody is ${account}`)
    return visit
  }

  async open(account: Account, register: string, fields: Fields, unit = ''): Promise<Made> {
    return await this.by(account).ask<Made>('POST', `/registers/${register}/entries`, { fields, ...(unit === '' ? {} : { unit }) })
  }

  /** At the revision that stands now. */
  async act(account: Account, register: string, id: string, action: string, body: Fields = {}): Promise<Made> {
    const { revision } = await this.by(account).ask<Made>('GET', `/registers/${register}/entries/${id}`)
    return await this.by(account).ask<Made>('POST', `/registers/${register}/entries/${id}/actions/${action}`, body, { 'If-Match': `"${revision}"` })
  }

  /** The id of an entry by its number. */
  async find(register: string, number: string): Promise<string> {
    return (await this.by('office').ask<Made>('GET', `/registers/${register}/entries/${number}`)).id
  }

  /** The id of the first entry of a register. */
  async first(register: string): Promise<string> {
    const { entries } = await this.by('office').ask<{ entries: Made[] }>('GET', `/registers/${register}/entries?limit=1`)
    return entries[0]?.id ?? ''
  }

  async file(account: Account, name: string): Promise<string> {
    return await this.by(account).upload(name, Buffer.from(`${name} ${Math.random()}`).toString('base64'))
  }

  /** Findings of one feedback, each at the stage. */
  async findings(headings: readonly string[], stage: Stage): Promise<Made[]> {
    const inspection = await this.open('office', 'inspection', {
      heading: `巡察反馈（演示 ${headings.length}）`, kind: 'inspection', body: '市委巡察办（虚构）', feedback_on: dayAfter(-10), fed_back: headings.length, concentrated_to: dayAfter(80),
    })
    const findings: Made[] = []
    for (const heading of headings) {
      const source = await this.open('office', 'source_finding', { inspection: inspection.id, words: `反馈指出：${heading}。`, gist: heading })
      findings.push(await this.open('office', 'finding', {
        heading, sources: [source.id], kind: 'by_date', lead_leader: this.persons.get('principal'), responsible: this.persons.get('clerk'), finish_by: dayAfter(40),
      }, this.unit))
    }
    await this.act('reviewer', 'inspection', inspection.id, 'compare')
    await this.approve(inspection.id, findings)
    for (const finding of findings) await this.bring(finding.id, stage)
    return findings
  }

  private async approve(inspection: string, findings: readonly Made[]): Promise<void> {
    const paper = await this.file('office', '方案.txt')
    const plan = await this.open('office', 'rectification_plan', { heading: '整改方案（演示）', inspection, findings: findings.map((one) => one.id), paper })
    await this.act('office', 'rectification_plan', plan.id, 'submit')
    for (const body of ['discipline', 'personnel', 'inspector'] as const) await this.act(body, 'rectification_plan', plan.id, 'pass_review')
    await this.act('principal', 'rectification_plan', plan.id, 'approve')
  }

  private async bring(id: string, stage: Stage): Promise<void> {
    const proof = await this.file('clerk', '佐证.txt')
    const closing = { result: '问题已经解决', grade: 'full', proof, paper_only_reason: '只需公示' }
    const steps: (() => Promise<unknown>)[] = [
      () => this.act('office', 'finding', id, 'issue'),
      () => this.act('clerk', 'finding', id, 'report', { inputs: { done: '已按方案办理' } }),
      () => this.act('clerk', 'finding', id, 'apply_close', { fields: closing }),
      () => this.act('head', 'finding', id, 'pass_unit'),
      () => this.act('principal', 'finding', id, 'sign_leader'),
      async () => {
        await this.act('reviewer', 'finding', id, 'strike_off')
        await this.act('reviewer2', 'finding', id, 'strike_off')
      },
    ]
    for (const step of steps.slice(0, stages.indexOf(stage))) await step()
  }

  async leave(): Promise<void> {
    for (const visit of this.people.values()) await visit.close()
  }
}

// A house for a story of the browser: its own copy of the demonstration, served on a free port, and visitors.
//
//     const house = await openHouse()                     // beforeAll; afterAll: await house.close()
//     const visit = await house.visit({ width: 390 })
//     await visit.signIn('clerk')                         // an account of the sheet that ./run prints; signInByScreen() types it
//     await visit.go('/ledger/measure')
//     await visit.inspect('ledger')                       // axe in light and dark; DUBAN_SHOTS=dir keeps pictures
//     visit.expectNothingWrong()                          // no refusal of the security policy, no error, no other host

import { type ChildProcess, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'

import { type Entered, readSheet, serve } from '../tools/served.mjs'
import { Accounts } from './accounts'
import { copyHouse } from './copied'
import { Visit, type VisitOptions } from './visit'

export interface House {
  address: string
  /** Who holds an account, as the sheet names them. */
  names: ReadonlyMap<string, string>
  data: string
  visit: (options?: VisitOptions) => Promise<Visit>
  /** An account that was opened in the story, with its one-time password. */
  tell: (account: string, password: string) => void
  close: () => Promise<void>
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A server that ends by itself is a fault of its own, whatever the story was about. */
function expectServing(server: ChildProcess): void {
  const ended = server.exitCode ?? server.signalCode
  expect(ended, 'the server serves until the story ends').toBeNull()
}

/**
 * A copy of the demonstration in which some have signed in before; or of its first day, with one-time passwords; or a new house,
 * with the three administrators whom `init` names.
 */
type Furnished = 'demonstration' | 'first_day' | 'new'

interface Furniture {
  sheet: ReturnType<typeof readSheet>
  signedIn: Record<string, Entered>
}

function furnish(folder: string, furnished: Furnished): Furniture {
  const data = join(folder, 'data')
  if (furnished === 'new') {
    const named = ['--system', '示例甲', '--security', '示例乙', '--audit', '示例丙']
    const said = execFileSync(inject('program'), ['init', '--yes', '--data', data, ...named], { encoding: 'utf8', env: { ...process.env, LANG: 'zh_CN.UTF-8' } })
    return { sheet: readSheet(said), signedIn: {} }
  }
  copyHouse(join(inject('demonstration'), furnished), folder)
  return {
    sheet: readSheet(readFileSync(join(data, 'demo-accounts.txt'), 'utf8')),
    signedIn: furnished === 'first_day' ? {} : (JSON.parse(readFileSync(join(folder, 'signed-in.json'), 'utf8')) as Record<string, Entered>),
  }
}

export async function openHouse(furnished: Furnished = 'demonstration'): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-story.'))
  const { sheet, signedIn } = furnish(folder, furnished)
  const data = join(folder, 'data')
  const [{ address, server, stop }, browser] = await Promise.all([
    serve(data),
    chromium.launch({ executablePath: process.env.DUBAN_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] }),
  ])
  const accounts = new Accounts(
    address, new Map([...sheet].map(([account, { password }]) => [account, signedIn[account]?.password ?? password])),
    new Map(Object.entries(signedIn).map(([account, { cookie }]) => [account, cookie])),
  )
  return {
    address,
    names: new Map([...sheet].map(([account, { name }]) => [account, name])),
    data,
    visit: (options = {}) => Visit.begin(browser, options.address ?? address, accounts, options),
    tell: (account, password) => accounts.tell(account, password),
    close: async () => {
      await browser.close()
      expectServing(server)
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Violation {
  id: string
  help: string
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/** What axe finds against WCAG 2.2 A and AA on the page as it stands. */
export async function axeFaults(page: Page): Promise<string[]> {
  // A dialog that is still fading in has no contrast yet.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => undefined))
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  // Only what is wrong crosses over: what passed is a megabyte on a long list.
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (where: Document, how: object) => Promise<{ violations: Violation[] }> } }
    const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
    return found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, failureSummary = '' }) => ({ target, failureSummary })) }))
  })
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary || one.help}`))
}

export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.DUBAN_SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

export function expectNone(found: readonly string[], what: string): void {
  expect(found, what).toEqual([])
}

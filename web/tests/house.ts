// A house for a story of the browser: its own copy of the demonstration, served on a free port, and visitors.
//
//     const house = await openHouse()                     // beforeAll; afterAll: await house.close()
//     const visit = await house.visit({ width: 390 })
//     await visit.signIn('clerk')                         // an account of the sheet that ./run prints
//     await visit.go('/ledger/measure')
//     await visit.inspect('ledger')                       // axe in light and dark; DUBAN_SHOTS=dir keeps pictures
//     visit.expectNothingWrong()                          // no refusal of the security policy, no error, no other host

import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Browser, chromium, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'

import { Visit, type VisitOptions } from './visit'

export interface House {
  address: string
  /** One-time passwords by account. */
  sheet: ReadonlyMap<string, string>
  /** Who holds an account, as the sheet names them. */
  names: ReadonlyMap<string, string>
  data: string
  visit: (options?: VisitOptions) => Promise<Visit>
  /** An account that was opened in the story, with its one-time password. */
  tell: (account: string, password: string) => void
  close: () => Promise<void>
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function freePort(): Promise<number> {
  return await new Promise((found, failed) => {
    const probe = createServer()
    probe.on('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? found(address.port) : failed(new Error('no port'))))
    })
  })
}

/** Lines such as "  clerk   Xy12…   name  posts": the second column, or the third, by the first. */
function readSheet(text: string, column: 2 | 3): Map<string, string> {
  const lines = text.matchAll(/^ {2}(\S+) +(\S+)(?: +(\S+))?/gm)
  return new Map([...lines].map((line) => [line[1] ?? '', line[column] ?? '']))
}

async function answers(address: string): Promise<boolean> {
  return await fetch(`${address}/health`).then((answer) => answer.ok, () => false)
}

async function serve(program: string, data: string, port: number): Promise<ChildProcess> {
  const server = spawn(program, ['serve', '--data', data, '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()))
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) break
    if (await answers(`http://127.0.0.1:${port}`)) return server
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`the server did not start: ${said}`)
}

/** A server that ends by itself is a fault of its own, whatever the story was about. */
function expectServing(server: ChildProcess): void {
  const ended = server.exitCode ?? server.signalCode
  expect(ended, 'the server serves until the story ends').toBeNull()
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  await ended
}

/** A copy of the demonstration with its sheet; or a new house, with the three administrators whom `init` names. */
function furnish(folder: string, furnished: 'demonstration' | 'new'): string {
  const data = join(folder, 'data')
  if (furnished === 'new') {
    return execFileSync(inject('program'), ['init', '--yes', '--data', data], { encoding: 'utf8', env: { ...process.env, LANG: 'zh_CN.UTF-8' } })
  }
  cpSync(inject('demonstration'), folder, { recursive: true })
  return readFileSync(join(data, 'demo-accounts.txt'), 'utf8')
}

export async function openHouse(furnished: 'demonstration' | 'new' = 'demonstration'): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-story.'))
  const sheet = furnish(folder, furnished)
  const data = join(folder, 'data')
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const server = await serve(inject('program'), data, port)
  const browser: Browser = await chromium.launch({
    executablePath: process.env.DUBAN_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  const passwords = readSheet(sheet, 2)
  return {
    address,
    sheet: new Map(passwords),
    names: readSheet(sheet, 3),
    data,
    visit: (options = {}) => Visit.begin(browser, address, passwords, options),
    tell: (account, password) => passwords.set(account, password),
    close: async () => {
      await browser.close()
      expectServing(server)
      await stop(server)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** What axe finds against WCAG 2.2 A and AA on the page as it stands. */
export async function axeFaults(page: Page): Promise<string[]> {
  // A dialog that is still fading in has no contrast yet.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => undefined))
  await page.evaluate(axeSource)
  const result = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (where: Document, how: object) => Promise<unknown> } }
    return await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  })
  return (result as AxeResult).violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary ?? one.help}`),
  )
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

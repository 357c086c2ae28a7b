// Made once for all stories: the demonstration as ./run leaves it, and as it is once those who work most have chosen a password
// and signed in, which costs a second each. A story copies the one it wants (house.ts).

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { TestProject } from 'vitest/node'

import { enter, readSheet, serve } from '../tools/served.mjs'
import { chosen } from './accounts'
import { copyHouse } from './copied'

declare module 'vitest' {
  interface ProvidedContext {
    demonstration: string
    program: string
  }
}

const root = resolve(import.meta.dirname, '../..')

/** Whom more than one story signs in. */
const often = ['office', 'clerk', 'principal', 'reviewer', 'reviewer3', 'inspector']

/** They are signed in; what they hold lies beside the data. */
async function settle(folder: string): Promise<void> {
  const data = join(folder, 'data')
  const sheet = readSheet(readFileSync(join(data, 'demo-accounts.txt'), 'utf8'))
  const { address, stop } = await serve(data)
  const entered = await Promise.all(often.map(async (account) => [account, await enter(address, account, sheet.get(account)?.password ?? '', chosen(account))] as const))
  await stop()
  writeFileSync(join(folder, 'signed-in.json'), JSON.stringify(Object.fromEntries(entered)))
}

export default async function setup(project: TestProject): Promise<() => void> {
  const program = process.env.DUBAN_PROGRAM ?? join(root, 'build/release/duban')
  const folder = mkdtempSync(join(tmpdir(), 'duban-browser.'))
  const first = join(folder, 'first_day')
  execFileSync(program, ['init', '--demo', '--yes', '--data', join(first, 'data'), '--notice', join(root, 'samples/notice.txt')], {
    stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LANG: 'zh_CN.UTF-8' },
  })
  const settled = join(folder, 'demonstration')
  copyHouse(first, settled)
  await settle(settled)
  project.provide('demonstration', folder)
  project.provide('program', program)
  return () => rmSync(folder, { recursive: true, force: true })
}

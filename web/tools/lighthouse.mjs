// npm run lighthouse -- --data DIR [--account office] [--bundle DIR]: Lighthouse 12.8 on the desk, signed in, with the ledger of
// DIR behind it, and on a published bundle served as any site serves files. The median of three runs of each is printed.
// Lighthouse is installed once into build/lighthouse; `npm ci` does not bring it.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { argument, serve, serveFiles, signIn } from './served.mjs'

const wanted = 'lighthouse@12.8.2'
const runs = 3
const home = fileURLToPath(new URL('../../build/lighthouse', import.meta.url))
const program = join(home, 'node_modules/lighthouse/cli/index.js')
const categories = ['performance', 'accessibility', 'best-practices']

function install() {
  if (existsSync(program)) return
  mkdirSync(home, { recursive: true })
  execFileSync('npm', ['install', '--prefix', home, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', wanted], { stdio: 'inherit' })
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** A trace without its beginning is Lighthouse's own failure with a newer Chromium; it asks to be run again. */
async function once(url, more, triesLeft = 4) {
  try {
    return await report(url, more)
  } catch (failure) {
    if (triesLeft === 0 || !String(failure.stderr).includes('NO_NAVSTART')) throw failure
    return await once(url, more, triesLeft - 1)
  }
}

async function report(url, more) {
  const { stdout } = await promisify(execFile)('node', [
    program, url, '--quiet', '--output=json', '--output-path=stdout', `--only-categories=${categories.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage', ...more,
  ], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, CHROME_PATH: process.env.DUBAN_CHROMIUM ?? '/usr/bin/chromium' } })
  return JSON.parse(stdout)
}

/** The median of three, and what cost points in the last run. */
async function measure(name, url, more) {
  const reports = []
  while (reports.length < runs) reports.push(await once(url, more))
  const score = (report, category) => Math.round((report.categories[category]?.score ?? 0) * 100)
  const line = categories.map((category) => `${category} ${median(reports.map((one) => score(one, category)))} (${reports.map((one) => score(one, category)).join(' ')})`)
  console.log(`${name}: ${line.join(', ')}`)
  const last = reports[runs - 1]
  for (const category of categories) {
    for (const { id, weight } of last.categories[category].auditRefs) {
      const audit = last.audits[id]
      if (weight > 0 && audit.score !== null && audit.score < 0.9) console.log(`  ${category}: ${id} ${audit.score} ${audit.displayValue ?? ''}`)
    }
  }
}

async function desk(data) {
  const { address, stop } = await serve(data)
  try {
    const account = argument('account', 'office')
    const cookie = await signIn(address, data, account)
    const headers = `--extra-headers=${JSON.stringify({ Cookie: cookie })}`
    for (const path of argument('paths', '/app/,/app/ledger/measure').split(',')) await measure(`desk ${path} as ${account}`, `${address}${path}`, ['--preset=desktop', headers])
  } finally {
    await stop()
  }
}

async function bundle(folder) {
  const { address, stop } = await serveFiles(folder)
  try {
    await measure('published bundle', `${address}/`, [])
  } finally {
    await stop()
  }
}

install()
if (argument('data')) await desk(argument('data'))
if (argument('bundle')) await bundle(argument('bundle'))

// A data directory, served on a free port, and somebody of its sheet (demo-accounts.txt) signed in: for lighthouse and times.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export function argument(name, otherwise = '') {
  const at = process.argv.indexOf(`--${name}`)
  return at > 0 ? process.argv[at + 1] : otherwise
}

export async function freePort() {
  return await new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })
}

/** The address of a server of `data`, and how to end it. */
export async function serve(data) {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const server = spawn(process.env.DUBAN_PROGRAM ?? join(root, 'build/release/duban'), ['serve', '--data', data, '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  // Its log of requests is read away, and shown when it does not start.
  server.stderr.on('data', (bytes) => (said = (said + bytes).slice(-2000)))
  while (!(await fetch(`${address}/health`).then((answer) => answer.ok, () => false))) {
    if (server.exitCode !== null) throw new Error(`the server did not start: ${said}`)
    await new Promise((later) => setTimeout(later, 100))
  }
  return { address, stop: () => server.kill('SIGTERM') }
}

async function send(address, method, path, body, cookie = '') {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Origin: address, ...(cookie ? { Cookie: cookie } : {}) },
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0], data: await answer.json() }
}

/** The cookie of somebody signed in. His one-time password is changed the first time; the new one lies beside the sheet. */
export async function signIn(address, data, account) {
  const kept = join(data, 'demo-accounts.changed.json')
  const changed = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {}
  const sheet = readFileSync(join(data, 'demo-accounts.txt'), 'utf8')
  const once = new RegExp(`^ {2}${account} +(\\S+)`, 'm').exec(sheet)?.[1]
  const password = changed[account] ?? once
  if (!password) throw new Error(`the sheet has no account ${account}`)
  const entered = await send(address, 'POST', '/sessions', { name: account, password })
  if (!entered.data.must_change_password) return entered.cookie
  changed[account] = `measured ${account} 2026`
  const renewed = await send(address, 'PUT', '/account/password', { old: password, new: changed[account] }, entered.cookie)
  writeFileSync(kept, JSON.stringify(changed), { mode: 0o600 })
  return renewed.cookie
}

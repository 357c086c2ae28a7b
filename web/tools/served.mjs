// A data directory or a folder of files, served on a free port, and somebody of the sheet (demo-accounts.txt) signed in: for
// lighthouse, times and stories.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer as createFileServer } from 'node:http'
import { createServer } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const triesMax = 600

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

/** The address of a server of `data`, its process, and how to end it. */
export async function serve(data) {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const server = spawn(process.env.DUBAN_PROGRAM ?? join(root, 'build/release/duban'), ['serve', '--data', data, '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  // Its log of requests is read away, and shown when it does not start.
  server.stderr.on('data', (bytes) => (said = (said + bytes).slice(-2000)))
  for (let tries = 0; !(await fetch(`${address}/health`).then((answer) => answer.ok, () => false)); tries += 1) {
    if (server.exitCode !== null || tries > triesMax) throw new Error(`the server did not start: ${said}`)
    await new Promise((later) => setTimeout(later, 50))
  }
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = new Promise((done) => server.once('exit', done))
    server.kill('SIGTERM')
    await ended
  }
  return { address, server, stop }
}

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.pdf': 'application/pdf' }

/** Files of a folder, as any site gives them. */
export async function serveFiles(folder) {
  const server = createFileServer((request, response) => {
    let path = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)))
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, 'index.html')
    if (!existsSync(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(path))
  })
  const port = await freePort()
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready))
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { address: `http://127.0.0.1:${port}`, stop }
}

async function send(address, method, path, body, cookie = '') {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Origin: address, ...(cookie ? { Cookie: cookie } : {}) },
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0], data: await answer.json() }
}

/** The cookie of somebody who signs in, and the password that holds from now on: a one-time one becomes `fresh` at once. */
export async function enter(address, name, password, fresh) {
  const entered = await send(address, 'POST', '/sessions', { name, password })
  if (!entered.data.must_change_password) return { cookie: entered.cookie, password }
  const renewed = await send(address, 'PUT', '/account/password', { old: password, new: fresh }, entered.cookie)
  return { cookie: renewed.cookie, password: fresh }
}

/** One-time passwords and names by account: lines such as "  clerk   Xy12…   name  posts". */
export function readSheet(text) {
  return new Map([...text.matchAll(/^ {2}(\S+) +(\S+)(?: +(\S+))?/gm)].map(([, account, password, name = '']) => [account, { password, name }]))
}

/** The cookie of somebody signed in. His one-time password is changed the first time; the new one lies beside the sheet. */
export async function signIn(address, data, account) {
  const kept = join(data, 'demo-accounts.changed.json')
  const changed = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {}
  const password = changed[account] ?? readSheet(readFileSync(join(data, 'demo-accounts.txt'), 'utf8')).get(account)?.password
  if (!password) throw new Error(`the sheet has no account ${account}`)
  const entered = await enter(address, account, password, `measured ${account} 2026`)
  if (entered.password !== password) writeFileSync(kept, JSON.stringify({ ...changed, [account]: entered.password }), { mode: 0o600 })
  return entered.cookie
}

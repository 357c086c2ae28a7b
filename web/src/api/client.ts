// The only `fetch` of the application. Every function of api/ goes through request().
//
//     const { data, revision } = await request<Entry>('GET', `/registers/finding/entries/${id}`)

import { Problem, unreachable } from './problem'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type QueryValue = string | number | boolean | undefined
export type Query = Record<string, QueryValue | readonly string[]>

export interface RequestOptions {
  query?: Query
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, under its own type. */
  raw?: { bytes: Blob | string; type: string }
  /** The revision the person saw: every action wants it. */
  ifMatch?: number
  /** The same key for the same intent: a repeated click or a retry does it once. */
  idempotencyKey?: string
  /** Wait until search has followed the journal to here. */
  wait?: number
  signal?: AbortSignal
  as?: 'json' | 'text' | 'blob'
  /** The path is the whole address: the public log, the state of the house. */
  outside?: boolean
}

export interface Answer<T> {
  data: T
  status: number
  /** ETag of an entry; null elsewhere. */
  revision: number | null
  /** Records of the journal that the answer includes; null where none is said. */
  position: number | null
  headers: Headers
}

interface Settings {
  language: string
  /** Called when an answer says that nobody is signed in any more. */
  onSessionEnd: () => void
}

const settings: Settings = { language: 'zh', onSessionEnd: () => undefined }

export function configureClient(changed: Partial<Settings>): void {
  Object.assign(settings, changed)
}

export const base = '/api/v1'

export function queryText(query: Query): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const one of value) out.append(name, one)
    else out.append(name, String(value))
  }
  const text = out.toString()
  return text === '' ? '' : `?${text}`
}

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': settings.language }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.raw) headers['Content-Type'] = options.raw.type
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  if (options.wait !== undefined) headers['Duban-Wait'] = String(options.wait)
  return headers
}

function numberIn(text: string | null): number | null {
  const found = /^"?(\d+)"?$/.exec(text ?? '')
  return found ? Number(found[1]) : null
}

async function send(method: Method, url: string, options: RequestOptions): Promise<Response> {
  const body = options.raw?.bytes ?? (options.body === undefined ? null : JSON.stringify(options.body))
  try {
    return await fetch(url, {
      method,
      body,
      headers: headersOf(options),
      credentials: 'same-origin',
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (failure) {
    if (options.signal?.aborted) throw failure
    throw unreachable()
  }
}

async function problemIn(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => ({}))
  return new Problem(response.status, typeof body === 'object' && body !== null ? body : {})
}

async function bodyOf(response: Response, as: 'json' | 'text' | 'blob'): Promise<unknown> {
  if (as === 'blob') return await response.blob()
  return as === 'text' ? await response.text() : await response.json()
}

/** Throws Problem for every answer of 400 or above, and `client.unreachable` when there is none. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const response = await send(method, (options.outside ? '' : base) + path + queryText(options.query ?? {}), options)
  if (!response.ok) {
    const problem = await problemIn(response)
    if (problem.code === 'session.none') settings.onSessionEnd()
    throw problem
  }
  const empty = response.status === 204
  const data: unknown = empty ? null : await bodyOf(response, options.as ?? 'json')
  return {
    data: data as T,
    status: response.status,
    revision: numberIn(response.headers.get('ETag')),
    position: numberIn(response.headers.get('Duban-Position')),
    headers: response.headers,
  }
}

/** 22 characters of [A-Za-z0-9_-]. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function isAborted(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError'
}

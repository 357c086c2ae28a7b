import { afterEach, describe, expect, it, vi } from 'vitest'

import { configureClient, newKey, queryText, request } from './client'
import { Problem } from './problem'

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetched = vi.fn<typeof fetch>(async () => new Response(status === 204 ? null : JSON.stringify(body), { status, headers }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

const headersSent = (fetched: ReturnType<typeof answering>): Record<string, string> =>
  fetched.mock.calls[0]?.[1]?.headers as Record<string, string>

afterEach(() => {
  vi.unstubAllGlobals()
  configureClient({ language: 'zh', onSessionEnd: () => undefined })
})

describe('request', () => {
  it('sends the revision, the key and the language', async () => {
    configureClient({ language: 'en' })
    const fetched = answering(200, { id: 'x' }, { ETag: '"8"', 'Duban-Position': '1204' })
    const answer = await request('POST', '/registers/r/entries/x/actions/a', { body: {}, ifMatch: 7, idempotencyKey: 'k' })
    expect(headersSent(fetched)).toMatchObject({
      'If-Match': '"7"', 'Idempotency-Key': 'k', 'Accept-Language': 'en', 'Content-Type': 'application/json',
    })
    expect(answer).toMatchObject({ data: { id: 'x' }, revision: 8, position: 1204 })
  })

  it('throws what the server says, with the faults of each field', async () => {
    answering(422, { code: 'entry.incomplete', detail: 'Fill it in.', errors: [{ pointer: '/fields/body', code: 'field.required', detail: 'Write it.' }] })
    const failure: unknown = await request('POST', '/x', { body: {} }).catch((one: unknown) => one)
    expect(failure).toBeInstanceOf(Problem)
    const problem = failure as Problem
    expect(problem).toMatchObject({ status: 422, code: 'entry.incomplete', detail: 'Fill it in.' })
    expect(problem.at('/fields/body').map((one) => one.detail)).toEqual(['Write it.'])
    expect(problem.at('/fields/bod')).toEqual([])
  })

  it('tells who waits for it that the session has ended', async () => {
    const onSessionEnd = vi.fn()
    configureClient({ onSessionEnd })
    answering(401, { code: 'session.none' })
    await expect(request('GET', '/session')).rejects.toMatchObject({ status: 401 })
    expect(onSessionEnd).toHaveBeenCalledOnce()
  })

  it('says that the server is unreachable, and lets an abort be an abort', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('network'))))
    await expect(request('GET', '/session')).rejects.toMatchObject({ code: 'client.unreachable' })
    const control = new AbortController()
    control.abort()
    await expect(request('GET', '/session', { signal: control.signal })).rejects.toBeInstanceOf(TypeError)
  })

  it('answers 204 with nothing', async () => {
    answering(204, null)
    expect((await request('DELETE', '/session')).data).toBeNull()
  })
})

describe('what is sent', () => {
  it('repeats a parameter and leaves out what is undefined', () => {
    expect(queryText({ view: 'all', state: ['a', 'b'], at: undefined })).toBe('?view=all&state=a&state=b')
    expect(queryText({})).toBe('')
  })

  it('makes keys that the server takes, no two alike', () => {
    const keys = Array.from({ length: 50 }, newKey)
    expect(keys.every((key) => /^[A-Za-z0-9_-]{22}$/.test(key))).toBe(true)
    expect(new Set(keys).size).toBe(50)
  })
})

import { afterEach, expect, it, vi } from 'vitest'

import { useFigures } from './useFigures'

const reply = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })

afterEach(() => vi.unstubAllGlobals())

it('keeps what came and says what was refused', async () => {
  vi.stubGlobal('fetch', vi.fn(async (url: string) => {
    if (url.endsWith('/figures')) return reply(200, { figures: [{ name: 'a' }, { name: 'b' }] })
    return url.endsWith('/a') ? reply(200, { name: 'a', rows: [] }) : reply(422, { code: 'figure.too_large', detail: 'Narrow it.' })
  }))
  const { found, refused, problem } = useFigures()
  await vi.waitFor(() => expect(Object.keys(refused.value)).toEqual(['b']))
  expect(Object.keys(found.value)).toEqual(['a'])
  expect(refused.value.b?.detail).toBe('Narrow it.')
  expect(problem.value).toBeNull()
})

it('says that the list itself was refused', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => reply(401, { code: 'session.none' })))
  const { problem } = useFigures()
  await vi.waitFor(() => expect(problem.value?.code).toBe('session.none'))
})

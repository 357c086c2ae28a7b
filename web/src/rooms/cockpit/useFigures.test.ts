import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'

import { withBackfill } from './backfill'
import { useFigures } from './useFigures'

const reply = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })

afterEach(() => vi.unstubAllGlobals())

it('asks again without what was backfilled', async () => {
  vi.stubGlobal('fetch', vi.fn(async (url: string) =>
    url.endsWith('/figures') ? reply(200, { figures: [{ name: 'a' }] }) : reply(200, { name: 'a', total: url.endsWith('?backfilled=false') ? 1 : 3, rows: [] }),
  ))
  const scope = effectScope()
  const { found } = scope.run(useFigures)!
  await vi.waitFor(() => expect(found.value.a?.total).toBe(3))
  withBackfill.value = false
  await vi.waitFor(() => expect(found.value.a?.total).toBe(1))
  scope.stop()
  withBackfill.value = true
})

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

it('loses none that came while another was asked for', async () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  vi.stubGlobal('fetch', vi.fn(async (url: string) =>
    url.endsWith('/figures') ? reply(200, { figures: names.map((name) => ({ name })) }) : reply(200, { name: url.slice(-1), rows: [] }),
  ))
  const { found, load } = useFigures()
  await load()
  await vi.waitFor(() => expect(Object.keys(found.value).sort()).toEqual(names))
})

it('says that the list itself was refused', async () => {
  vi.stubGlobal('fetch', vi.fn(async () => reply(401, { code: 'session.none' })))
  const { problem } = useFigures()
  await vi.waitFor(() => expect(problem.value?.code).toBe('session.none'))
})

import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Query } from '@/api/client'
import { Problem } from '@/api/problem'
import type { ListPage } from '@/api/types'

import { useLedgerRows } from './useLedgerRows'

/** A register of `size` rows; a cursor is the place where its page begins. */
const server = vi.hoisted(() => ({ size: 0, renamed: '', asked: [] as string[], fail: false, hold: null as Promise<void> | null }))

vi.mock('@/api/registers', () => ({
  listEntries: async (register: string, query: Query, signal: AbortSignal): Promise<ListPage> => {
    const from = Number(query.cursor ?? 0)
    server.asked.push(`${register} ${String(query.state ?? '')} ${from}`)
    const { size, renamed } = server
    await server.hold
    if (signal.aborted) throw new DOMException('', 'AbortError')
    if (server.fail) throw new Problem(503, { code: 'server.busy' })
    const to = Math.min(from + 100, size)
    const entries = Array.from({ length: Math.max(0, to - from) }, (_, step) => ({ id: `${from + step}`, title: renamed || `${from + step}` }))
    return { entries, next: to < size ? String(to) : null, total: from === 0 ? { count: size, exact: true } : null, labels: {} } as unknown as ListPage
  },
}))

const scopes: ReturnType<typeof effectScope>[] = []
const register = ref('r')
const query = ref<Query | null>({})
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await nextTick()
}

function open(): ReturnType<typeof useLedgerRows> {
  const scope = effectScope()
  scopes.push(scope)
  return scope.run(() => useLedgerRows(() => register.value, () => query.value))!
}

let number = 0
beforeEach(() => {
  // A list of its own for each test: what was known of another is not found.
  number += 1
  register.value = `r${number}`
  query.value = {}
  Object.assign(server, { size: 250, renamed: '', asked: [], fail: false, hold: null })
})
afterEach(() => scopes.splice(0).forEach((scope) => scope.stop()))

it('reads the first page at once, the others as they come into sight', async () => {
  const rows = open()
  await settled()
  expect(rows.count.value).toBe(100)
  expect(rows.total.value).toEqual({ count: 250, exact: true })
  expect(rows.hasMore.value).toBe(true)
  await rows.ensure(90, 130)
  await rows.ensure(190, 230)
  expect(rows.count.value).toBe(250)
  expect(rows.hasMore.value).toBe(false)
  expect(rows.rowAt(249)?.id).toBe('249')
  expect(rows.rowAt(250)).toBeNull()
})

it('lets go of what is far away, and brings it again', async () => {
  server.size = 1200
  const rows = open()
  await settled()
  for (let place = 100; place <= 1200; place += 100) await rows.ensure(place - 20, place)
  expect(rows.count.value).toBe(1200)
  expect(rows.rowAt(0)).toBeNull()
  await rows.ensure(0, 20)
  expect(rows.rowAt(0)?.id).toBe('0')
})

it('lets no late answer win', async () => {
  let free: () => void = () => undefined
  server.hold = new Promise((resolve) => (free = resolve))
  const rows = open()
  await settled()
  server.hold = null
  server.size = 3
  query.value = { state: 'open' }
  await settled()
  expect(rows.count.value).toBe(3)
  free()
  await settled()
  expect(rows.count.value).toBe(3)
  expect(rows.problem.value).toBeNull()
})

it('gives what failed to the screen, and forgets it when it works again', async () => {
  server.fail = true
  const rows = open()
  await settled()
  expect(rows.problem.value?.code).toBe('server.busy')
  server.fail = false
  await rows.reload()
  expect(rows.problem.value).toBeNull()
  expect(rows.count.value).toBe(100)
})

it('reads anew what is in sight after a change, without losing the place', async () => {
  const rows = open()
  await settled()
  await rows.ensure(90, 130)
  server.renamed = 'changed'
  server.asked = []
  await rows.reload()
  expect(rows.count.value).toBe(200)
  expect(rows.rowAt(120)?.title).toBe('changed')
  expect(server.asked).toHaveLength(2)
})

it('shortens with the list', async () => {
  const rows = open()
  await settled()
  await rows.ensure(90, 230)
  server.size = 40
  await rows.reload()
  expect(rows.count.value).toBe(40)
  expect(rows.hasMore.value).toBe(false)
})

it('is where it was for whoever comes back', async () => {
  const rows = open()
  await settled()
  await rows.ensure(90, 130)
  await rows.ensure(190, 230)
  scopes.splice(0).forEach((scope) => scope.stop())
  server.asked = []
  const back = open()
  expect(back.count.value).toBe(250)
  await back.ensure(200, 230)
  expect(back.rowAt(220)?.id).toBe('220')
  expect(server.asked).toEqual([`${register.value}  200`])
})

it('asks nothing while there is no query', async () => {
  query.value = null
  open()
  await settled()
  expect(server.asked).toEqual([])
})

import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Problem } from '@/api/problem'
import type { Entry } from '@/api/types'

import { useEntry } from './useEntry'

const server = vi.hoisted(() => ({
  revision: 1, fail: false, asked: [] as string[], hold: new Map<string, Promise<void>>(), changed: () => undefined as void,
}))

vi.mock('@/state/changes', () => ({ useChanges: (_: () => string, onChange: () => void) => (server.changed = onChange) }))
vi.mock('@/state/registers', () => ({ ensureDeclaration: async (name: string) => ({ name }) }))
vi.mock('@/api/entries', () => ({
  loadEntry: async (_: string, id: string, signal: AbortSignal) => {
    server.asked.push(id)
    const { revision } = server
    await server.hold.get(id)
    if (signal.aborted) throw new DOMException('', 'AbortError')
    if (server.fail) throw new Problem(404, { code: 'entry.not_found' })
    return { id, revision } as Entry
  },
  loadHistory: async (_: string, id: string) => ({ records: [{ action: id }], labels: {} }),
}))

const register = ref('r')
const id = ref('a')
const scope = ref(effectScope())
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await nextTick()
}
const open = (): ReturnType<typeof useEntry> => scope.value.run(() => useEntry(() => register.value, () => id.value))!

beforeEach(() => {
  scope.value = effectScope()
  id.value = 'a'
  Object.assign(server, { revision: 1, fail: false, asked: [] })
  server.hold.clear()
})
afterEach(() => scope.value.stop())

it('reads declaration, entry and history', async () => {
  const opened = open()
  await settled()
  expect(opened.declaration.value?.name).toBe('r')
  expect(opened.entry.value).toMatchObject({ id: 'a', revision: 1 })
  expect(opened.history.value?.records).toHaveLength(1)
  expect(opened.problem.value).toBeNull()
})

it('shows nothing of the entry before while the next is read, and lets no late answer win', async () => {
  let free: () => void = () => undefined
  const opened = open()
  await settled()
  server.hold.set('b', new Promise((resolve) => (free = resolve)))
  id.value = 'b'
  await settled()
  expect(opened.entry.value).toBeNull()
  expect(opened.history.value).toBeNull()
  id.value = 'c'
  await settled()
  free()
  await settled()
  expect(opened.entry.value?.id).toBe('c')
  expect(opened.problem.value).toBeNull()
})

it('follows what others do, and takes what one did oneself at once', async () => {
  const opened = open()
  await settled()
  server.revision = 2
  server.changed()
  await settled()
  expect(opened.entry.value?.revision).toBe(2)
  server.revision = 3
  opened.take({ id: 'a', revision: 3 } as Entry)
  expect(opened.entry.value?.revision).toBe(3)
  await settled()
  expect(server.asked).toHaveLength(3)
})

it('gives a refusal to the screen and keeps what was read', async () => {
  const opened = open()
  await settled()
  server.fail = true
  await opened.load()
  expect(opened.problem.value?.code).toBe('entry.not_found')
  expect(opened.entry.value?.id).toBe('a')
})

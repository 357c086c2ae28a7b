import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'

import { Problem } from '@/api/problem'
import type { Declaration, Entry, Field, History, NamingGroup } from '@/api/types'
import { useLanguage } from '@/locales'

import { groupsAsShown, originOf, outgoingOf, useLinks } from './useLinks'

const server = vi.hoisted(() => ({ asked: [] as string[], groups: new Map<string, unknown[]>(), hold: new Map<string, Promise<void>>(), fail: false }))

vi.mock('@/state/registers', () => ({ ensureRegisters: async () => [], findRegister: (name: string) => ({ title: { en: `The ${name}s` } }) }))
vi.mock('@/api/entries', () => ({
  loadLinks: async (register: string, id: string, signal: AbortSignal) => {
    server.asked.push(`${register}/${id}`)
    await server.hold.get(id)
    if (signal.aborted) throw new DOMException('', 'AbortError')
    if (server.fail) throw new Problem(503, { code: 'server.busy' })
    return server.groups.get(id) ?? []
  },
}))

const group = (register: string, field: string, more = false): NamingGroup =>
  ({ register, field, field_title: { en: `its ${field}` }, view: 'all', more, entries: [{ id: 'x', number: 'N-1', title: 'words' }] }) as unknown as NamingGroup
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await nextTick()
}

const link = (name: string, to: string, type: Field['type'] = 'link'): Field => ({ name, to, type }) as Field
const label = (number: string) => ({ kind: 'entry' as const, register: 'finding', number, text: 't', state: 's' })

beforeAll(() => useLanguage('en'))
beforeEach(() => {
  Object.assign(server, { asked: [], fail: false })
  server.groups.clear()
  server.hold.clear()
})

it('names what the fields name, each once, and nothing that may not be read', () => {
  const declaration = { fields: [link('one', 'finding'), link('several', 'finding', 'links'), link('note', '', 'text')] } as Declaration
  const entry = {
    fields: { one: 'a', several: ['a', 'b', 'c'], note: 'd' },
    labels: { a: label('F-1'), b: label('F-2'), c: { kind: 'entry', restricted: true }, d: label('F-3') },
  } as unknown as Entry
  expect(outgoingOf(declaration, entry).map((one) => one.text)).toEqual(['F-1 t', 'F-2 t'])
})

it('calls a group by its register, and by the field where one register has several', () => {
  const shown = groupsAsShown([group('measure', 'finding'), group('evidence', 'finding'), group('evidence', 'findings', true)], (name) => `The ${name}s`)
  expect(shown.map((one) => one.title)).toEqual(['The measures', 'The evidences · its finding', 'The evidences · its findings'])
  expect(shown.map((one) => one.more)).toEqual([false, false, true])
  expect(shown[0]?.entries).toEqual([{ register: 'measure', id: 'x', text: 'N-1 words' }])
})

it('tells from which entry one came, and of none that is restricted', () => {
  const history = (cause: object | null): History => ({ records: [{ hidden: false, caused_by: cause }], labels: { a: label('F-1') } }) as unknown as History
  expect(originOf(history({ register: 'finding', entry: 'a', position: 3 }))).toEqual({ register: 'finding', id: 'a', text: 'F-1 t' })
  expect(originOf(history({ restricted: true }))).toBeNull()
  expect(originOf(history(null))).toBeNull()
  expect(originOf(null)).toBeNull()
})

it('asks once for what names the entry, again when it changed, and lets no late answer win', async () => {
  server.groups.set('a', [group('measure', 'finding')])
  server.groups.set('b', [group('order', 'finding')])
  let free: () => void = () => undefined
  server.hold.set('a', new Promise((resolve) => (free = resolve)))
  const [id, revision, scope] = [ref('a'), ref(1), effectScope()]
  const links = scope.run(() => useLinks(() => 'finding', () => id.value, () => revision.value))!
  await settled()
  expect(server.asked).toEqual(['finding/a'])
  id.value = 'b'
  await settled()
  free()
  await settled()
  expect(links.incoming.value.map((one) => one.title)).toEqual(['The orders'])
  revision.value = 2
  await settled()
  expect(server.asked).toEqual(['finding/a', 'finding/b', 'finding/b'])
  scope.stop()
})

it('gives what was refused to the screen', async () => {
  server.fail = true
  const scope = effectScope()
  const links = scope.run(() => useLinks(() => 'finding', () => 'a', () => 1))!
  await settled()
  expect(links.problem.value?.code).toBe('server.busy')
  scope.stop()
})

import { effectScope } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'

import { Problem } from '@/api/problem'
import type { Action, Declaration, Entry, ListRow } from '@/api/types'

import { isForMany, useBulk } from './useBulk'

const server = vi.hoisted(() => ({ acted: [] as string[] }))

vi.mock('@/api/entries', () => ({
  loadEntry: async (_: string, id: string) => {
    if (id === 'gone') throw new Problem(404, { code: 'entry.not_found' })
    return { id, revision: Number(id.slice(1)), actions: id === 'e3' ? [] : [{ name: 'issue', post: 'p' }] } as unknown as Entry
  },
  act: async (_: string, id: string, action: string, body: { post?: string }, { revision }: { revision: number }) => {
    if (id === 'e2') throw new Problem(412, { code: 'entry.stale', detail: 'changed' })
    server.acted.push(`${id} ${action} ${body.post} ${revision}`)
    return { data: {} }
  },
}))

const action = (name: string, more: Partial<Action> = {}): Action => ({ name, signatures: [], returns: false, second_factor: false, ...more }) as Action
const declaration = { name: 'r', actions: [action('issue'), action('end'), action('approve', { signatures: [{ by: 'office.reviewer', count: 1, title: {} }] })] } as Declaration
const rows = ['e1', 'e2', 'e3', 'gone'].map((id) => ({ id }) as ListRow)
const scope = effectScope()
afterEach(() => scope.stop())

it('shows before what would be refused, then does the others, each under its own revision', async () => {
  const bulk = scope.run(() => useBulk(declaration, rows))!
  await vi.waitFor(() => expect(bulk.busy.value).toBe(false))
  expect(bulk.choices.value.map((one) => [one.action.name, one.allowed])).toEqual([['issue', 2]])
  const [issue] = declaration.actions
  expect(bulk.lines.value.map((line) => bulk.offerOf(line, issue!) !== undefined)).toEqual([true, true, false, false])
  await bulk.run(issue!, {}, {})
  expect(bulk.lines.value.map((line) => line.state)).toEqual(['done', 'refused', 'waits', 'refused'])
  expect(bulk.lines.value[1]?.problem?.code).toBe('entry.stale')
  expect(server.acted).toEqual(['e1 issue p 1'])
})

it('leaves to each by himself what is signed, sent back or asks a second factor', () => {
  const [issue, , approve] = declaration.actions
  expect([isForMany(issue!), isForMany(approve!)]).toEqual([true, false])
  expect(isForMany(action('back', { returns: true }))).toBe(false)
  expect(isForMany(action('seal', { second_factor: true }))).toBe(false)
})

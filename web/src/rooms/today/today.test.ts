import { describe, expect, it } from 'vitest'

import type { DeskEntry } from '@/api/desk'
import type { History, ListRow } from '@/api/types'

import { dayPlus, daysBetween, inOrder } from './desk_order'
import { backfillShare, closingOf, draw, signatureKinds, tally } from './doubts'
import { sentUp } from './useLeaderPage'
import { lastWritten } from './useSigning'

const waiting = (id: string, changed: Partial<DeskEntry>): DeskEntry => ({
  register: 'measure', id, number: id, title: id, unit: 'u', state: 's', revision: 1, changed_at: '2026-01-01T00:00:00.000Z', due: null, clock: false,
  actions: [], ...changed,
})

describe('what waits', () => {
  it('comes by whose clock, light and day', () => {
    const order = inOrder([
      waiting('none', {}), waiting('other', { due: { on: '2026-01-02', light: 'red' } }), waiting('later', { clock: true, due: { on: '2026-03-02', light: 'green' } }),
      waiting('late', { clock: true, due: { on: '2026-01-02', light: 'red' } }), waiting('sooner', { clock: true, due: { on: '2026-02-02', light: 'green' } }),
    ])
    expect(order.map((one) => one.id)).toEqual(['late', 'sooner', 'later', 'other', 'none'])
  })

  it('counts days', () => {
    expect([daysBetween('2026-01-01', '2026-01-03'), daysBetween('2026-01-05', '2026-01-03')]).toEqual([2, 0])
    expect([dayPlus('2026-02-27', 2), dayPlus('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31'])
  })
})

const record = (position: number, action: string, at: string, more: object = {}) => ({
  position, action, kind: 'action', hidden: false, on: at.slice(0, 10), recorded_at: at, signatures: [], ...more,
})
const history = {
  records: [
    record(1, 'open', '2026-01-01T00:00:00.000Z', { kind: 'backfill' }),
    record(2, 'apply_close', '2026-01-02T00:00:00.000Z'),
    record(3, 'strike_off', '2026-01-02T00:10:00.000Z', { kind: 'signature', signatures: [{ kind: 'own', person: 'b' }] }),
    record(4, 'strike_off', '2026-01-02T00:12:30.000Z', { signatures: [{ kind: 'own', person: 'b' }, { kind: 'paper', person: 'a' }] }),
    { position: 5, hidden: true },
  ],
  labels: {},
} as unknown as History

describe('where to doubt', () => {
  it('tells how long a close took and who signed', () => {
    expect(closingOf(history)).toEqual({ on: '2026-01-02', minutes: 13, signers: ['a', 'b'] })
    expect(closingOf({ records: [], labels: {} })).toBeNull()
  })

  it('counts signatures once, and what was recorded later', () => {
    expect(signatureKinds([history])).toEqual({ own: 1, delegated: 0, paper: 1 })
    expect(backfillShare([history])).toEqual({ backfilled: 1, records: 4 })
    expect(tally(['b', 'a', 'b'])).toEqual([{ value: 'a', count: 1 }, { value: 'b', count: 2 }])
  })

  it('draws the same for the same seed, whatever the order of the list', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => `id-${at}`)
    const drawn = await draw('seed', ids, 10)
    expect(new Set(drawn).size).toBe(10)
    expect(await draw('seed', [...ids].reverse(), 10)).toEqual(drawn)
    expect(await draw('other', ids, 10)).not.toEqual(drawn)
  })
})

it('shows a signer what was written last', () => {
  const told = { records: [
    { hidden: false, changes: [{ field: 'heading' }] }, { hidden: false, changes: [{ field: 'result' }, { field: 'first_due' }] }, { hidden: false, changes: [{ field: 'first_due' }] }, { hidden: true },
  ] } as unknown as History
  expect([...lastWritten(told, new Set(['heading', 'result']))]).toEqual(['result'])
  expect(lastWritten(null, new Set(['heading'])).size).toBe(0)
})

it('takes the last word that was sent up about each finding one leads', () => {
  const row = (id: string, fields: object) => ({ id, title: `t-${id}`, unit: 'u', fields }) as unknown as ListRow
  const reports = [row('3', { finding: 'a', difficulty: 'younger' }), row('2', { finding: 'a', difficulty: 'older' }), row('1', { finding: 'b', difficulty: 'not his' }), row('0', { finding: 'c', difficulty: null })]
  expect(sentUp(reports, [row('a', {}), row('c', {})]).map((one) => [one.finding, one.words])).toEqual([['a', 'younger']])
})

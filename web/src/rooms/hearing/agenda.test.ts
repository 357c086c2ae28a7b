import { expect, it } from 'vitest'

import type { ListRow, Values } from '@/api/types'

import { faultField } from './hold_rules'
import { inOrderOfNeed } from './useAgenda'

const row = (id: string, on: string | null, fields: Values = {}): ListRow => ({ id, due: on === null ? null : { on, light: 'green' }, fields }) as unknown as ListRow

it('offers what units ask for, then what is late, then what ends before the meeting; nothing else, each once', () => {
  const open = [row('soon', '2026-12-10'), row('later', '2026-12-11'), row('late', '2026-11-30'), row('asks', '2027-01-01'), row('clockless', null)]
  const reports = [row('r3', null, { finding: 'asks', difficulty: 'the youngest words' }), row('r2', null, { finding: 'asks', difficulty: 'older words' }), row('r1', null, { finding: 'later', difficulty: null })]
  expect(inOrderOfNeed(open, reports, '2026-12-01', '2026-12-10').map((one) => [one.row.id, one.why, one.words])).toEqual([
    ['asks', 'asks', 'the youngest words'], ['late', 'late', ''], ['soon', 'soon', ''],
  ])
})

it('knows which field a rule of meetings is about, and leaves the others to the form', () => {
  expect(faultField('hearing.no_quorum')).toBe('members_present')
  expect(faultField('entry.stale')).toBeNull()
})

import { expect, it } from 'vitest'

import type { HistoryRecord } from '@/api/types'

import { changedSince, fitsFormat } from './sheet_entry'

it('tells what changed after the sheet was printed, but not the other signatures on it', () => {
  const records = [{ revision: 2, kind: 'action' }, { revision: 3, kind: 'signature' }, { revision: 4, kind: 'action' }] as HistoryRecord[]
  expect(changedSince(records, 2).map((one) => one.revision)).toEqual([4])
  expect(changedSince(records, 4)).toEqual([])
})

it('knows by its beginning in which registers a number may stand', () => {
  expect(fitsFormat('ZG-2026-0042', 'ZG-{year}-{seq:4}')).toBe(true)
  expect(fitsFormat('ZG-2026-0042', 'XH-{year}-{seq:4}')).toBe(false)
  expect(fitsFormat('2026-1', '{year}-{seq}')).toBe(false)
})

import { expect, it } from 'vitest'

import type { DirectorySheetReport } from '@/api/directory_sheets'

import { previewOf, sheetText, wholeFaults, withoutAccount } from './directory_sheet'

const report: DirectorySheetReport = {
  head: ['Code', 'Title'],
  keys: ['code', 'name'],
  lines: [
    { line: 2, does: 'add', changed: [], cells: ['A', 'Archive'] },
    { line: 4, does: 'change', changed: ['name'], cells: ['B', ''] },
  ],
  added: 1, changed: 1, waiting: 0, unchanged: 0,
  refused: [
    { line: 4, errors: [{ pointer: '/name', code: 'csv.cell_missing', detail: 'empty' }, { pointer: '/parent', code: 'unit.circle', detail: 'circle' }] },
    { errors: [{ pointer: '', code: 'administrators.gap', detail: 'gap' }] },
  ],
}

it('puts each fault into its cell, and beside the line where there is no such column', () => {
  expect(previewOf(report)).toEqual([
    { line: 2, does: 'add', cells: [{ text: 'A', faults: [] }, { text: 'Archive', faults: [] }], faults: [] },
    { line: 4, does: 'refused', cells: [{ text: 'B', faults: [] }, { text: '', faults: ['empty'] }], faults: ['circle'] },
  ])
  expect(wholeFaults(report)).toEqual(['gap'])
})

it('writes cells that a sheet reads again', () => {
  expect(sheetText(['Name', 'Account'], [['Wen, "the second"', ''], ['Bo', 'bo']])).toBe('Name,Account\r\n"Wen, ""the second""",\r\nBo,bo\r\n')
})

it('lists who has no account', () => {
  const account = { id: 'x', person: 'p1', name: 'a', language: 'zh', must_change_password: false, locked: false, second_factor: false }
  expect(withoutAccount([{ id: 'p1', name: 'A' }, { id: 'p2', name: 'B' }], [account]).map((one) => one.name)).toEqual(['B'])
})

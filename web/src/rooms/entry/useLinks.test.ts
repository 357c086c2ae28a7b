import { beforeAll, expect, it } from 'vitest'

import type { Declaration, Entry, Field, History } from '@/api/types'
import { useLanguage } from '@/locales'

import { originOf, outgoingOf, waysTo } from './useLinks'

const link = (name: string, to: string, type: Field['type'] = 'link'): Field => ({ name, to, type }) as Field
const label = (number: string) => ({ kind: 'entry' as const, register: 'finding', number, text: 't', state: 's' })

beforeAll(() => useLanguage('en'))

it('names what the fields name, each once, and nothing that may not be read', () => {
  const declaration = { fields: [link('one', 'finding'), link('several', 'finding', 'links'), link('note', '', 'text')] } as Declaration
  const entry = {
    fields: { one: 'a', several: ['a', 'b', 'c'], note: 'd' },
    labels: { a: label('F-1'), b: label('F-2'), c: { kind: 'entry', restricted: true }, d: label('F-3') },
  } as unknown as Entry
  expect(outgoingOf(declaration, entry).map((one) => one.text)).toEqual(['F-1 t', 'F-2 t'])
})

it('finds what may be asked who names an entry: links that some view filters by', () => {
  const declaration = {
    fields: [link('finding', 'finding'), link('unfiltered', 'finding'), link('other', 'person_post')],
    views: [{ name: 'all', filters: ['state'] }, { name: 'by', filters: ['finding', 'other'] }],
  } as unknown as Declaration
  expect(waysTo('finding', declaration)).toEqual([{ field: 'finding', view: 'by' }])
})

it('tells from which entry one came, and of none that is restricted', () => {
  const history = (cause: object | null): History => ({ records: [{ hidden: false, caused_by: cause }], labels: { a: label('F-1') } }) as unknown as History
  expect(originOf(history({ register: 'finding', entry: 'a', position: 3 }))).toEqual({ register: 'finding', id: 'a', text: 'F-1 t' })
  expect(originOf(history({ restricted: true }))).toBeNull()
  expect(originOf(history(null))).toBeNull()
  expect(originOf(null)).toBeNull()
})

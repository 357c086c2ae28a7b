import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { dropDraft, dropDraftsOf, findDraft, keepDraft, type DraftKey } from './drafts'

const key = (more: Partial<DraftKey> = {}): DraftKey => ({ person: 'p', register: 'r', entry: 'e', action: 'a', ...more })

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers({ now: 1_000_000_000_000 })
})
afterEach(() => vi.useRealTimers())

it('gives back what was typed, to its author alone', () => {
  expect(keepDraft(key(), { values: { 'fields/x': 'y' }, words: 'w' })).toBe(true)
  expect(findDraft(key())).toMatchObject({ values: { 'fields/x': 'y' }, words: 'w' })
  expect(findDraft(key({ person: 'q' }))).toBeNull()
  expect(findDraft(key({ action: 'b' }))).toBeNull()
})

it('lets go when it is handed in, and of all when its author leaves', () => {
  keepDraft(key(), { values: {}, words: '' })
  keepDraft(key({ action: 'b' }), { values: {}, words: '' })
  keepDraft(key({ person: 'q' }), { values: {}, words: '' })
  dropDraft(key())
  expect(findDraft(key())).toBeNull()
  dropDraftsOf('p')
  expect(findDraft(key({ action: 'b' }))).toBeNull()
  expect(findDraft(key({ person: 'q' }))).not.toBeNull()
})

it('forgets after a month, and the oldest beyond forty', () => {
  keepDraft(key(), { values: {}, words: 'first' })
  vi.advanceTimersByTime(31 * 86_400_000)
  expect(findDraft(key())).toBeNull()
  for (let place = 0; place < 41; place += 1) {
    vi.advanceTimersByTime(1)
    keepDraft(key({ entry: String(place) }), { values: {}, words: '' })
  }
  expect(findDraft(key({ entry: '0' }))).toBeNull()
  expect(findDraft(key({ entry: '1' }))).not.toBeNull()
  expect(localStorage.length).toBe(40)
})

it('takes nothing for a draft that is none', () => {
  localStorage.setItem('duban.draft.p.r.e.a', '{"values": 3}')
  expect(findDraft(key())).toBeNull()
  localStorage.setItem('duban.draft.p.r.e.a', '{')
  expect(findDraft(key())).toBeNull()
})

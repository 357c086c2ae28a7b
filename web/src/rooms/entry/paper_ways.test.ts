import { expect, it } from 'vitest'

import type { Declaration, Entry, PaperOffer } from '@/api/types'

import { comparingOf, sheetsForOthers } from './paper_ways'

const paper = (action: string, way: PaperOffer['way'], signature: string | null = null): PaperOffer =>
  ({ action, way, signature, post: 'p', role: 'clerk', signed_for: null })
const declaration = { actions: [{ name: 'approve' }, { name: 'review' }] } as Declaration

it('hands in sheets of actions that one does not sign oneself', () => {
  const entry = { papers: [paper('approve', 'record_paper'), paper('review', 'record_paper')], actions: [{ name: 'review' }] } as Entry
  expect(sheetsForOthers(declaration, entry)).toEqual([{ action: { name: 'approve' }, post: 'p', role: 'clerk' }])
})

it('compares what the server offers for comparison, and nothing else', () => {
  const entry = { papers: [paper('approve', 'record_paper'), paper('approve', 'compare_paper', 's1')], actions: [] } as unknown as Entry
  expect(comparingOf(entry, 's1')?.post).toBe('p')
  expect(comparingOf(entry, 's2')).toBeUndefined()
})

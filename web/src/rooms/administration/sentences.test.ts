import { afterEach, expect, it, vi } from 'vitest'

import type { Proposal } from '@/api/administration'

import { differenceText, ensureSentences } from './sentences'

afterEach(() => vi.unstubAllGlobals())

const proposal = (code: string): Proposal => ({
  id: '1', kind: 'parameter', state: 'approved', proposed_by: '2', proposed_at: '2026-01-01T00:00:00Z', decided_by: null, decided_at: null, reason: null,
  differences: [{ code, params: { after: '3' } }],
})

it('fills the sentence of a code, and shows a code that there is no more as it is', async () => {
  vi.stubGlobal('fetch', (address: string) => Promise.resolve(
    address.includes('difference.known')
      ? new Response(JSON.stringify({ code: 'difference.known', detail: { zh: '改为 {after}' } }), { headers: { 'Content-Type': 'application/json' } })
      : new Response(JSON.stringify({ status: 404, code: 'request.not_found', detail: '', errors: [] }), { status: 404, headers: { 'Content-Type': 'application/problem+json' } }),
  ))
  await ensureSentences([proposal('difference.known'), proposal('difference.gone')])
  expect(differenceText(proposal('difference.known').differences[0] ?? {}, () => '')).toBe('改为 3')
  expect(differenceText(proposal('difference.gone').differences[0] ?? {}, () => '')).toBe('difference.gone')
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'

import type { VerificationState } from '@/api/administration'

import { ASK_AGAIN_MS, useVerification } from './useVerification'

const api = vi.hoisted(() => ({ loadVerification: vi.fn(), beginVerification: vi.fn() }))
vi.mock('@/api/administration', () => api)

const idle: VerificationState = { running_since: null, failed: null, last: null }
const running: VerificationState = { ...idle, running_since: '2026-11-24T03:04:05.678Z' }

beforeEach(() => {
  vi.useFakeTimers()
  api.loadVerification.mockReset().mockResolvedValue(idle)
  api.beginVerification.mockReset().mockResolvedValue(running)
})
afterEach(() => vi.useRealTimers())

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

it('asks once, and not again while nothing runs', async () => {
  const scope = effectScope()
  const { state } = scope.run(useVerification)!
  await settled()
  expect(state.value).toEqual(idle)
  await vi.advanceTimersByTimeAsync(10 * ASK_AGAIN_MS)
  expect(api.loadVerification).toHaveBeenCalledTimes(1)
  scope.stop()
})

it('begins one and asks until it has ended', async () => {
  const scope = effectScope()
  const { state, begin } = scope.run(useVerification)!
  await settled()
  await begin()
  expect(state.value).toEqual(running)
  api.loadVerification.mockResolvedValueOnce(running)
  await vi.advanceTimersByTimeAsync(ASK_AGAIN_MS)
  expect(state.value).toEqual(running)
  await vi.advanceTimersByTimeAsync(ASK_AGAIN_MS)
  expect(state.value).toEqual(idle)
  await vi.advanceTimersByTimeAsync(10 * ASK_AGAIN_MS)
  expect(api.loadVerification).toHaveBeenCalledTimes(3)
  expect(api.beginVerification).toHaveBeenCalledTimes(1)
  scope.stop()
})

it('asks no more when the page is left, also in the midst of an answer', async () => {
  const scope = effectScope()
  api.loadVerification.mockResolvedValue(running)
  scope.run(useVerification)
  scope.stop()
  await vi.advanceTimersByTimeAsync(10 * ASK_AGAIN_MS)
  expect(api.loadVerification).toHaveBeenCalledTimes(1)
})

// The newest checkpoint, checked here: its key, its signature, and that it continues what this browser saw before.

import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'

import { loadCheckpoint, loadGrowth, loadVerifierKey } from '@/api/journal'
import { problemOf, type Problem } from '@/api/problem'

import type { ShownCheck } from './check_text'
import { checkpointOf, remember, type Seen, seenBefore } from './seen'
import { hexOf } from './verifier/bytes'
import { hasGrown, openCheckpoint } from './verifier/log'
import type { Checkpoint } from './verifier/note'

export interface LogState {
  key: string
  note: string
  checkpoint: Checkpoint | null
  before: Seen | null
  checks: ShownCheck[]
}

export interface Log {
  state: Readonly<ShallowRef<LogState | null>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

async function checkGrowth(org: number, before: Seen | null, now: Checkpoint | null): Promise<ShownCheck> {
  if (!before || !now) return { name: 'grown', passed: null, facts: [] }
  const then = await checkpointOf(before)
  if (!then) return { name: 'grown', passed: false, facts: [before.note] }
  const proof = then.size < now.size && then.size > 0 ? (await loadGrowth(org, then.size, now.size)).proof : []
  const facts = [`${then.size} → ${now.size}`, hexOf(then.root), hexOf(now.root), ...proof]
  return { name: 'grown', passed: then.size === 0 || (await hasGrown(then, now, proof)), facts }
}

/** What is seen for the first time, or continues what was seen, is remembered; a fork is not. */
export async function readLog(org: number): Promise<LogState> {
  const [note, keyText] = await Promise.all([loadCheckpoint(org), loadVerifierKey(org)])
  const key = keyText.trim()
  const checkpoint = await openCheckpoint(note, key)
  const before = seenBefore(org)
  const checks: ShownCheck[] = [
    { name: 'known_key', passed: before ? before.key === key : null, facts: [key] },
    { name: 'signature', passed: checkpoint !== null, facts: [note] },
    { name: 'origin', passed: checkpoint?.origin.endsWith(`/${org}`) ?? false, facts: [checkpoint?.origin ?? ''] },
    await checkGrowth(org, before, checkpoint),
  ]
  if (checks.every((one) => one.passed !== false)) remember(org, { note, key, at: new Date().toISOString() })
  return { key, note, checkpoint, before, checks }
}

export function useLog(org: () => number): Log {
  const state = shallowRef<LogState | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    problem.value = null
    try {
      state.value = await readLog(org())
    } catch (failure) {
      problem.value = problemOf(failure)
    }
  }

  void load()
  return { state: shallowReadonly(state), problem: shallowReadonly(problem), load }
}

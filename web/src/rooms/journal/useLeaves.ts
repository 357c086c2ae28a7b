// A page of the journal, for the audit administrator; and the root over all leaves, computed here.

import { onScopeDispose, type ShallowRef, shallowReadonly, shallowRef } from 'vue'

import { isAborted } from '@/api/client'
import { loadCheckpoint, loadLeaves, loadVerifierKey, type RegisterWords } from '@/api/journal'
import { problemOf, type Problem } from '@/api/problem'

import type { ShownCheck } from './check_text'
import { findJson, members, type Json } from './verifier/canonical'
import { hexOf } from './verifier/bytes'
import { leafHashOf, openCheckpoint, rootOfLeaves } from './verifier/log'

export interface LeafRow {
  position: number
  leaf: { [name: string]: Json }
  hash: string
}

export interface LeafPages {
  rows: Readonly<ShallowRef<LeafRow[]>>
  size: Readonly<ShallowRef<number>>
  /** Titles of the registers and actions that the rows name. */
  words: Readonly<ShallowRef<Record<string, RegisterWords>>>
  problem: Readonly<ShallowRef<Problem | null>>
  /** Leaves read so far while all are checked; null when none are. */
  reading: Readonly<ShallowRef<number | null>>
  checks: Readonly<ShallowRef<ShownCheck[]>>
  show: (from: number) => Promise<void>
  checkAll: (org: number) => Promise<void>
}

export const pageSize = 50
const portion = 1000

export function useLeaves(): LeafPages {
  const rows = shallowRef<LeafRow[]>([])
  const size = shallowRef(0)
  const words = shallowRef<Record<string, RegisterWords>>({})
  const problem = shallowRef<Problem | null>(null)
  const reading = shallowRef<number | null>(null)
  const checks = shallowRef<ShownCheck[]>([])
  const control = new AbortController()
  let asked = 0
  onScopeDispose(() => control.abort())

  async function show(from: number): Promise<void> {
    asked += 1
    const own = asked
    problem.value = null
    try {
      const page = await loadLeaves(from, pageSize, control.signal)
      const read = await Promise.all(
        page.records.map(async (one) => ({ position: one.position, leaf: members(findJson(one.leaf)), hash: await leafHashOf(one.leaf) })),
      )
      if (own !== asked) return
      rows.value = read
      size.value = page.size
      words.value = page.words
    } catch (failure) {
      if (!isAborted(failure)) problem.value = problemOf(failure)
    }
  }

  async function readAll(wanted: number): Promise<string[]> {
    const leaves: string[] = []
    while (leaves.length < wanted) {
      const page = await loadLeaves(leaves.length, Math.min(portion, wanted - leaves.length), control.signal)
      if (page.records.length === 0) break
      leaves.push(...page.records.map((one) => one.leaf))
      reading.value = leaves.length
    }
    return leaves
  }

  async function checkAll(org: number): Promise<void> {
    reading.value = 0
    checks.value = []
    try {
      const [note, key] = await Promise.all([loadCheckpoint(org), loadVerifierKey(org)])
      const checkpoint = await openCheckpoint(note, key)
      const leaves = await readAll(checkpoint?.size ?? 0)
      const root = await rootOfLeaves(leaves)
      const signed = checkpoint ? hexOf(checkpoint.root) : ''
      checks.value = [
        { name: 'signature', passed: checkpoint !== null, facts: [note] },
        { name: 'all_leaves', passed: leaves.length === (checkpoint?.size ?? -1), facts: [`${leaves.length} = ${checkpoint?.size ?? ''}`] },
        { name: 'same_root', passed: root === signed, facts: [root, signed] },
      ]
    } catch (failure) {
      if (!isAborted(failure)) problem.value = problemOf(failure)
    } finally {
      reading.value = null
    }
  }

  return {
    rows: shallowReadonly(rows), size: shallowReadonly(size), words: shallowReadonly(words), problem: shallowReadonly(problem),
    reading: shallowReadonly(reading), checks: shallowReadonly(checks), show, checkAll,
  }
}

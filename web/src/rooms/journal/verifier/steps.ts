// What follows from one record to the next: of one entry, in order, without a gap, each erasure recorded.

import { type Json, members, numberOfMember, textOfMember } from './canonical'
import type { Check } from './certificate'
import type { CommitmentCheck } from './commitments'

export interface RecordStep {
  position: number
  leaf: { [name: string]: Json }
  commitments: readonly CommitmentCheck[]
}

interface OfEntry {
  register: string
  entry: string
}

const text = (leaf: RecordStep['leaf'] | undefined, name: string): string => textOfMember(leaf?.[name])
const count = (leaf: RecordStep['leaf'] | undefined, name: string): number => numberOfMember(leaf?.[name])

/** A hidden register's name and states stand in the blob: what the leaf commits to under `hidden`. */
function told(step: RecordStep, name: string): string {
  const hidden = step.commitments.find((one) => one.part === 'hidden' && one.name === name && one.result === 'matches')
  return hidden ? textOfMember(JSON.parse(hidden.value) as Json) : text(step.leaf, name)
}

/** Signer, recorder and comparer of a pen's signature are three; in a record of kind signature the comparer may be wanting. */
function areThree(leaf: RecordStep['leaf']): boolean {
  const signatures = Array.isArray(leaf.signatures) ? leaf.signatures.map(members) : []
  return signatures.every((one) => {
    if (one.kind !== 'paper') return true
    const [signer, recorder, comparer] = [one.person, one.recorded_by, one.compared_by].map(textOfMember)
    if (leaf.kind === 'signature' && comparer === '') return recorder !== '' && recorder !== signer
    return signer !== '' && recorder !== '' && comparer !== '' && new Set([signer, recorder, comparer]).size === 3
  })
}

function checksOf(step: RecordStep, before: RecordStep | undefined, entry: OfEntry): Check[] {
  const { leaf } = step
  const last = count(before?.leaf, 'revision')
  const revision = count(leaf, 'revision')
  const repeats = leaf.kind === 'signature' && before !== undefined && revision === last
  const stateBefore = told(step, 'state_before')
  const stateLeft = before ? told(before, 'state_after') : ''
  return [
    { name: 'entry', passed: told(step, 'register') === entry.register && text(leaf, 'entry') === entry.entry, facts: [told(step, 'register'), text(leaf, 'entry')] },
    { name: 'order', passed: step.position > (before?.position ?? -1), facts: [String(before?.position ?? ''), String(step.position)] },
    { name: 'time', passed: count(leaf, 'recorded_at') >= count(before?.leaf, 'recorded_at'), facts: [new Date(count(leaf, 'recorded_at')).toISOString()] },
    { name: 'revision', passed: repeats || revision === last + 1, facts: [String(last), String(revision)] },
    { name: 'state', passed: stateBefore === stateLeft, facts: [stateLeft, stateBefore] },
    { name: 'persons', passed: areThree(leaf), facts: [] },
  ]
}

/** `changes.heading`, or `signatures.words`: as a later record's `erases` calls it. */
function erasedNames(step: RecordStep): string[] {
  const erased = step.commitments.filter((one) => one.result === 'erased')
  return erased.map((one) => (one.part === 'words' ? 'signatures.words' : one.name))
}

function checkErasures(steps: readonly RecordStep[]): Check {
  const unrecorded = steps.flatMap((step, at) => {
    const later = steps.slice(at + 1).flatMap((one) => (Array.isArray(one.leaf.erases) ? one.leaf.erases : []))
    return erasedNames(step).filter((name) => !later.includes(name))
  })
  return { name: 'erasures', passed: unrecorded.length === 0, facts: unrecorded }
}

export function checkSteps(steps: readonly RecordStep[], entry: OfEntry): { records: Check[][]; whole: Check[] } {
  return {
    records: steps.map((step, at) => checksOf(step, steps[at - 1], entry)),
    whole: [checkErasures(steps)],
  }
}

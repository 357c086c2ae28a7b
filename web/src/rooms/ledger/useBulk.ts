// One action on several entries: what each of them allows is asked first, so that it is seen before what would be
// refused; then they are done one after another, each under its own revision.

import { computed, onScopeDispose, shallowReadonly, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

import { isAborted, newKey } from '@/api/client'
import { act, loadEntry } from '@/api/entries'
import { problemOf, type Problem } from '@/api/problem'
import type { Action, Declaration, Entry, ListRow, Offer, Values } from '@/api/types'

export interface BulkLine {
  row: ListRow
  entry: Entry | null
  /** Why it cannot be read, or why its action was refused. */
  problem: Problem | null
  state: 'reading' | 'waits' | 'done' | 'refused'
}

export interface BulkChoice {
  action: Action
  /** How many of the entries allow it now. */
  allowed: number
}

export interface Bulk {
  lines: Readonly<ShallowRef<readonly BulkLine[]>>
  /** What at least one of them allows; who signs does so one by one. */
  choices: ComputedRef<BulkChoice[]>
  busy: Readonly<ShallowRef<boolean>>
  offerOf: (line: BulkLine, action: Action) => Offer | undefined
  run: (action: Action, fields: Values, inputs: Values) => Promise<void>
}

const atOnce = 4

export function isForMany(action: Action): boolean {
  return action.signatures.length === 0 && !action.returns && !action.second_factor
}

export function useBulk(declaration: Declaration, rows: readonly ListRow[]): Bulk {
  const lines = shallowRef<readonly BulkLine[]>(rows.map((row) => ({ row, entry: null, problem: null, state: 'reading' })))
  const busy = shallowRef(true)
  const control = new AbortController()
  onScopeDispose(() => control.abort())

  function change(id: string, changed: Partial<BulkLine>): void {
    lines.value = lines.value.map((one) => (one.row.id === id ? { ...one, ...changed } : one))
  }

  async function read(row: ListRow): Promise<void> {
    try {
      change(row.id, { entry: await loadEntry(declaration.name, row.id, control.signal), state: 'waits' })
    } catch (failure) {
      if (!isAborted(failure)) change(row.id, { problem: problemOf(failure), state: 'refused' })
    }
  }

  async function readAll(): Promise<void> {
    const left = [...rows]
    const reader = async (): Promise<void> => {
      for (let row = left.shift(); row && !control.signal.aborted; row = left.shift()) await read(row)
    }
    await Promise.all(Array.from({ length: atOnce }, reader))
    busy.value = false
  }

  const offerOf = (line: BulkLine, action: Action): Offer | undefined => line.entry?.actions.find((one) => one.name === action.name)

  async function run(action: Action, fields: Values, inputs: Values): Promise<void> {
    busy.value = true
    for (const line of lines.value) {
      const offer = offerOf(line, action)
      if (!line.entry || !offer || line.state !== 'waits' || control.signal.aborted) continue
      const body = { fields, inputs, ...(offer.post === null ? {} : { post: offer.post }) }
      try {
        await act(declaration.name, line.row.id, action.name, body, { revision: line.entry.revision, key: newKey() })
        change(line.row.id, { state: 'done' })
      } catch (failure) {
        change(line.row.id, { state: 'refused', problem: problemOf(failure) })
      }
    }
    busy.value = false
  }

  void readAll()

  return {
    lines: shallowReadonly(lines),
    choices: computed(() =>
      declaration.actions
        .filter(isForMany)
        .map((action) => ({ action, allowed: lines.value.filter((line) => offerOf(line, action)).length }))
        .filter((one) => one.allowed > 0),
    ),
    busy: shallowReadonly(busy),
    offerOf,
    run,
  }
}

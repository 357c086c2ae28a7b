// Two people changed one entry: what the other wrote and this form did not touch is taken over; what both wrote
// differently is asked for, field by field.

import type { Entry, Value } from '@/api/types'
import { isEmpty } from './fields/field_text'

import type { FormLine } from './action_form'

export interface Merge {
  /** Values of the form that follow the newer entry, by key of the form. */
  taken: Record<string, Value>
  /** What both changed. */
  clashes: FormLine[]
}

function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null) || (isEmpty(one) && isEmpty(other))
}

export function mergeOf(lines: readonly FormLine[], values: Readonly<Record<string, Value>>, seen: Entry, now: Entry): Merge {
  const merge: Merge = { taken: {}, clashes: [] }
  for (const line of lines.filter((one) => one.part === 'fields')) {
    const { name } = line.field
    const mine = values[`fields/${name}`]
    if (same(seen.fields[name], now.fields[name]) || same(mine, now.fields[name])) continue
    if (same(mine, seen.fields[name])) merge.taken[`fields/${name}`] = now.fields[name] ?? null
    else merge.clashes.push(line)
  }
  return merge
}

// The forms of administration: a list of fields and the values that were typed; only what changed is sent.

import type { Option } from '@/ui/picker'

/** A box for numbers gives a number once something was typed in it. */
export type FormValue = string | boolean | number
export type FormValues = Record<string, FormValue>

export interface FormField {
  name: string
  label: string
  kind: 'text' | 'date' | 'choice' | 'pick' | 'check' | 'number'
  help?: string
  required?: boolean
  options?: readonly Option[]
  find?: (words: string) => Promise<Option[]>
}

type Sent = string | boolean | number | null

/** Empty is null; `number` an integer. */
export function sentValue(field: FormField, value: FormValue): Sent {
  if (typeof value === 'boolean') return value
  const text = String(value).trim()
  if (text === '') return null
  return field.kind === 'number' ? Number(text) : text
}

/** Of a new row all that was filled in; of an old one what is not as it was. */
export function changedValues(fields: readonly FormField[], before: FormValues | null, after: FormValues): Record<string, Sent> {
  const out: Record<string, Sent> = {}
  for (const field of fields) {
    const value = sentValue(field, after[field.name] ?? '')
    const isSame = before === null ? value === null : sentValue(field, before[field.name] ?? '') === value
    if (!isSame) out[field.name] = value
  }
  return out
}

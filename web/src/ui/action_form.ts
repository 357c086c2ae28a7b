// What the form of an action asks for, by its declaration; what is sent is what was changed.

import type { Action, Choice, Declaration, Entry, Field, FieldType, Offer, Value, Values } from '@/api/types'
import { language, t } from '@/locales'
import { isEmpty } from './fields/field_text'

export interface FormLine {
  /** Where its value is sent. */
  part: 'fields' | 'inputs' | 'paper'
  field: Field
  required: boolean
}

/** The first signer sends the values; the others sign what stands. */
export function isLaterSigner(offer: Offer): boolean {
  return offer.signatures_given > 0
}

/** A field that no pack declares: it stands in the contract itself. */
function ownField(name: string, type: FieldType, title: string, choices: Choice[] = []): Field {
  return {
    name, type, title: { [language.value]: title }, help: null, required: true, sealed: false, set_by: 'person', max: 0, scale: 0,
    choices, many: false, to: null, rows: [], default: null,
  }
}

/** What is recorded of a sheet that was signed with a pen. */
export function paperLines(): FormLine[] {
  const fields = [
    ownField('signer', 'person', t('entry.paper_signer')), ownField('signed_on', 'date', t('entry.paper_signed_on')),
    ownField('words', 'text', t('entry.paper_words')), ownField('scan', 'file', t('entry.paper_scan')),
  ]
  return fields.map((field) => ({ part: 'paper', field, required: field.name !== 'words' }))
}

/** An action that stops a clock for a while says why. */
function pauseLines(declaration: Declaration, action: Action): FormLine[] {
  const paused = declaration.deadlines.find((one) => one.pauses.includes(action.name))
  if (!paused) return []
  return [{ part: 'inputs', field: ownField('pause_reason', 'choice', t('entry.pause_reason'), paused.pause_reasons), required: true }]
}

export function formLines(declaration: Declaration, action: Action, offer: Offer | null): FormLine[] {
  if (offer && isLaterSigner(offer)) return []
  const named = [...new Set([...action.fields, ...action.need])]
  const fields = declaration.fields
    .filter((field) => named.includes(field.name) && action.fields.includes(field.name) && field.set_by === 'person')
    .map((field): FormLine => ({ part: 'fields', field, required: field.required || action.need.includes(field.name) }))
  const inputs = action.inputs.map((field): FormLine => ({
    part: 'inputs', field, required: field.required || action.need.includes(field.name),
  }))
  return [...fields, ...inputs, ...pauseLines(declaration, action)]
}

export function startValues(lines: readonly FormLine[], entry: Entry | null): Record<string, Value> {
  return Object.fromEntries(
    lines.map(({ part, field }) => [
      `${part}/${field.name}`,
      (part === 'fields' ? entry?.fields[field.name] : undefined) ?? field.default ?? null,
    ]),
  )
}

/** The values of one part: fields only where they differ from the entry, inputs where something was written. */
export function changedValues(
  lines: readonly FormLine[], part: FormLine['part'], values: Record<string, Value>, entry: Entry | null,
): Values {
  const out: Values = {}
  for (const { field } of lines.filter((one) => one.part === part)) {
    const value = values[`${part}/${field.name}`] ?? null
    const before = part === 'fields' ? (entry?.fields[field.name] ?? null) : null
    const same = JSON.stringify(value) === JSON.stringify(before) || (isEmpty(value) && isEmpty(before))
    if (!same) out[field.name] = value
  }
  return out
}

/** Whether a click is enough: nothing to fill in, nothing to sign with words, nothing to confirm. */
export function isOneClick(action: Action, lines: readonly FormLine[]): boolean {
  return lines.length === 0 && action.signatures.length === 0 && !action.returns && !action.confirm
}

// The form of one action: what was typed (kept as a draft), how it is signed, what the server refused, and who was faster.

import { computed, reactive, type ComputedRef, type Reactive, ref, type Ref, shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { newKey } from '@/api/client'
import { act, type Doing, loadEntry } from '@/api/entries'
import { problemOf, type Problem } from '@/api/problem'
import type { Action, Declaration, Entry, Offer, Value, Values } from '@/api/types'
import { t, textOf } from '@/locales'
import { session } from '@/state/session'

import { changedValues, type FormLine, formLines, isLaterSigner, paperLines, startValues } from './action_form'
import { faultText } from './problem_text'
import { type Merge, mergeOf } from './merge'
import { type Drafted, useDraft } from './useDraft'

export interface FormSubject {
  declaration: Declaration
  entry: Entry
  action: Action
  offer: Offer
  /** States the entry was in before, for a return. */
  earlier: readonly string[]
}

export interface Conflict extends Merge {
  seen: Entry
  now: Entry
}

export interface ActionForm extends Omit<Drafted, 'drop'> {
  lines: ComputedRef<FormLine[]>
  values: Reactive<Record<string, Value>>
  words: Ref<string>
  to: Ref<string>
  /** A sheet signed with a pen is recorded, instead of signing oneself. */
  onPaper: Ref<boolean>
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  conflict: Readonly<ShallowRef<Conflict | null>>
  /** The entry as the action answered it; null when it was refused. */
  submit: () => Promise<Entry | null>
  /** Goes on from the newer entry; of what both changed, the named fields keep what was typed here. */
  goOn: (mine: readonly string[]) => void
  faultsOf: (part: string, name: string) => string[]
  /** What was refused of fields that this form does not show, each with its name. */
  elsewhere: ComputedRef<string[]>
}

export function useActionForm({ declaration, entry, action, offer, earlier }: FormSubject): ActionForm {
  const own = formLines(declaration, action, offer)
  const paper = paperLines()
  const onPaper = ref(action.signatures.length > 0 && action.kinds.every((kind) => kind === 'paper'))
  const lines = computed(() => (onPaper.value ? [...own, ...paper] : own))
  const fresh = (): Record<string, Value> => startValues([...own, ...paper], entry)
  const values = reactive<Record<string, Value>>(fresh())
  const words = ref('')
  const to = ref(earlier[earlier.length - 1] ?? '')
  const based = shallowRef(entry)
  const busy = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  const conflict = shallowRef<Conflict | null>(null)
  // One key for one intent: whoever clicks again after a lost answer does it once.
  let key = newKey()

  const draft = useDraft({
    key: { person: session.value?.person ?? '', register: declaration.name, entry: entry.id, action: action.name },
    sealed: declaration.sealed, lines: [...own, ...paper], values, words, fresh,
  })

  function paperPart(): Doing {
    const text = (name: string): string => String(values[`paper/${name}`] ?? '')
    return { paper: { signer: text('signer'), signed_on: text('signed_on'), words: text('words'), scan: text('scan') } }
  }

  function body(): Doing {
    const inputs: Values = changedValues(own, 'inputs', values, based.value)
    if (action.returns) inputs.to = to.value
    const written = words.value.trim()
    return {
      ...(isLaterSigner(offer) ? {} : { fields: changedValues(own, 'fields', values, based.value), inputs }),
      ...(offer.post === null ? {} : { post: offer.post }),
      ...(onPaper.value ? paperPart() : action.signatures.length > 0 && written !== '' ? { words: written } : {}),
    }
  }

  async function refused(found: Problem): Promise<void> {
    problem.value = found
    if (found.code !== 'client.unreachable' && found.status !== 503) key = newKey()
    if (found.status !== 412) return
    const now = await loadEntry(declaration.name, entry.id)
    conflict.value = { seen: based.value, now, ...mergeOf(own, values, based.value, now) }
  }

  async function submit(): Promise<Entry | null> {
    busy.value = true
    problem.value = null
    try {
      const { data } = await act(declaration.name, entry.id, action.name, body(), { revision: based.value.revision, key })
      draft.drop()
      return data
    } catch (failure) {
      await refused(problemOf(failure))
      return null
    } finally {
      busy.value = false
    }
  }

  function goOn(mine: readonly string[]): void {
    if (!conflict.value) return
    const { now, taken, clashes } = conflict.value
    Object.assign(values, taken)
    for (const { field } of clashes) if (!mine.includes(field.name)) values[`fields/${field.name}`] = now.fields[field.name] ?? null
    based.value = now
    conflict.value = null
    problem.value = null
  }

  const elsewhere = computed(() => {
    const shown = new Set(['/inputs/to', ...lines.value.map(({ part, field }) => `/${part}/${field.name}`)])
    return (problem.value?.errors ?? []).flatMap(({ pointer, detail }) => {
      const [, part = '', name = ''] = pointer.split('/')
      if (shown.has(`/${part}/${name}`)) return []
      const field = declaration.fields.find((one) => one.name === name)
      return [field ? t('entry.fault_of', { field: textOf(field.title, name), text: faultText(detail, field) }) : detail]
    })
  })

  return {
    lines, values, words, to, onPaper, submit, goOn, elsewhere,
    busy: shallowReadonly(busy),
    problem: shallowReadonly(problem),
    conflict: shallowReadonly(conflict),
    restoredAt: draft.restoredAt, keeps: draft.keeps, discard: draft.discard, discarded: draft.discarded, restore: draft.restore,
    faultsOf: (part, name) => problem.value?.at(`/${part}/${name}`).map((one) => one.detail) ?? [],
  }
}

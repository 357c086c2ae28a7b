// What is typed into a form is kept as a draft, comes back when the form is opened again, and can be thrown away and brought back.

import { computed, type ComputedRef, nextTick, type Reactive, type Ref, shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import type { Value } from '@/api/types'
import { dropDraft, type DraftKey, findDraft, keepDraft } from '@/state/drafts'

import type { FormLine } from './action_form'

export interface Drafted {
  /** When the draft that was found had been kept; null: none was found. */
  restoredAt: Readonly<ShallowRef<number | null>>
  /** Whether what is typed is kept; false: this machine has no room. */
  keeps: Readonly<ShallowRef<boolean>>
  discard: () => void
  /** Whether a draft was thrown away since; `restore` brings it back. */
  discarded: ComputedRef<boolean>
  restore: () => void
  /** The form was handed in. */
  drop: () => void
}

export interface DraftSubject {
  key: DraftKey
  /** A sealed register keeps nothing here. */
  sealed: boolean
  /** Sealed fields are left out. */
  lines: readonly FormLine[]
  values: Reactive<Record<string, Value>>
  words: Ref<string>
  /** The form before anything was typed. */
  fresh: () => Record<string, Value>
}

export function useDraft({ key, sealed, lines, values, words, fresh }: DraftSubject): Drafted {
  const restoredAt = shallowRef<number | null>(null)
  const keeps = shallowRef(true)
  const thrown = shallowRef<{ values: Record<string, Value>; words: string } | null>(null)
  const names = lines.filter((one) => !one.field.sealed).map(({ part, field }) => `${part}/${field.name}`)
  const kept = (): Record<string, Value> => Object.fromEntries(names.map((name) => [name, values[name] ?? null]))

  if (!sealed) {
    const draft = findDraft(key)
    if (draft) {
      for (const name of names) if (name in draft.values) values[name] = draft.values[name] ?? null
      words.value = draft.words
      restoredAt.value = draft.at
    }
    watch([values, words], () => (keeps.value = keepDraft(key, { values: kept(), words: words.value })), { deep: true })
  }

  function restore(): void {
    Object.assign(values, thrown.value?.values ?? {})
    words.value = thrown.value?.words ?? ''
    thrown.value = null
  }

  function discard(): void {
    thrown.value = { values: { ...values }, words: words.value }
    Object.assign(values, fresh())
    words.value = ''
    restoredAt.value = null
    // After the watcher has seen it.
    void nextTick(() => dropDraft(key))
  }

  return {
    restoredAt: shallowReadonly(restoredAt), keeps: shallowReadonly(keeps), discard, restore,
    discarded: computed(() => thrown.value !== null), drop: () => dropDraft(key),
  }
}

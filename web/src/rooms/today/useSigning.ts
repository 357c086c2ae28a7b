// One paper before its signer: the claim, its evidence, sign it or send it back.

import { computed, type ComputedRef, shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { newKey } from '@/api/client'
import type { DeskEntry } from '@/api/desk'
import { act, type Doing, loadEntry, loadHistory } from '@/api/entries'
import { problemOf, type Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Action, Declaration, Entry, Field, History, ListRow, Offer } from '@/api/types'
import { ensureDeclaration } from '@/state/registers'

export interface Signing {
  declaration: Readonly<ShallowRef<Declaration | null>>
  entry: Readonly<ShallowRef<Entry | null>>
  history: Readonly<ShallowRef<History | null>>
  evidence: Readonly<ShallowRef<ListRow[]>>
  /** What was written last before it came to the signer. */
  claims: ComputedRef<Field[]>
  /** The other fields that say something; files stand apart. */
  others: ComputedRef<Field[]>
  /** Names of fields that hold a file, with its hash. */
  papers: ComputedRef<string[]>
  /** What is signed without filling anything in. */
  signs: ComputedRef<{ action: Action; offer: Offer }[]>
  back: ComputedRef<{ action: Action; offer: Offer } | null>
  /** The state before this one: where it goes back to. */
  earlier: ComputedRef<string>
  problem: Readonly<ShallowRef<Problem | null>>
  busy: Readonly<ShallowRef<boolean>>
  load: () => Promise<void>
  sign: (one: { action: Action; offer: Offer }, words: string) => Promise<boolean>
  sendBack: (reason: string) => Promise<boolean>
}

export function useSigning(of: () => DeskEntry): Signing {
  const declaration = shallowRef<Declaration | null>(null)
  const entry = shallowRef<Entry | null>(null)
  const history = shallowRef<History | null>(null)
  const evidence = shallowRef<ListRow[]>([])
  const problem = shallowRef<Problem | null>(null)
  const busy = shallowRef(false)
  let key = newKey()

  async function guarded(work: () => Promise<void>): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (failure) {
      problem.value = problemOf(failure)
      if (problem.value.code !== 'client.unreachable' && problem.value.code !== 'signature.second_factor') key = newKey()
      return false
    } finally {
      busy.value = false
    }
  }

  async function load(): Promise<void> {
    await guarded(async () => {
      const { register, id } = of()
      const filter = register === 'measure' ? { measure: id } : register === 'finding' ? { finding: id } : null
      const [declared, found, told, papers] = await Promise.all([
        ensureDeclaration(register), loadEntry(register, id), loadHistory(register, id),
        filter ? listEntries('evidence', { ...filter, limit: 50 }).then((one) => one.entries) : Promise.resolve([]),
      ])
      declaration.value = declared
      entry.value = found
      history.value = told
      evidence.value = papers
    })
  }

  const offers = computed(() =>
    (entry.value?.actions ?? []).flatMap((offer) => {
      const action = declaration.value?.actions.find((one) => one.name === offer.name)
      return action ? [{ action, offer }] : []
    }),
  )
  const said = computed(() => (declaration.value?.fields ?? []).filter((one) => one.type !== 'file' && one.type !== 'rows' && saysSomething(entry.value, one.name)))
  const claimed = computed(() => lastWritten(history.value, new Set(said.value.filter((one) => one.set_by === 'person').map((one) => one.name))))
  const back = computed(() => offers.value.find((one) => one.action.returns) ?? null)
  const earlier = computed(() => {
    const states = (history.value?.records ?? []).flatMap((one) => (one.hidden ? [] : [one.state_before])).filter((one) => one !== null)
    return [...states].reverse().find((one) => one !== '' && one !== entry.value?.state) ?? ''
  })

  async function take(action: string, body: Doing): Promise<boolean> {
    return await guarded(async () => {
      if (!entry.value) return
      await act(of().register, entry.value.id, action, body, { revision: entry.value.revision, key })
      key = newKey()
    })
  }

  const postOf = (offer: Offer): { post?: string } => (offer.post === null ? {} : { post: offer.post })

  return {
    declaration: shallowReadonly(declaration), entry: shallowReadonly(entry), history: shallowReadonly(history), evidence: shallowReadonly(evidence),
    claims: computed(() => said.value.filter((one) => claimed.value.has(one.name))),
    others: computed(() => said.value.filter((one) => !claimed.value.has(one.name))),
    papers: computed(() => (declaration.value?.fields ?? []).filter((one) => one.type === 'file').flatMap((one) => {
      const hash = entry.value?.fields[one.name]
      return typeof hash === 'string' ? [hash] : []
    })),
    signs: computed(() => offers.value.filter(({ action }) => action.signatures.length > 0 && action.fields.length === 0 && action.inputs.every((one) => !one.required))),
    back, earlier, problem: shallowReadonly(problem), busy: shallowReadonly(busy), load,
    sign: ({ action, offer }, words) => take(action.name, { ...postOf(offer), ...(words === '' ? {} : { words }) }),
    sendBack: (reason) => (back.value ? take(back.value.action.name, { ...postOf(back.value.offer), inputs: { to: earlier.value, reason } }) : Promise.resolve(false)),
  }
}

/** The fields that the newest record with changes of a person wrote. */
export function lastWritten(history: History | null, names: ReadonlySet<string>): ReadonlySet<string> {
  const records = [...(history?.records ?? [])].reverse()
  for (const one of records) {
    const written = one.hidden ? [] : one.changes.map((change) => change.field).filter((name) => names.has(name))
    if (written.length > 0) return new Set(written)
  }
  return new Set()
}

function saysSomething(entry: Entry | null, name: string): boolean {
  const value = entry?.fields[name]
  return value !== null && value !== undefined && value !== false && !name.startsWith('span_') && !(Array.isArray(value) && value.length === 0)
}

// One paper before its signer: the claim, its evidence, sign it or send it back.

import { computed, type ComputedRef, type ShallowRef } from 'vue'

import type { DeskEntry } from '@/api/desk'
import { act, type Doing, loadEntry, loadHistory } from '@/api/entries'
import type { Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { Action, Declaration, Entry, Field, History, ListRow, Offer } from '@/api/types'
import { useLoad } from '@/state/load'
import { ensureDeclaration } from '@/state/registers'
import { useWork } from '@/state/work'

export interface Signing {
  declaration: ComputedRef<Declaration | null>
  entry: ComputedRef<Entry | null>
  evidence: ComputedRef<ListRow[]>
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
  problem: ComputedRef<Problem | null>
  busy: Readonly<ShallowRef<boolean>>
  sign: (one: { action: Action; offer: Offer }, words: string) => Promise<boolean>
  sendBack: (reason: string) => Promise<boolean>
}

export function useSigning(of: () => DeskEntry): Signing {
  const { data, problem: unread } = useLoad(async (signal) => {
    const { register, id } = of()
    const filter = register === 'measure' ? { measure: id } : register === 'finding' ? { finding: id } : null
    const [declaration, entry, history, evidence] = await Promise.all([
      ensureDeclaration(register), loadEntry(register, id, signal), loadHistory(register, id, signal),
      filter ? listEntries('evidence', { ...filter, limit: 50 }, signal).then((one) => one.entries) : Promise.resolve([]),
    ])
    return { declaration, entry, history, evidence }
  }, { of: [() => of().id] })
  const declaration = computed(() => data.value?.declaration ?? null)
  const entry = computed(() => data.value?.entry ?? null)
  const history = computed(() => data.value?.history ?? null)
  const { busy, problem: refusal, work } = useWork()

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
    const now = entry.value
    if (!now) return false
    return (await work((key) => act(of().register, now.id, action, body, { revision: now.revision, key: key() }))) !== null
  }

  const postOf = (offer: Offer): { post?: string } => (offer.post === null ? {} : { post: offer.post })

  return {
    declaration, entry, evidence: computed(() => data.value?.evidence ?? []),
    claims: computed(() => said.value.filter((one) => claimed.value.has(one.name))),
    others: computed(() => said.value.filter((one) => !claimed.value.has(one.name))),
    papers: computed(() => (declaration.value?.fields ?? []).filter((one) => one.type === 'file').flatMap((one) => {
      const hash = entry.value?.fields[one.name]
      return typeof hash === 'string' ? [hash] : []
    })),
    signs: computed(() => offers.value.filter(({ action }) => action.signatures.length > 0 && action.fields.length === 0 && action.inputs.every((one) => !one.required))),
    back, earlier, problem: computed(() => refusal.value ?? unread.value), busy,
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

// A report of progress: what was done and the node it finishes; nothing else is typed (P03).

import { shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { newKey } from '@/api/client'
import type { DeskEntry } from '@/api/desk'
import { act, loadEntry, loadEntryFile } from '@/api/entries'
import { uploadFile } from '@/api/files'
import type { Problem } from '@/api/problem'
import { listEntries } from '@/api/registers'
import type { ListRow } from '@/api/types'
import { ensureDeclaration } from '@/state/registers'
import { onLeave } from '@/state/session'
import { useWork } from '@/state/work'

export interface Picked {
  evidence: string
  text: string
}

export interface Progress {
  nodes: Readonly<ShallowRef<ListRow[]>>
  /** Evidence of this unit that is there already. */
  papers: Readonly<ShallowRef<ListRow[]>>
  /** The report may say what is to be settled above. */
  asksAbove: Readonly<ShallowRef<boolean>>
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  prepare: () => Promise<void>
  /** Whether it is done. */
  report: (done: string, node: string, proof: string | null, difficulty: string) => Promise<boolean>
  /** The hash of a paper that is there, so that it can be claimed again: the house keeps it once. */
  pick: (evidence: string) => Promise<string | null>
}

const hashes = new Map<string, string>()
onLeave(() => hashes.clear())

export function useProgress(entry: () => DeskEntry): Progress {
  const nodes = shallowRef<ListRow[]>([])
  const papers = shallowRef<ListRow[]>([])
  const asksAbove = shallowRef(false)
  const { busy, problem, work } = useWork()

  async function prepare(): Promise<void> {
    await work(async () => {
      const measure = entry().register === 'measure'
      const [declared, open, filed] = await Promise.all([
        ensureDeclaration(entry().register),
        measure ? listEntries('node', { measure: entry().id, state: 'planned', limit: 50 }).then((one) => one.entries) : Promise.resolve([]),
        listEntries('evidence', { unit: entry().unit, state: 'filed', limit: 50 }).then((one) => one.entries),
      ])
      asksAbove.value = declared.actions.some((one) => one.name === 'report' && one.inputs.some((input) => input.name === 'difficulty'))
      nodes.value = open
      papers.value = filed
    })
  }

  const pick = (evidence: string): Promise<string | null> =>
    work(async () => {
      const known = hashes.get(evidence)
      if (known) return known
      const found = await loadEntry('evidence', evidence)
      const hash = found.fields.paper
      if (typeof hash !== 'string') return null
      const label = found.labels[hash]
      const bytes = await loadEntryFile('evidence', evidence, hash)
      const sent = await uploadFile(new File([bytes], label?.kind === 'file' ? label.text : found.title))
      hashes.set(evidence, sent.hash)
      return sent.hash
    })

  async function report(done: string, node: string, proof: string | null, difficulty: string): Promise<boolean> {
    const reported = await work(async (key) => {
      const { register, id, revision } = entry()
      const inputs = { done, ...(proof === null ? {} : { proof }), ...(difficulty === '' ? {} : { difficulty }) }
      await act(register, id, 'report', { inputs }, { revision, key: key() })
      const finished = nodes.value.find((one) => one.id === node)
      if (finished) await act('node', node, 'finish', { fields: { done, ...(proof === null ? {} : { proof }) } }, { revision: finished.revision, key: newKey() })
      return true
    })
    return reported ?? false
  }

  return {
    nodes: shallowReadonly(nodes), papers: shallowReadonly(papers), asksAbove: shallowReadonly(asksAbove), busy, problem, prepare, report, pick,
  }
}

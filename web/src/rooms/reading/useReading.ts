// One document on its way in: sent, read, corrected with undo, confirmed. Nothing is kept of it before it is confirmed.

import { computed, type ComputedRef, shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { uploadFile } from '@/api/files'
import type { Problem } from '@/api/problem'
import { type EnteredEntry, enterReading, type Proposal, proposeReading, readDocument, type ReadDocument } from '@/api/readings'
import { useWork } from '@/state/work'

import { type Tree, proposalOf, treeOf } from './proposal_tree'

export interface Reading {
  read: Readonly<ShallowRef<ReadDocument | null>>
  proposal: Readonly<ShallowRef<Proposal | null>>
  tree: Readonly<ShallowRef<Tree | null>>
  entered: Readonly<ShallowRef<EnteredEntry[] | null>>
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  canUndo: ComputedRef<boolean>
  take: (file: File) => Promise<void>
  change: (fresh: Tree) => void
  undo: () => void
  retitle: (heading: string) => void
  confirm: (unit: string | null, decision: string | null) => Promise<void>
  startAgain: () => void
}

const undoMax = 200

/** The proposal with the hash of the document itself, so that its reader can show it later. */
function withPaper(proposal: Proposal, hash: string): Proposal {
  if (proposal.kind === 'notice') return { ...proposal, paper: hash }
  return { ...proposal, inspection: { ...proposal.inspection, paper: hash } }
}

export function useReading(): Reading {
  const read = shallowRef<ReadDocument | null>(null)
  const proposal = shallowRef<Proposal | null>(null)
  const tree = shallowRef<Tree | null>(null)
  const before = shallowRef<readonly Tree[]>([])
  const entered = shallowRef<EnteredEntry[] | null>(null)
  const { busy, problem, work, clear } = useWork()
  let document: File | null = null

  async function take(file: File): Promise<void> {
    await work(async () => {
      // One after the other: what bears a secrecy mark is refused before anything else is asked.
      const said = await readDocument(file)
      const proposed = await proposeReading(file)
      document = file
      read.value = said
      proposal.value = proposed
      tree.value = treeOf(proposed)
      before.value = []
    })
  }

  function change(fresh: Tree): void {
    if (!tree.value || fresh === tree.value) return
    before.value = [...before.value.slice(1 - undoMax), tree.value]
    tree.value = fresh
  }

  function undo(): void {
    const last = before.value[before.value.length - 1]
    if (!last) return
    before.value = before.value.slice(0, -1)
    tree.value = last
  }

  function retitle(heading: string): void {
    const now = proposal.value
    if (now?.kind === 'notice') proposal.value = { ...now, heading }
    else if (now) proposal.value = { ...now, inspection: { ...now.inspection, heading } }
  }

  async function confirm(unit: string | null, decision: string | null): Promise<void> {
    await work(async () => {
      if (!proposal.value || !tree.value || !document) return
      const kept = await uploadFile(document)
      const sent = proposalOf(withPaper(proposal.value, kept.hash), tree.value)
      entered.value = await enterReading({ proposal: sent, unit, decision })
    })
  }

  function startAgain(): void {
    for (const one of [read, proposal, tree, entered]) one.value = null
    clear()
    before.value = []
    document = null
  }

  return {
    read: shallowReadonly(read), proposal: shallowReadonly(proposal), tree: shallowReadonly(tree), entered: shallowReadonly(entered),
    busy, problem, canUndo: computed(() => before.value.length > 0),
    take, change, undo, retitle, confirm, startAgain,
  }
}

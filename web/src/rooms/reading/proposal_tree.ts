// The tree that was read, as a person corrects it: retype, move, split, merge, leave out. Every change makes a new
// tree, so that undo is the tree before. A notice and a feedback are the same tree, of one level more or less.

import type { NoticeProposal, Proposal, ProposedItem, Span } from '@/api/readings'

import { bytesOf } from './document_text'

export interface Leaf {
  key: string
  marker: string
  heading: string
  sentence: string
  area: string
  span: Span
}

export interface Branch {
  key: string
  part: string
  area: string
  marker: string
  heading: string
  span: Span
  leaves: readonly Leaf[]
}

export interface Tree {
  kind: Proposal['kind']
  branches: readonly Branch[]
}

export interface Place {
  branch: number
  leaf: number
}

const headingMax = 120

/** The first sentence, at the length the server cuts it to. */
export function headingOf(sentence: string): string {
  const first = sentence.split('\u3002')[0] ?? sentence
  return [...first].slice(0, headingMax).join('')
}

const leafKey = (span: Span): string => `leaf-${span[0]}-${span[1]}`

export function treeOf(proposal: Proposal): Tree {
  if (proposal.kind === 'feedback') {
    const leaves = proposal.problems.map((one): Leaf => ({
      key: leafKey(one.span), marker: one.own_no ?? '', heading: one.gist, sentence: one.words, area: one.area ?? '', span: one.span,
    }))
    return { kind: 'feedback', branches: [{ key: 'all', part: '', area: '', marker: '', heading: '', span: [0, 0], leaves }] }
  }
  return {
    kind: 'notice',
    branches: proposal.items.map((item): Branch => ({
      key: `branch-${item.span[0]}`, part: item.part, area: item.area, marker: item.marker, heading: item.heading, span: item.span,
      leaves: item.measures.map((one): Leaf => ({ ...one, key: leafKey(one.span), area: '' })),
    })),
  }
}

/** The proposal with what the tree now says; all else as it came. */
export function proposalOf(original: Proposal, tree: Tree): Proposal {
  const leaves = tree.branches.flatMap((one) => one.leaves)
  if (original.kind === 'feedback') {
    const problems = leaves.map((one) => ({
      own_no: one.marker === '' ? null : one.marker, area: one.area === '' ? null : one.area, gist: one.heading, words: one.sentence, span: one.span,
    }))
    return { ...original, problems }
  }
  const items = tree.branches.map(({ leaves: measures, key: _, ...item }): ProposedItem => ({
    ...item, measures: measures.map(({ marker, heading, sentence, span }) => ({ marker, heading, sentence, span })),
  }))
  return { ...original, items } satisfies NoticeProposal
}

export function countLeaves(tree: Tree): number {
  return tree.branches.reduce((sum, one) => sum + one.leaves.length, 0)
}

function withLeaves(tree: Tree, branch: number, change: (leaves: readonly Leaf[]) => readonly Leaf[]): Tree {
  return { ...tree, branches: tree.branches.map((one, at) => (at === branch ? { ...one, leaves: change(one.leaves) } : one)) }
}

export function retypeBranch(tree: Tree, branch: number, heading: string): Tree {
  return { ...tree, branches: tree.branches.map((one, at) => (at === branch ? { ...one, heading } : one)) }
}

export function retypeLeaf(tree: Tree, place: Place, changed: Partial<Pick<Leaf, 'marker' | 'heading' | 'sentence'>>): Tree {
  return withLeaves(tree, place.branch, (leaves) => leaves.map((one, at) => (at === place.leaf ? { ...one, ...changed } : one)))
}

export function removeLeaf(tree: Tree, place: Place): Tree {
  return withLeaves(tree, place.branch, (leaves) => leaves.filter((_, at) => at !== place.leaf))
}

/** Takes a leaf out of its place and puts it before `to.leaf` of the branch `to.branch`, as counted before the move. */
export function moveLeaf(tree: Tree, from: Place, to: Place): Tree {
  const moved = tree.branches[from.branch]?.leaves[from.leaf]
  if (!moved || !tree.branches[to.branch]) return tree
  const without = removeLeaf(tree, from)
  const shift = from.branch === to.branch && from.leaf < to.leaf ? 1 : 0
  return withLeaves(without, to.branch, (leaves) => [...leaves.slice(0, to.leaf - shift), moved, ...leaves.slice(to.leaf - shift)])
}

/** One step up or down, over the border of a branch into the next. */
export function stepLeaf(tree: Tree, from: Place, by: 1 | -1): { tree: Tree; place: Place } {
  const last = (tree.branches[from.branch]?.leaves.length ?? 0) - 1
  const wanted = from.leaf + by
  if (wanted >= 0 && wanted <= last) {
    return { tree: moveLeaf(tree, from, { branch: from.branch, leaf: by === 1 ? wanted + 1 : wanted }), place: { branch: from.branch, leaf: wanted } }
  }
  const branch = from.branch + by
  const other = tree.branches[branch]
  if (!other) return { tree, place: from }
  const place = { branch, leaf: by === 1 ? 0 : other.leaves.length }
  return { tree: moveLeaf(tree, from, place), place }
}

/** Cuts the sentence before character `at`. The place in the text is cut as well where the words are the text's own. */
export function splitLeaf(tree: Tree, place: Place, at: number): Tree {
  const leaf = tree.branches[place.branch]?.leaves[place.leaf]
  const first = leaf?.sentence.slice(0, at).trim() ?? ''
  const rest = leaf?.sentence.slice(at).trim() ?? ''
  if (!leaf || first === '' || rest === '') return tree
  const exact = bytesOf(leaf.marker + leaf.sentence) === leaf.span[1] - leaf.span[0]
  const cut = exact ? leaf.span[0] + bytesOf(leaf.marker + leaf.sentence.slice(0, at)) : leaf.span[1]
  const begin: Leaf = { ...leaf, sentence: first, heading: headingOf(first), span: [leaf.span[0], cut] }
  const span: Span = exact ? [cut, leaf.span[1]] : leaf.span
  const end: Leaf = { ...leaf, key: `${leaf.key}-${at}`, marker: '', sentence: rest, heading: headingOf(rest), span }
  return withLeaves(tree, place.branch, (leaves) => leaves.flatMap((one, other) => (other === place.leaf ? [begin, end] : [one])))
}

/** Joins a leaf to the one before it in the same branch. */
export function mergeLeaf(tree: Tree, place: Place): Tree {
  const leaves = tree.branches[place.branch]?.leaves ?? []
  const before = leaves[place.leaf - 1]
  const leaf = leaves[place.leaf]
  if (!before || !leaf) return tree
  const span: Span = [Math.min(before.span[0], leaf.span[0]), Math.max(before.span[1], leaf.span[1])]
  const joined: Leaf = { ...before, sentence: before.sentence + leaf.marker + leaf.sentence, span }
  return withLeaves(tree, place.branch, (all) => all.flatMap((one, at) => (at === place.leaf ? [] : at === place.leaf - 1 ? [joined] : [one])))
}

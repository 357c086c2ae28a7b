import { describe, expect, it } from 'vitest'

import type { FeedbackProposal, NoticeProposal } from '@/api/readings'

import { bytesOf } from './document_text'
import {
  countLeaves, headingOf, mergeLeaf, moveLeaf, proposalOf, removeLeaf, retypeBranch, retypeLeaf, splitLeaf, stepLeaf, type Tree, treeOf,
} from './proposal_tree'

const measure = (marker: string, sentence: string, from: number) => ({
  marker, heading: headingOf(sentence), sentence, span: [from, from + bytesOf(marker + sentence)] as [number, number],
})
const notice: NoticeProposal = {
  kind: 'notice', heading: 'N', dated_on: null, paper: null, parts: 1, others: [],
  items: [
    { part: 'P', area: 'A', marker: '1.', heading: 'one', span: [0, 5], measures: [measure('一是', '甲。乙。', 10), measure('二是', '丙。', 40)] },
    { part: 'P', area: 'A', marker: '2.', heading: 'two', span: [60, 65], measures: [measure('一是', '丁。', 70)] },
  ],
}
const said = (tree: Tree): string[][] => tree.branches.map((one) => one.leaves.map((leaf) => leaf.sentence))

describe('the tree of a notice', () => {
  const tree = treeOf(notice)

  it('goes back to the proposal it came from', () => {
    expect(proposalOf(notice, tree)).toEqual(notice)
    expect(countLeaves(tree)).toBe(3)
  })

  it('is retyped', () => {
    const changed = proposalOf(notice, retypeBranch(retypeLeaf(tree, { branch: 1, leaf: 0 }, { heading: 'new' }), 0, 'uno')) as NoticeProposal
    expect([changed.items[0]?.heading, changed.items[1]?.measures[0]?.heading]).toEqual(['uno', 'new'])
  })

  it('moves a leaf within a branch and into another', () => {
    expect(said(moveLeaf(tree, { branch: 0, leaf: 0 }, { branch: 0, leaf: 2 }))).toEqual([['丙。', '甲。乙。'], ['丁。']])
    expect(said(moveLeaf(tree, { branch: 0, leaf: 1 }, { branch: 1, leaf: 1 }))).toEqual([['甲。乙。'], ['丁。', '丙。']])
  })

  it('steps over the border of a branch, and stays at the ends', () => {
    const down = stepLeaf(tree, { branch: 0, leaf: 1 }, 1)
    expect(said(down.tree)).toEqual([['甲。乙。'], ['丙。', '丁。']])
    expect(down.place).toEqual({ branch: 1, leaf: 0 })
    expect(said(stepLeaf(down.tree, down.place, -1).tree)).toEqual(said(tree))
    expect(stepLeaf(tree, { branch: 0, leaf: 0 }, -1).tree).toBe(tree)
  })

  it('splits a sentence and its place, and merges it again', () => {
    const split = splitLeaf(tree, { branch: 0, leaf: 0 }, 2)
    expect(said(split)[0]).toEqual(['甲。', '乙。', '丙。'])
    expect(split.branches[0]?.leaves.map((one) => one.span).slice(0, 2)).toEqual([[10, 22], [22, 28]])
    expect(new Set(split.branches[0]?.leaves.map((one) => one.key)).size).toBe(3)
    expect(said(mergeLeaf(split, { branch: 0, leaf: 1 }))).toEqual(said(tree))
    expect(mergeLeaf(split, { branch: 0, leaf: 1 }).branches[0]?.leaves[0]?.span).toEqual([10, 28])
  })

  it('does not split off nothing', () => {
    expect(splitLeaf(tree, { branch: 0, leaf: 0 }, 0)).toBe(tree)
    expect(mergeLeaf(tree, { branch: 0, leaf: 0 })).toBe(tree)
  })

  it('leaves out', () => {
    expect(said(removeLeaf(tree, { branch: 0, leaf: 0 }))).toEqual([['丙。'], ['丁。']])
  })
})

it('is the same for a feedback, of one branch', () => {
  const feedback: FeedbackProposal = {
    kind: 'feedback', inspection: { heading: 'F' }, stated: 1, problems: [{ own_no: '1', area: null, gist: 'g', words: 'w', span: [1, 3] }],
  }
  expect(proposalOf(feedback, treeOf(feedback))).toEqual(feedback)
})

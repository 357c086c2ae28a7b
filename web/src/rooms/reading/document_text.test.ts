import { describe, expect, it } from 'vitest'

import { bytesOf, layOut, type Mark, placesOf, sentenceAround } from './document_text'

const text = '通报\n\n一、责任\n  一是组长负责。二是办3件。\n尾😀部'
const spanOf = (words: string): { from: number; to: number } => {
  const from = bytesOf(text.slice(0, text.indexOf(words)))
  return { from, to: from + bytesOf(words) }
}

describe('placesOf', () => {
  it('counts as UTF-8 does, also past the basic plane', () => {
    expect(bytesOf('a字😀')).toBe(8)
    expect([...placesOf('a字😀b', [0, 1, 4, 8, 9, 99])]).toEqual([[0, 0], [1, 1], [4, 2], [8, 4], [9, 5], [99, 5]])
    expect(placesOf('字', [1]).get(1)).toBe(0)
  })
})

describe('layOut', () => {
  const marks: Mark[] = [
    { ...spanOf('通报'), key: 'title', kind: 'title' },
    { ...spanOf('一、责任'), key: 'h', kind: 'heading', level: 1 },
    { ...spanOf('一是组长负责。'), key: 'm1', kind: 'statement' },
    { ...spanOf('二是办3件。'), key: 'm2', kind: 'statement' },
    { ...spanOf('3件'), key: 'q', kind: 'figure' },
  ]
  const paragraphs = layOut(text, marks)

  it('makes a paragraph of each line and of each heading, without blank ones', () => {
    expect(paragraphs.map((one) => [one.heading?.key ?? null, one.pieces.map((piece) => piece.text).join('')])).toEqual([
      ['title', '通报'], ['h', '一、责任'], [null, '一是组长负责。二是办3件。'], [null, '尾😀部'],
    ])
  })

  it('cuts at every mark, and each piece knows all that cover it', () => {
    expect(paragraphs[2]?.pieces.map((piece) => [piece.text, piece.marks.map((one) => one.key)])).toEqual([
      ['一是组长负责。', ['m1']], ['二是办', ['m2']], ['3件', ['m2', 'q']], ['。', ['m2']],
    ])
  })

  it('cuts a heading from the body that follows on its line', () => {
    const one = '1.标题。正文在此'
    const cut = layOut(one, [{ from: 0, to: bytesOf('1.标题'), key: 'h', kind: 'heading', level: 2 }])
    expect(cut.map((part) => part.pieces.map((piece) => piece.text).join(''))).toEqual(['1.标题。', '正文在此'])
  })
})

it('finds the sentence around a figure', () => {
  const { from, to } = spanOf('3件')
  expect(sentenceAround(text, from, to)).toBe('二是办3件。')
})

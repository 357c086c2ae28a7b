import { expect, it } from 'vitest'

import { sectionsOf } from './sections'

const layout = [
  { name: 'basics', title: { en: 'Basics' }, fields: ['kind', 'heading'], folded: false },
  { name: 'ending', title: { en: 'Ending' }, fields: ['reason'], folded: true },
]

it('keeps the order of the layout, and puts last what is in none', () => {
  const sections = sectionsOf({ layout }, ['heading', 'more', 'kind'], (one) => one)
  expect(sections.map((one) => [one.name, one.holds])).toEqual([['basics', ['kind', 'heading']], ['', ['more']]])
})

it('leaves out a section that holds none of them, and knows who has no place', () => {
  expect(sectionsOf({ layout }, ['reason'], (one) => one).map((one) => one.folded)).toEqual([true])
  expect(sectionsOf({ layout }, ['kind', 'heading'], () => null).map((one) => one.holds)).toEqual([['kind', 'heading']])
  expect(sectionsOf({ layout: [] }, ['kind'], (one) => one).map((one) => one.title)).toEqual([null])
})

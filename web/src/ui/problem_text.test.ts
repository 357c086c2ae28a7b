import { expect, it } from 'vitest'

import type { Field } from '@/api/types'

import { faultText } from './problem_text'

const field = { name: 'finish_by', title: { zh: '完成时限' } } as unknown as Field

it('says the title of a field where the server names it', () => {
  expect(faultText('此项必填。请填写“finish_by”。', field)).toBe('此项必填。请填写“完成时限”。')
})

it('leaves words alone that only hold the name', () => {
  expect(faultText('finish_by_all refinish_by', field)).toBe('finish_by_all refinish_by')
})

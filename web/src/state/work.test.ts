import { expect, it } from 'vitest'

import { Problem, unreachable } from '@/api/problem'

import { useWork } from './work'

it('is busy until it is answered', async () => {
  const { busy, work } = useWork()
  let answer: (text: string) => void = () => undefined
  const asked = work(() => new Promise<string>((resolve) => (answer = resolve)))
  expect(busy.value).toBe(true)
  answer('done')
  expect([await asked, busy.value]).toEqual(['done', false])
})

it('says what refused it, until it is done or cleared', async () => {
  const { busy, problem, work, clear } = useWork()
  const refuse = () => Promise.reject(new Problem(422, { code: 'x.y' }))
  expect([await work(refuse), problem.value?.code, busy.value]).toEqual([null, 'x.y', false])
  await work(() => Promise.resolve())
  expect(problem.value).toBeNull()
  await work(refuse)
  clear()
  expect(problem.value).toBeNull()
})

it('keeps the key after a lost answer, whatever else was asked meanwhile, and has a new one after every other', async () => {
  const { work } = useWork()
  const used: string[] = []
  const act = (failure: Problem | null) => work((key) => {
    used.push(key())
    return failure ? Promise.reject(failure) : Promise.resolve()
  })
  await act(unreachable())
  await work(() => Promise.resolve('something read'))
  await act(new Problem(503, { code: 'x.y' }))
  await act(new Problem(422, { code: 'x.y' }))
  await act(null)
  await act(null)
  expect([used[0] === used[1], used[1] === used[2], used[2] === used[3], used[3] === used[4]]).toEqual([true, true, false, false])
})

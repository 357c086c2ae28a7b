import { expect, it, vi } from 'vitest'

import { Problem } from '@/api/problem'

import { useLoad } from './load'

it('lets no late answer win', async () => {
  const answers: ((text: string) => void)[] = []
  const { data, load } = useLoad(() => new Promise<string>((resolve) => answers.push(resolve)))
  const second = load()
  answers[1]?.('second')
  await second
  answers[0]?.('first')
  await Promise.resolve()
  expect(data.value).toBe('second')
})

it('gives a refusal to the screen and keeps what was shown', async () => {
  const ask = vi.fn<() => Promise<string>>().mockResolvedValueOnce('shown').mockRejectedValueOnce(new Problem(403, { code: 'x.y' }))
  const { data, problem, load } = useLoad(ask)
  await vi.waitFor(() => expect(data.value).toBe('shown'))
  await load()
  expect([data.value, problem.value?.code]).toEqual(['shown', 'x.y'])
})

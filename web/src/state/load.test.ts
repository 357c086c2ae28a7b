import { effectScope, nextTick, ref } from 'vue'
import { expect, it, vi } from 'vitest'

import { Problem } from '@/api/problem'

import { type Ask, useLoad } from './load'

/** Questions that are answered by hand, in any order. */
function asking() {
  const asked: { signal: AbortSignal; answer: (text: string) => void; refuse: (failure: unknown) => void }[] = []
  const ask: Ask<string> = (signal) => new Promise((answer, refuse) => asked.push({ signal, answer, refuse }))
  return { asked, ask }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await nextTick()
}

it('lets no late answer win, and aborts its question', async () => {
  const { asked, ask } = asking()
  const { data, problem, load } = useLoad(ask)
  void load()
  expect(asked.map((one) => one.signal.aborted)).toEqual([true, false])
  asked[1]?.answer('second')
  await settled()
  asked[0]?.answer('first')
  await settled()
  expect([data.value, problem.value]).toEqual(['second', null])
})

it('lets no late refusal win', async () => {
  const { asked, ask } = asking()
  const { data, problem, load } = useLoad(ask)
  void load()
  asked[1]?.answer('second')
  asked[0]?.refuse(new DOMException('', 'AbortError'))
  await settled()
  expect([data.value, problem.value]).toEqual(['second', null])
})

it('gives a refusal to the screen and keeps what was shown', async () => {
  const ask = vi.fn<() => Promise<string>>().mockResolvedValueOnce('shown').mockRejectedValueOnce(new Problem(403, { code: 'x.y' }))
  const { data, problem, load } = useLoad(ask)
  await vi.waitFor(() => expect(data.value).toBe('shown'))
  await load()
  expect([data.value, problem.value?.code]).toEqual(['shown', 'x.y'])
})

it('shows nothing of what was asked about before, and what is asked again until the new answer', async () => {
  const { asked, ask } = asking()
  const [id, revision] = [ref('a'), ref(1)]
  const { data } = useLoad(ask, { of: [() => id.value], again: () => revision.value })
  asked[0]?.answer('a1')
  await settled()
  revision.value = 2
  await settled()
  expect([asked.length, data.value]).toEqual([2, 'a1'])
  asked[1]?.answer('a2')
  await settled()
  expect(data.value).toBe('a2')
  id.value = 'b'
  await settled()
  expect([asked.length, data.value]).toEqual([3, null])
})

it('shows a part while the rest is asked for, unless another question came', async () => {
  const shows: ((part: string) => void)[] = []
  const { data, load, take } = useLoad<string>((_, show) => {
    shows.push(show)
    return new Promise(() => undefined)
  })
  shows[0]?.('part')
  expect(data.value).toBe('part')
  void load()
  shows[0]?.('late')
  expect(data.value).toBe('part')
  take('known')
  expect(data.value).toBe('known')
})

it('tells the question what stands, of the same subject', async () => {
  const id = ref('a')
  const seen: (string | null)[] = []
  const { load } = useLoad<string>(async (_, __, before) => {
    seen.push(before)
    return id.value
  }, { of: [() => id.value] })
  await settled()
  await load()
  id.value = 'b'
  await settled()
  expect(seen).toEqual([null, 'a', null])
})

it('aborts what is asked when the screen is left, and shows nothing of it', async () => {
  const { asked, ask } = asking()
  const scope = effectScope()
  const { data, problem } = scope.run(() => useLoad(ask))!
  scope.stop()
  expect(asked[0]?.signal.aborted).toBe(true)
  asked[0]?.answer('late')
  await settled()
  expect([data.value, problem.value]).toEqual([null, null])
})

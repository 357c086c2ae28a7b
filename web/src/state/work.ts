// What a person does on a screen: busy until it is answered, and what refused it.
//
//     const { busy, problem, work } = useWork()
//     const done = await work((key) => act(register, id, 'issue', body, { revision, key: key() }))     // null: refused

import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'

import { newKey } from '@/api/client'
import { problemOf, type Problem } from '@/api/problem'

export interface Work {
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  /**
   * What `deed` answers; null when it was refused, and `problem` says why. `key()` is one key for one intent: whoever
   * presses again after a lost answer does it once.
   */
  work: <T>(deed: (key: () => string) => Promise<T>) => Promise<T | null>
  clear: () => void
}

/** Whether it was done is not known. */
const isLost = (problem: Problem | null): boolean => problem?.code === 'client.unreachable' || problem?.status === 503

export function useWork(): Work {
  const busy = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  let intent = newKey()

  async function work<T>(deed: (key: () => string) => Promise<T>): Promise<T | null> {
    let used = false
    const key = (): string => {
      used = true
      return intent
    }
    busy.value = true
    problem.value = null
    try {
      return await deed(key)
    } catch (failure) {
      problem.value = problemOf(failure)
      return null
    } finally {
      busy.value = false
      if (used && !isLost(problem.value)) intent = newKey()
    }
  }

  return { busy: shallowReadonly(busy), problem: shallowReadonly(problem), work, clear: () => (problem.value = null) }
}

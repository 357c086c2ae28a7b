// What a screen shows, asked for when it opens and after each change; the last question wins.

import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'

import { problemOf, type Problem } from '@/api/problem'

export interface Loaded<T> {
  data: Readonly<ShallowRef<T | null>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

export function useLoad<T>(ask: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null) as ShallowRef<T | null>
  const problem = shallowRef<Problem | null>(null)
  let asked = 0

  async function load(): Promise<void> {
    asked += 1
    const own = asked
    try {
      const found = await ask()
      if (own !== asked) return
      data.value = found
      problem.value = null
    } catch (failure) {
      if (own === asked) problem.value = problemOf(failure)
    }
  }

  void load()
  return { data: shallowReadonly(data), problem: shallowReadonly(problem), load }
}

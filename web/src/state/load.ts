// What a screen shows, asked for when it opens and after each change. The last question wins; one that is late is aborted.
//
//     const { data, problem, load } = useLoad((signal) => loadEntry(register(), id(), signal), { of: [register, id] })

import { getCurrentScope, onScopeDispose, type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'

import { problemOf, type Problem } from '@/api/problem'

export interface Loaded<T> {
  data: Readonly<ShallowRef<T | null>>
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
  /** What is known without asking: an action has answered it. */
  take: (known: T) => void
}

/** `show` shows what is there already, while the rest is still asked for; `before` is what stands now. */
export type Ask<T> = (signal: AbortSignal, show: (part: T) => void, before: T | null) => Promise<T>

export interface LoadOptions {
  /** What the question is about. When it changes, nothing is shown until the new answer. */
  of?: (() => unknown)[]
  /** Asked again when it changes; until then the answer before stands. */
  again?: () => unknown
}

export function useLoad<T>(ask: Ask<T>, { of = [], again }: LoadOptions = {}): Loaded<T> {
  const data = shallowRef<T | null>(null) as ShallowRef<T | null>
  const problem = shallowRef<Problem | null>(null)
  let control = new AbortController()

  function take(known: T): void {
    data.value = known
    problem.value = null
  }

  async function load(): Promise<void> {
    control.abort()
    const mine = new AbortController()
    control = mine
    const show = (found: T): void => {
      if (!mine.signal.aborted) take(found)
    }
    try {
      show(await ask(mine.signal, show, data.value))
    } catch (failure) {
      if (!mine.signal.aborted) problem.value = problemOf(failure)
    }
  }

  function start(): void {
    data.value = null
    problem.value = null
    void load()
  }

  watch([...of, () => again?.()], (now, before) => {
    if (of.some((_, place) => now[place] !== before[place])) start()
    else void load()
  })
  if (getCurrentScope()) onScopeDispose(() => control.abort())
  void load()
  return { data: shallowReadonly(data), problem: shallowReadonly(problem), load, take }
}

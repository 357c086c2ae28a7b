// A verification runs on the server, whoever asked for it and whoever looks: while one runs, its state is asked for again.
//
//     const { state, problem, begin } = useVerification()

import { getCurrentScope, onScopeDispose, type ShallowRef } from 'vue'

import { beginVerification, loadVerification, type VerificationState } from '@/api/administration'
import type { Problem } from '@/api/problem'
import { useLoad } from '@/state/load'

export const ASK_AGAIN_MS = 2000

export interface VerificationOnServer {
  state: Readonly<ShallowRef<VerificationState | null>>
  problem: Readonly<ShallowRef<Problem | null>>
  begin: () => Promise<void>
}

export function useVerification(): VerificationOnServer {
  let timer: ReturnType<typeof setTimeout> | null = null
  let begins = false
  let ended = false

  function cancel(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  const { data: state, problem, load } = useLoad(async () => {
    cancel()
    const found = await (begins ? beginVerification() : loadVerification())
    begins = false
    if (found.running_since !== null && !ended) timer = setTimeout(() => void load(), ASK_AGAIN_MS)
    return found
  })

  async function begin(): Promise<void> {
    begins = true
    await load()
    begins = false
  }

  if (getCurrentScope()) {
    onScopeDispose(() => {
      ended = true
      cancel()
    })
  }
  return { state, problem, begin }
}

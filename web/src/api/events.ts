// Server-sent events (api.md, section 11): which register has changed, nothing else.

import { base } from './client'

export interface RegisterChange {
  register: string
  position: number
}

/** Listens until the function it returns is called. The browser connects again by itself. */
export function listen(onChange: (change: RegisterChange) => void): () => void {
  const source = new EventSource(`${base}/events`)
  source.addEventListener('register', (event: MessageEvent<string>) => {
    onChange(JSON.parse(event.data) as RegisterChange)
  })
  return () => source.close()
}

import { expect, it } from 'vitest'

import type { Session, Standing } from '@/api/types'

import { linksFor, rooms, startFor } from './rooms'

const session = (...roles: string[]): Session =>
  ({ standings: roles.map((role) => ({ role, outside: false }) as Standing), administrator: [] as string[] }) as unknown as Session

it('puts the first screen of each role first, and all registers after the daily rooms', () => {
  for (const roles of [['clerk'], ['reviewer'], ['principal'], ['leader', 'head'], ['inspector']]) {
    const links = linksFor(session(...roles), 'desk').map((one) => one.to)
    expect(links[0]).toBe(startFor(session(...roles)))
    expect(links[links.length - 1]).toBe('/registers')
    expect(new Set(links).size).toBe(links.length)
  }
})

it('binds each letter after g once', () => {
  const keys = rooms.flatMap((room) => room.links?.(session('principal', 'reviewer', 'inspector', 'clerk')) ?? []).flatMap((one) => one.key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
  // `g h` goes home (app/AppShell.vue).
  expect(keys).not.toContain('h')
})

// The rooms there are: every rooms/<room>/room.ts exports `room`. Nothing is to be listed here.

import type { Session } from '@/api/types'
import type { Room, RoomLink } from '@/state/room'

const found = import.meta.glob<{ room: Room }>('../rooms/*/room.ts', { eager: true })

const lastOrder = 90

export const rooms: Room[] = Object.values(found).map((one) => one.room)

/** The person's first screen stands first, then what is used daily; within one order as the rooms give them. */
export function linksFor(session: Session, place: RoomLink['place']): RoomLink[] {
  const start = startFor(session)
  const rank = (link: RoomLink): number => (link.to === start ? -1 : (link.order ?? lastOrder))
  return rooms.flatMap((room) => room.links?.(session) ?? []).filter((link) => link.place === place).sort((one, other) => rank(one) - rank(other))
}

/** The first screen of a person. */
export function startFor(session: Session): string {
  const starts = rooms.map((room) => room.start?.(session) ?? null).filter((one) => one !== null)
  starts.sort((a, b) => b.rank - a.rank)
  return starts[0]?.to ?? '/registers'
}

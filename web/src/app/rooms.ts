// The rooms there are: every rooms/<room>/room.ts exports `room`. Nothing is to be listed here.

import type { Session } from '@/api/types'
import type { Room, RoomLink } from '@/state/room'

const found = import.meta.glob<{ room: Room }>('../rooms/*/room.ts', { eager: true })

export const rooms: Room[] = Object.values(found).map((one) => one.room)

export function linksFor(session: Session, place: RoomLink['place']): RoomLink[] {
  return rooms.flatMap((room) => room.links?.(session) ?? []).filter((link) => link.place === place)
}

/** The first screen of a person. */
export function startFor(session: Session): string {
  const starts = rooms.map((room) => room.start?.(session) ?? null).filter((one) => one !== null)
  starts.sort((a, b) => b.rank - a.rank)
  return starts[0]?.to ?? '/registers'
}

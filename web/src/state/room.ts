// What a room of the application says of itself, in rooms/<room>/room.ts; app/rooms.ts finds it there.

import type { RouteRecordRaw } from 'vue-router'

import type { MessageKey } from '@/locales'

import type { Session } from '@/api/types'

export interface RoomLink {
  to: string
  text: MessageKey
  /** Where it stands in the navigation: above the registers, or below. */
  place: 'desk' | 'house'
  /** Daily work comes before what is looked up: 10 what waits, 20 meetings, 30 documents, 40 figures, 90 all registers. */
  order?: number
  /** The letter after `g`. */
  key?: string
}

export interface Room {
  name: string
  /** Components are imported when opened: `component: () => import('./LedgerPage.vue')`. */
  routes: RouteRecordRaw[]
  /** Links that this person sees in the navigation. */
  links?: (session: Session) => RoomLink[]
  /** The first screen of this person, if this room has it; the highest rank wins. */
  start?: (session: Session) => { to: string; rank: number } | null
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Title of the window. */
    title?: MessageKey
    /** Reached without a session. */
    open?: boolean
    /** Shown without navigation and top bar. */
    bare?: boolean
  }
}

// First screens by role (P20, P21): rank says whose comes first when somebody holds several posts.
import type { Session } from '@/api/types'
import type { Room, RoomLink } from '@/state/room'
import { worksWithRegisters } from '@/state/session'

const holds = (session: Session, ...roles: string[]): boolean => session.standings.some((one) => roles.includes(one.role))
const leads = (session: Session): boolean => holds(session, 'principal', 'leader')
const inspects = (session: Session): boolean => session.standings.some((one) => one.outside) || holds(session, 'inspector')
const coordinates = (session: Session): boolean => holds(session, 'reviewer', 'principal', 'leader', 'discipline', 'personnel', 'observer', 'head', 'clerk')

export const room: Room = {
  name: 'today',
  routes: [
    { path: '/today', component: () => import('./TodayPage.vue'), meta: { title: 'today.title' } },
    { path: '/page', component: () => import('./LeaderPage.vue'), meta: { title: 'today.page' } },
    { path: '/board', component: () => import('./BoardPage.vue'), meta: { title: 'today.board' } },
    { path: '/doubts', component: () => import('./DoubtsPage.vue'), meta: { title: 'today.doubts' } },
  ],
  links: (session) => {
    if (!worksWithRegisters(session)) return []
    const links: RoomLink[] = [{ to: '/today', text: 'today.title', place: 'desk', order: 10, key: 't' }]
    if (leads(session)) links.unshift({ to: '/page', text: 'today.page', place: 'desk', order: 10, key: 'p' })
    if (coordinates(session)) links.push({ to: '/board', text: 'today.board', place: 'desk', order: 10, key: 'b' })
    if (inspects(session) || holds(session, 'reviewer', 'principal', 'discipline')) links.push({ to: '/doubts', text: 'today.doubts', place: 'desk', order: 10, key: 'q' })
    return links
  },
  start: (session) => {
    if (!worksWithRegisters(session)) return null
    if (leads(session)) return { to: '/page', rank: 40 }
    if (inspects(session)) return { to: '/doubts', rank: 40 }
    return holds(session, 'reviewer') ? { to: '/board', rank: 30 } : { to: '/today', rank: 20 }
  },
}

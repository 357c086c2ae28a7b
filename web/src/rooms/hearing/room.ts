// Meetings as working papers: the agenda from the ledger, decisions as tasks (P27).
import type { Room } from '@/state/room'

const attending = ['clerk', 'head', 'reviewer', 'principal', 'leader', 'inspector']

export const room: Room = {
  name: 'hearing',
  routes: [
    { path: '/hearings', component: () => import('./HearingsPage.vue'), meta: { title: 'hearing.title' } },
    { path: '/hearings/:id', component: () => import('./HearingPage.vue'), meta: { title: 'hearing.paper' } },
  ],
  links: (session) => (session.standings.some((one) => attending.includes(one.role)) ? [{ to: '/hearings', text: 'hearing.title', place: 'desk', order: 20, key: 'k' }] : []),
}

import type { Room } from '@/state/room'
import { worksWithRegisters } from '@/state/session'

export const room: Room = {
  name: 'reading',
  routes: [
    { path: '/reading', component: () => import('./ReadingList.vue'), meta: { title: 'reading.title' } },
    { path: '/reading/new', component: () => import('./ReadingWizard.vue'), meta: { title: 'reading.read_one' } },
    { path: '/reading/:register(notice|inspection)/:id', component: () => import('./NoticePage.vue'), meta: { title: 'reading.title' } },
  ],
  links: (session) => (worksWithRegisters(session) ? [{ to: '/reading', text: 'reading.title', place: 'desk', order: 30, key: 'd' }] : []),
}

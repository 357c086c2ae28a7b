// Sheets signed with a pen on their way back in (P01).
import type { Room } from '@/state/room'
import { worksWithRegisters } from '@/state/session'

export const room: Room = {
  name: 'sheets',
  routes: [{ path: '/sheets', component: () => import('./SheetsPage.vue'), meta: { title: 'sheets.title' } }],
  links: (session) => (worksWithRegisters(session) && session.standings.some((one) => !one.outside) ? [{ to: '/sheets', text: 'sheets.title', place: 'desk', order: 25, key: 's' }] : []),
}

import type { Room } from '@/state/room'
import { worksWithRegisters } from '@/state/session'

export const room: Room = {
  name: 'ledger',
  routes: [
    { path: '/registers', component: () => import('./RegistersPage.vue'), meta: { title: 'ledger.registers' } },
    { path: '/ledger/:register', component: () => import('./LedgerPage.vue'), meta: { title: 'ledger.title' } },
  ],
  links: (session) => (worksWithRegisters(session) ? [{ to: '/registers', text: 'ledger.registers', place: 'desk', key: 'r' }] : []),
}

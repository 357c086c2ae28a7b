import type { Room } from '@/state/room'
import { worksWithRegisters } from '@/state/session'

export const room: Room = {
  name: 'cockpit',
  routes: [
    { path: '/cockpit', component: () => import('./CockpitPage.vue'), meta: { title: 'cockpit.title' } },
    { path: '/cockpit/register/:register', component: () => import('./RegisterPage.vue'), meta: { title: 'cockpit.charts' } },
    { path: '/cockpit/:figure', component: () => import('./FigurePage.vue'), meta: { title: 'cockpit.rows' } },
  ],
  links: (session) => (worksWithRegisters(session) ? [{ to: '/cockpit', text: 'cockpit.title', place: 'desk', order: 40, key: 'c' }] : []),
}

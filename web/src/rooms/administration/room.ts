import type { Room } from '@/state/room'
import { worksWithRegisters } from '@/state/session'

export const room: Room = {
  name: 'administration',
  routes: [
    {
      path: '/administration',
      component: () => import('./AdministrationPage.vue'),
      meta: { title: 'administration.title' },
      children: [
        { path: '', redirect: '/administration/duties' },
        { path: 'duties', component: () => import('./DutiesPage.vue'), meta: { title: 'administration.duties' } },
        { path: 'proposals', component: () => import('./ProposalsPage.vue'), meta: { title: 'administration.proposals' } },
        { path: 'units', component: () => import('./UnitsPage.vue'), meta: { title: 'administration.units' } },
        { path: 'people', component: () => import('./PeoplePage.vue'), meta: { title: 'administration.people' } },
        { path: 'divisions', component: () => import('./DivisionsPage.vue'), meta: { title: 'administration.divisions' } },
        { path: 'delegations', component: () => import('./DelegationsPage.vue'), meta: { title: 'administration.delegations' } },
        { path: 'accounts', component: () => import('./AccountsPage.vue'), meta: { title: 'administration.accounts' } },
        { path: 'sheets', component: () => import('./SheetsPage.vue'), meta: { title: 'administration.sheets' } },
        { path: 'packs', component: () => import('./PacksPage.vue'), meta: { title: 'administration.packs' } },
        { path: 'calendar', component: () => import('./CalendarPage.vue'), meta: { title: 'administration.calendar' } },
        { path: 'health', component: () => import('./HealthPage.vue'), meta: { title: 'administration.health' } },
      ],
    },
    { path: '/tokens', component: () => import('./TokensPage.vue'), meta: { title: 'administration.tokens' } },
  ],
  links: (session) => [
    ...(session.administrator.length > 0 ? [{ to: '/administration', text: 'administration.title', place: 'house', key: 'm' } as const] : []),
    { to: '/tokens', text: 'administration.tokens', place: 'house' },
  ],
  start: (session) => (session.administrator.length > 0 && !worksWithRegisters(session) ? { to: '/administration', rank: 1 } : null),
}

import type { Room } from '@/state/room'

export const room: Room = {
  name: 'search',
  routes: [{ path: '/search', component: () => import('./SearchPage.vue'), meta: { title: 'search.title' } }],
}

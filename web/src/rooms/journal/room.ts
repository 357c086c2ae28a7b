import type { Room } from '@/state/room'

export const room: Room = {
  name: 'journal',
  routes: [
    { path: '/journal', component: () => import('./JournalPage.vue'), meta: { title: 'journal.title' } },
    { path: '/journal/:register/:id', component: () => import('./ProofPage.vue'), meta: { title: 'journal.proof' } },
  ],
  links: () => [{ to: '/journal', text: 'journal.title', place: 'house', key: 'j' }],
}

import type { Room } from '@/state/room'

export const room: Room = {
  name: 'entry',
  routes: [
    { path: '/ledger/:register/new', component: () => import('./NewEntryPage.vue'), meta: { title: 'entry.new' } },
    { path: '/ledger/:register/:id/sheet', component: () => import('./SheetPage.vue'), meta: { title: 'entry.sheet' } },
    { path: '/ledger/:register/:id', component: () => import('./EntryPage.vue'), meta: { title: 'entry.title' } },
  ],
}

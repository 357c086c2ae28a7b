import type { Room } from '@/state/room'

export const room: Room = {
  name: 'sign_in',
  routes: [
    { path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { open: true, bare: true, title: 'sign_in.title' } },
    { path: '/password', component: () => import('./PasswordPage.vue'), meta: { bare: true, title: 'sign_in.change_password' } },
    { path: '/second-factor', component: () => import('./SecondFactorPage.vue'), meta: { bare: true, title: 'sign_in.second_factor' } },
  ],
}

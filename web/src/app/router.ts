// Addresses of the application: /app/…; the server answers each with the same page.

import { createRouter, createWebHistory, type RouteLocationRaw, type RouteLocationNormalized } from 'vue-router'

import { t } from '@/locales'
import { restoreSession, session } from '@/state/session'

import { rooms, startFor } from './rooms'

let asked = false

async function guard(to: RouteLocationNormalized): Promise<RouteLocationRaw | boolean> {
  if (!asked) {
    await restoreSession()
    asked = true
  }
  if (session.value === null) {
    return to.meta.open ? true : { path: '/sign-in', query: to.path === '/' ? {} : { to: to.fullPath } }
  }
  if (session.value.must_change_password) return to.path === '/password' ? true : '/password'
  return to.path === '/' || to.path === '/sign-in' ? startFor(session.value) : true
}

export function makeRouter() {
  const router = createRouter({
    history: createWebHistory('/app/'),
    routes: [
      { path: '/', component: () => import('./NotFound.vue') },
      ...rooms.flatMap((room) => room.routes),
      { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
    ],
    scrollBehavior: () => ({ top: 0 }),
  })
  router.beforeEach(guard)
  router.afterEach((to) => {
    document.title = to.meta.title ? `${t(to.meta.title)} · ${t('app.name')}` : t('app.name')
  })
  return router
}

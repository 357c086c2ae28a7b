// People, units and posts of today, asked for once: for pickers and for names that no answer labels.

import { shallowReadonly, shallowRef } from 'vue'

import { loadDirectory } from '@/api/directory'
import type { Directory } from '@/api/types'
import { textOf } from '@/locales'

import { onLeave } from './session'

const current = shallowRef<Directory | null>(null)
let loading: Promise<Directory> | null = null

export const directory = shallowReadonly(current)

onLeave(() => {
  current.value = null
  loading = null
})

export function ensureDirectory(): Promise<Directory> {
  loading ??= loadDirectory().then(
    (found) => (current.value = found),
    (failure: unknown) => {
      loading = null
      throw failure
    },
  )
  return loading
}

export function unitName(id: string): string {
  return current.value?.units.find((one) => one.id === id)?.name ?? ''
}

export function personName(id: string): string {
  return current.value?.people.find((one) => one.id === id)?.name ?? ''
}

/** A role of a post by its title, and with a place before it (`office.reviewer`), that of its role. */
export function roleTitle(role: string): string {
  const name = role.slice(role.lastIndexOf('.') + 1)
  return textOf(current.value?.roles.find((one) => one.name === name)?.title, role)
}

/** The units somebody holds a post in today, for telling apart people of one name. */
export function unitsOf(person: string): string[] {
  const posts = current.value?.posts.filter((one) => one.person === person) ?? []
  return [...new Set(posts.map((one) => unitName(one.unit)))].filter((name) => name !== '')
}

// Who is signed in. The one place that knows; everything cached for a person is dropped with it.

import { shallowReadonly, shallowRef } from 'vue'

import { configureClient } from '@/api/client'
import { problemOf } from '@/api/problem'
import * as sessions from '@/api/sessions'
import type { Session } from '@/api/types'
import { bestLanguage, isLanguage, type Language, useLanguage } from '@/locales'

import { dropDraftsOf } from './drafts'

const current = shallowRef<Session | null>(null)
const ended = shallowRef(false)
const leavers: (() => void)[] = []

export const session = shallowReadonly(current)
/** The session ended by itself, while a screen was open. */
export const sessionEnded = shallowReadonly(ended)

const languageKey = 'duban.language'

/** The language before anybody is signed in: chosen here before, else the browser's, else Chinese. */
export function rememberedLanguage(): Language {
  const kept = localStorage.getItem(languageKey)
  return kept && isLanguage(kept) ? kept : bestLanguage(navigator.language)
}

/** Whether somebody works with registers; whose only posts are those of administrators does not. */
export const worksWithRegisters = (who: Session): boolean => who.standings.some((one) => !one.role.endsWith('_admin'))

export async function speak(wanted: Language): Promise<void> {
  localStorage.setItem(languageKey, wanted)
  configureClient({ language: wanted })
  await useLanguage(wanted)
}

/** Runs when a person leaves: caches of a room are dropped here. */
export function onLeave(drop: () => void): void {
  leavers.push(drop)
}

function leave(): void {
  current.value = null
  for (const drop of leavers) drop()
}

async function enter(fresh: Session): Promise<void> {
  if (current.value && current.value.person !== fresh.person) leave()
  current.value = fresh
  ended.value = false
  await speak(bestLanguage(fresh.language))
}

configureClient({
  onSessionEnd: () => {
    if (current.value === null) return
    ended.value = true
    leave()
  },
})

/** Asks the server once who is signed in; null when nobody is. */
export async function restoreSession(): Promise<Session | null> {
  try {
    await enter(await sessions.loadSession())
  } catch (failure) {
    const problem = problemOf(failure)
    if (problem.status !== 401) throw problem
  }
  return current.value
}

export async function signIn(credentials: sessions.Credentials): Promise<void> {
  await enter(await sessions.signIn(credentials))
}

export async function signOut(): Promise<void> {
  await sessions.signOut()
  if (current.value) dropDraftsOf(current.value.person)
  leave()
}

export async function changePassword(old: string, fresh: string): Promise<void> {
  await enter(await sessions.changePassword(old, fresh))
}

export async function giveSecondFactor(code: string): Promise<void> {
  await enter(await sessions.giveSecondFactor(code))
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  if (current.value) {
    await sessions.setLanguage(wanted)
    current.value = { ...current.value, language: wanted }
  }
  await speak(wanted)
}

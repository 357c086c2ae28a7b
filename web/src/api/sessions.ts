// Sign-in, the account and its second factor (api.md, section 3).

import { request } from './client'
import type { Session } from './types'

export interface Credentials {
  name: string
  password: string
  code?: string
}

export const loadSession = async (): Promise<Session> => (await request<Session>('GET', '/session')).data

export const signIn = async (credentials: Credentials): Promise<Session> =>
  (await request<Session>('POST', '/sessions', { body: credentials })).data

export async function signOut(): Promise<void> {
  await request<null>('DELETE', '/session')
}

export const giveSecondFactor = async (code: string): Promise<Session> =>
  (await request<Session>('POST', '/session/second-factor', { body: { code } })).data

export const changePassword = async (old: string, fresh: string): Promise<Session> =>
  (await request<Session>('PUT', '/account/password', { body: { old, new: fresh } })).data

export async function setLanguage(language: string): Promise<void> {
  await request<null>('PUT', '/account/language', { body: { language } })
}

export const offerSecondFactor = async (): Promise<{ secret: string; uri: string }> =>
  (await request<{ secret: string; uri: string }>('POST', '/account/second-factor')).data

export async function confirmSecondFactor(code: string): Promise<void> {
  await request<null>('PUT', '/account/second-factor', { body: { code } })
}

// The registers this person may read or open, and their declarations, each asked for once.

import { shallowReadonly, shallowRef } from 'vue'

import * as registers from '@/api/registers'
import type { Declaration, RegisterSummary } from '@/api/types'
import { textOf } from '@/locales'

import { onLeave } from './session'

const list = shallowRef<RegisterSummary[] | null>(null)
const declarations = new Map<string, Promise<Declaration>>()
let loading: Promise<RegisterSummary[]> | null = null

export const registerList = shallowReadonly(list)

onLeave(() => {
  list.value = null
  loading = null
  declarations.clear()
})

export function ensureRegisters(): Promise<RegisterSummary[]> {
  loading ??= registers.loadRegisters().then(
    (found) => (list.value = found),
    (failure: unknown) => {
      loading = null
      throw failure
    },
  )
  return loading
}

export function ensureDeclaration(name: string): Promise<Declaration> {
  const known = declarations.get(name)
  if (known) return known
  const asked = registers.loadDeclaration(name)
  declarations.set(name, asked)
  asked.catch(() => declarations.delete(name))
  return asked
}

export function findRegister(name: string): RegisterSummary | undefined {
  return list.value?.find((one) => one.name === name)
}

export interface Pack {
  name: string
  title: string
  registers: RegisterSummary[]
}

/** By pack, in the order of the server. Read in a template it follows language and list. */
export function registersByPack(): Pack[] {
  const packs: Pack[] = []
  for (const register of list.value ?? []) {
    let pack = packs.find((one) => one.name === register.pack)
    if (!pack) {
      pack = { name: register.pack, title: textOf(register.pack_title, register.pack), registers: [] }
      packs.push(pack)
    }
    pack.registers.push(register)
  }
  return packs
}

// One scan: looked at, its entry found, recorded by one confirmation through the action that gathers the signatures.

import { shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { newKey } from '@/api/client'
import { act } from '@/api/entries'
import { uploadFile } from '@/api/files'
import { problemOf, type Problem } from '@/api/problem'
import type { Entry } from '@/api/types'

import { bytesMax, lookAt, type Scanned } from './scan_picture'
import { entryByNumber, entryOf, type SheetEntry } from './sheet_entry'

export type ScanStep = 'looking' | 'no_picture' | 'no_code' | 'found' | 'recorded'

export interface PaperSignature {
  signer: string
  signed_on: string
  words: string
}

export interface Scan {
  step: Readonly<ShallowRef<ScanStep>>
  /** A code was on it, but of no sheet. */
  strange: Readonly<ShallowRef<boolean>>
  picture: Readonly<ShallowRef<ImageBitmap | null>>
  found: Readonly<ShallowRef<SheetEntry | null>>
  /** No entry bears the number that was typed. */
  noSuchNumber: Readonly<ShallowRef<boolean>>
  busy: Readonly<ShallowRef<boolean>>
  problem: Readonly<ShallowRef<Problem | null>>
  look: () => Promise<void>
  findByNumber: (number: string) => Promise<void>
  record: (signature: PaperSignature) => Promise<Entry | null>
}

export function useScan(file: File): Scan {
  const step = shallowRef<ScanStep>('looking')
  const strange = shallowRef(false)
  const picture = shallowRef<ImageBitmap | null>(null)
  const found = shallowRef<SheetEntry | null>(null)
  const noSuchNumber = shallowRef(false)
  const busy = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)
  let scanned: Scanned | null = null
  let key = newKey()

  async function guarded<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    busy.value = true
    problem.value = null
    try {
      return await work()
    } catch (failure) {
      problem.value = problemOf(failure)
      if (problem.value.code !== 'client.unreachable' && problem.value.status !== 503) key = newKey()
      return otherwise
    } finally {
      busy.value = false
    }
  }

  async function refind(): Promise<void> {
    if (!scanned?.code) return
    found.value = await entryOf(scanned.code)
    step.value = 'found'
  }

  const look = (): Promise<void> =>
    guarded(async () => {
      scanned = file.size > bytesMax ? null : await lookAt(file)
      picture.value = scanned?.picture ?? null
      strange.value = scanned?.strange ?? false
      step.value = scanned ? 'no_code' : 'no_picture'
      await refind()
    }, undefined)

  const findByNumber = (number: string): Promise<void> =>
    guarded(async () => {
      const entry = await entryByNumber(number)
      noSuchNumber.value = entry === null
      if (!entry) return
      found.value = entry
      step.value = 'found'
    }, undefined)

  const record = (signature: PaperSignature): Promise<Entry | null> =>
    guarded(async () => {
      const now = found.value
      if (!now?.action) return null
      const { hash } = await uploadFile(file)
      const post = now.post === null ? {} : { post: now.post }
      const { data } = await act(now.entry.register, now.entry.id, now.action.name, { ...post, paper: { ...signature, scan: hash } }, { revision: now.entry.revision, key })
      step.value = 'recorded'
      return data
    }, null).then(async (data) => {
      // Somebody was faster: what stands now is shown, and confirmed anew.
      if (problem.value?.status === 412 && found.value) {
        const stale = problem.value
        await guarded(() => (scanned?.code ? refind() : findByNumber(found.value?.entry.number ?? '')), undefined)
        problem.value ??= stale
      }
      return data
    })

  return {
    step: shallowReadonly(step), strange: shallowReadonly(strange), picture: shallowReadonly(picture), found: shallowReadonly(found),
    noSuchNumber: shallowReadonly(noSuchNumber), busy: shallowReadonly(busy), problem: shallowReadonly(problem), look, findByNumber, record,
  }
}

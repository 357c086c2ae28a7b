// One scan: looked at, its entry found, recorded by one confirmation through the action that gathers the signatures.

import { shallowReadonly, shallowRef, type ShallowRef } from 'vue'

import { act } from '@/api/entries'
import { uploadFile } from '@/api/files'
import { problemOf, type Problem } from '@/api/problem'
import type { Entry } from '@/api/types'
import { useWork } from '@/state/work'
import type { SheetCode } from '@/ui/sheet_code'

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
  let scanned: Scanned | null = null
  const { busy, problem, work } = useWork()

  async function findByCode(code: SheetCode): Promise<void> {
    found.value = await entryOf(code)
    step.value = 'found'
  }

  async function findNumbered(number: string): Promise<void> {
    const entry = await entryByNumber(number)
    noSuchNumber.value = entry === null
    if (!entry) return
    found.value = entry
    step.value = 'found'
  }

  async function look(): Promise<void> {
    await work(async () => {
      scanned = file.size > bytesMax ? null : await lookAt(file)
      picture.value = scanned?.picture ?? null
      strange.value = scanned?.strange ?? false
      step.value = scanned ? 'no_code' : 'no_picture'
      if (scanned?.code) await findByCode(scanned.code)
    })
  }

  async function findByNumber(number: string): Promise<void> {
    await work(() => findNumbered(number))
  }

  async function send(now: SheetEntry, action: string, signature: PaperSignature, key: string): Promise<Entry> {
    const { hash } = await uploadFile(file)
    const post = now.post === null ? {} : { post: now.post }
    const { data } = await act(now.entry.register, now.entry.id, action, { ...post, paper: { ...signature, scan: hash } }, { revision: now.entry.revision, key })
    step.value = 'recorded'
    return data
  }

  async function record(signature: PaperSignature): Promise<Entry | null> {
    const now = found.value
    const action = now?.action?.name
    if (!now || action === undefined) return null
    return await work((key) => send(now, action, signature, key()).catch(async (failure: unknown) => {
      // Somebody was faster: what stands now is shown, and confirmed anew.
      if (problemOf(failure).status === 412) await (scanned?.code ? findByCode(scanned.code) : findNumbered(now.entry.number ?? ''))
      throw failure
    }))
  }

  return {
    step: shallowReadonly(step), strange: shallowReadonly(strange), picture: shallowReadonly(picture), found: shallowReadonly(found),
    noSuchNumber: shallowReadonly(noSuchNumber), busy, problem, look, findByNumber, record,
  }
}

// The board of one register, kept true while the screen is open.

import { shallowReadonly, shallowRef, type ShallowRef, watch } from 'vue'

import { problemOf, type Problem } from '@/api/problem'
import { listEntries, loadCounts } from '@/api/registers'
import type { Declaration, Labels, ListRow } from '@/api/types'
import { useChanges } from '@/state/changes'
import { ensureDirectory } from '@/state/directory'
import { ensureDeclaration } from '@/state/registers'
import { session } from '@/state/session'

import { type Board, boardOf } from './board'
import { dayPlus } from './desk_order'

export interface OpenedBoard {
  board: Readonly<ShallowRef<Board | null>>
  declaration: Readonly<ShallowRef<Declaration | null>>
  labels: Readonly<ShallowRef<Labels>>
  /** Days that the links of late and soon ask for. */
  days: { late: string; from: string; soon: string }
  problem: Readonly<ShallowRef<Problem | null>>
  load: () => Promise<void>
}

const pagesMax = 5
const soonDays = 10

export function useBoard(register: () => string): OpenedBoard {
  const board = shallowRef<Board | null>(null)
  const declaration = shallowRef<Declaration | null>(null)
  const labels = shallowRef<Labels>({})
  const problem = shallowRef<Problem | null>(null)
  const today = session.value?.org.today ?? ''
  const days = { late: dayPlus(today, -1), from: today, soon: dayPlus(today, soonDays) }

  async function rowsDue(name: string, from: string | undefined, to: string): Promise<ListRow[]> {
    const rows: ListRow[] = []
    let cursor: string | null = null
    for (let page = 0; page < pagesMax; page += 1) {
      const found = await listEntries(name, { 'due.from': from, 'due.to': to, limit: 200, ...(cursor === null ? {} : { cursor }) })
      rows.push(...found.entries)
      cursor = found.next
      if (cursor === null) break
    }
    return rows
  }

  async function load(): Promise<void> {
    const name = register()
    try {
      const [declared, counts, late, soon, { units }] = await Promise.all([
        ensureDeclaration(name), loadCounts(name), rowsDue(name, undefined, days.late), rowsDue(name, days.from, days.soon), ensureDirectory(),
      ])
      if (name !== register()) return
      declaration.value = declared
      labels.value = counts.labels
      board.value = boardOf(declared, counts, late, soon, units)
      problem.value = null
    } catch (failure) {
      problem.value = problemOf(failure)
    }
  }

  watch(register, () => {
    board.value = null
    void load()
  }, { immediate: true })
  useChanges(register, () => void load(), 2000)
  return { board: shallowReadonly(board), declaration: shallowReadonly(declaration), labels: shallowReadonly(labels), days, problem: shallowReadonly(problem), load }
}

// What a record says of a clock (api.md, section 8): where it stands after the action.

import type { Clock, Value } from '@/api/types'
import { t } from '@/locales'

const prefix = 'deadline.'

/** The deadline that a change tells of; null: it tells of a field. */
export const deadlineOf = (field: string): string | null => (field.startsWith(prefix) ? field.slice(prefix.length) : null)

export const isClock = (value: Value | Clock): value is Clock =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'due_on' in value

export function clockText(clock: Clock): string {
  if (clock.stopped_on) return t('entry.clock_stopped', { date: clock.stopped_on })
  if (clock.paused_on) return t('entry.clock_paused', { date: clock.paused_on })
  const due = t('entry.due', { date: clock.due_on })
  return clock.provisional ? `${due} ${t('entry.provisional')}` : due
}

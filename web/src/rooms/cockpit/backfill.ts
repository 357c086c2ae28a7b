// Whether figures count what came in by backfill (P08): one switch for the cockpit and the rows behind a number.

import { ref } from 'vue'

import type { Query } from '@/api/client'

export const withBackfill = ref(true)

export const backfillQuery = (): Query => (withBackfill.value ? {} : { backfilled: 'false' })

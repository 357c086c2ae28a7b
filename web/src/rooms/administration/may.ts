// Which of the three administrators is signed in. The server decides; this only hides what it would refuse.

import { computed } from 'vue'

import { session } from '@/state/session'

export const isSystem = computed(() => session.value?.administrator.includes('system') ?? false)
export const isSecurity = computed(() => session.value?.administrator.includes('security') ?? false)
export const isAudit = computed(() => session.value?.administrator.includes('audit') ?? false)
export const today = computed(() => session.value?.org.today ?? '')

// Element Plus speaks the language of the application: what uses one of its components calls this first.

import en from 'element-plus/es/locale/lang/en.mjs'
import zhCn from 'element-plus/es/locale/lang/zh-cn.mjs'
import { localeContextKey } from 'element-plus/es/hooks/use-locale/index.mjs'
import { computed, provide } from 'vue'

import { language } from '@/locales'

const locale = computed(() => (language.value === 'zh' ? zhCn : en))

export function speakElement(): void {
  provide(localeContextKey, locale)
}

// All text of the application.
//
//     t('ledger.rows', { count: 3 })      // {count} is filled in; "one row | {count} rows" picks by it
//     textOf(register.title)              // the data's own words, by declared language with fall-back
//
// Both are read in templates and follow a change of language.

import { shallowReadonly, shallowRef } from 'vue'

import type { Texts } from '@/api/types'

import type { MessageKey } from './zh'

export type { MessageKey } from './zh'
export type Language = 'zh' | 'en'
export type Params = Record<string, string | number>

type Catalogue = Record<MessageKey, string>

const loaders: Record<Language, () => Promise<{ default: Catalogue }>> = {
  zh: () => import('./zh'),
  en: () => import('./en'),
}

const catalogue = shallowRef<Catalogue | null>(null)
const current = shallowRef<Language>('zh')

export const language = shallowReadonly(current)

export function isLanguage(text: string): text is Language {
  return text === 'zh' || text === 'en'
}

/** The best of the languages there are for a tag such as `en-GB`; Chinese when there is none. */
export function bestLanguage(tag: string): Language {
  const primary = tag.toLowerCase().split('-')[0] ?? ''
  return isLanguage(primary) ? primary : 'zh'
}

export async function useLanguage(wanted: Language): Promise<void> {
  const loaded = await loaders[wanted]()
  catalogue.value = loaded.default
  current.value = wanted
  document.documentElement.lang = wanted
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

export function t(key: MessageKey, params: Params = {}): string {
  const message = catalogue.value?.[key] ?? key
  const forms = message.split(' | ')
  const form = forms.length === 2 && params.count !== 1 ? forms[1] : forms[0]
  return fill(form ?? message, params)
}

/** A text by language: the reader's, else Chinese, else English, else any; `otherwise` when there is none. */
export function textOf(texts: Texts | null | undefined, otherwise = ''): string {
  if (!texts) return otherwise
  const [any] = Object.values(texts)
  return texts[current.value] ?? texts.zh ?? texts.en ?? any ?? otherwise
}


/** An instant of the API or milliseconds, in the organisation's time zone, to the minute. */
export function momentText(instant: string | number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
  }).formatToParts(new Date(instant))
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour').replace('24', '00')}:${part('minute')}`
}

export function numberText(value: number): string {
  return new Intl.NumberFormat(current.value).format(value)
}

// The catalogue is complete, used, and the only place with text.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { bestLanguage, momentText, t, textOf, useLanguage } from '.'
import en from './en'
import zh, { type MessageKey } from './zh'

const root = join(__dirname, '..')
const han = /\p{Script=Han}/u

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name))
    .map((name) => join(folder, name))
}

const sources = filesBelow(root).filter((path) => !path.endsWith('.test.ts') && !path.includes('/locales/'))
const keys = Object.keys(zh) as MessageKey[]

function messagesOf(tag: string, name: string): Record<string, string> {
  return JSON.parse(readFileSync(join(root, 'locales', tag, name), 'utf8')) as Record<string, string>
}

describe('the catalogue', () => {
  it('has the same keys in both languages, none empty', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort())
    expect(keys.filter((key) => zh[key].trim() === '' || en[key].trim() === '')).toEqual([])
  })

  it('fills in the same parameters in both languages', () => {
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    expect(keys.filter((key) => names(zh[key]).join() !== names(en[key]).join())).toEqual([])
  })

  it('has keys that begin with the name of their file, in the same files, each once', () => {
    const files = readdirSync(join(root, 'locales/zh')).sort()
    expect(readdirSync(join(root, 'locales/en')).sort()).toEqual(files)
    const wrong = files.flatMap((name) =>
      Object.keys(messagesOf('zh', name)).filter((key) => !key.startsWith(`${name.replace('.json', '')}.`)),
    )
    expect(wrong).toEqual([])
    expect(files.flatMap((name) => Object.keys(messagesOf('zh', name))).length).toBe(keys.length)
  })

  it('holds no Chinese in English but the name of no language', () => {
    expect(keys.filter((key) => han.test(en[key]))).toEqual([])
  })

  it('holds no message that nothing shows', () => {
    const all = sources.map((path) => readFileSync(path, 'utf8')).join('\n')
    expect(keys.filter((key) => !all.includes(`'${key}'`))).toEqual([])
  })

  it('is the only place with Chinese', () => {
    const lines = sources.flatMap((path) =>
      readFileSync(path, 'utf8').split('\n').filter((line) => han.test(line.replace(/\/\/.*$|\/?\*.*$/, ''))),
    )
    expect(lines).toEqual([])
  })

  it('is the only place with text of a template', () => {
    const found = sources.filter((path) => path.endsWith('.vue')).flatMap((path) => {
      const template = /<template>[\s\S]*<\/template>/.exec(readFileSync(path, 'utf8'))?.[0] ?? ''
      const bare = template.replace(/\{\{[\s\S]*?\}\}/g, '').replace(/<!--[\s\S]*?-->/g, '').replace(/=("[^"]*"|'[^']*')/g, '=""')
      return (bare.match(/>[^<>]*[A-Za-z]{2,}[^<>]*</g) ?? []).map((text) => `${path}: ${text}`)
    })
    expect(found).toEqual([])
  })
})

describe('t', () => {
  beforeAll(() => useLanguage('en'))

  it('fills in parameters and picks by count', () => {
    expect(t('search.found', { count: 1 })).toBe('1 entry found')
    expect(t('search.found', { count: 3 })).toBe('3 entries found')
    expect(t('ui.request', { id: 'x' })).toBe('Request x')
  })

  it('falls back by language for the words of the data', () => {
    expect(textOf({ zh: 'a', en: 'b' })).toBe('b')
    expect(textOf({ zh: 'a' })).toBe('a')
    expect(textOf({ fr: 'c' })).toBe('c')
    expect(textOf({}, 'name')).toBe('name')
    expect(textOf(null, 'name')).toBe('name')
  })

  it('knows the best of its languages', () => {
    expect([bestLanguage('en-GB'), bestLanguage('zh-Hans-CN'), bestLanguage('fr')]).toEqual(['en', 'zh', 'zh'])
  })

  it('writes moments in the time zone of the organisation', () => {
    expect(momentText('2026-11-24T16:04:05.678Z', 'Asia/Shanghai')).toBe('2026-11-25 00:04')
  })
})

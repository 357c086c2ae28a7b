// What may import what: api and locales know nobody, state asks them, ui shows, rooms compose, app wires.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

const may: Record<string, string[]> = {
  api: [],
  locales: ['api'],
  state: ['api', 'locales'],
  ui: ['api', 'locales', 'state'],
  rooms: ['api', 'locales', 'state', 'ui'],
  app: ['api', 'locales', 'state', 'ui', 'rooms'],
}
const linesMax = { '.vue': 190, '.ts': 400 }

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|vue)$/.test(name))

it('keeps the layers', () => {
  const wrong = files.flatMap((name) => {
    const own = name.split('/')[0] ?? ''
    const text = readFileSync(join(__dirname, name), 'utf8')
    return [...text.matchAll(/from '@\/(\w+)|import\('@\/(\w+)/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((other) => other !== own && !(may[own] ?? []).includes(other))
      .map((other) => `${name} imports ${other}`)
  })
  expect(wrong).toEqual([])
})

it('has one fetch, no any, and files of a size', () => {
  const sources = files.filter((name) => !name.endsWith('.test.ts'))
  const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8')
  expect(sources.filter((name) => /\bfetch\(/.test(text(name)))).toEqual(['api/client.ts'])
  expect(sources.filter((name) => /(: any\b|as any\b|<any>|@ts-ignore)/.test(text(name)))).toEqual([])
  expect(sources.filter((name) => text(name).split('\n').length > linesMax[name.endsWith('.vue') ? '.vue' : '.ts'])).toEqual([])
})

it('sets no markup from text, and no inline style that the policy refuses', () => {
  const templates = files.filter((name) => name.endsWith('.vue')).map((name) => [name, readFileSync(join(__dirname, name), 'utf8')] as const)
  expect(templates.filter(([, text]) => /v-html|innerHTML|\sstyle="/.test(text)).map(([name]) => name)).toEqual([])
})

// What is published of the house: a publication drafted, reviewed and approved, and its bundle as any site serves it. Its pages
// hold no script and no style of their own, ask nobody else for anything, are light, and can be read by everybody. DUBAN_BUNDLE=dir keeps the bundle (for `npm run lighthouse`).
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

import { serveFiles } from '../tools/served.mjs'
import { publishedMax } from '../tools/sizes.mjs'
import { axeFaults, type House, openHouse } from './house'
import { dayAfter, meanwhile } from './meanwhile'

// Long enough for a second page.
const wording = readFileSync(resolve(import.meta.dirname, '../../samples/notice.txt'), 'utf8').repeat(3)

let house: House
let folder = ''
let pages: string[] = []

/** Approved by the principal, after the reviewer; its number. */
async function approved(): Promise<string> {
  const others = meanwhile(house)
  const findings = await others.findings(['食堂账目不公开', '采购审批不规范'], 'struck_off')
  const { hash } = await others.ask<{ hash: string }>('office.clerk', 'POST', `/files?name=${encodeURIComponent('公开文本.txt')}`, wording)
  const { id } = await others.open('office.clerk', 'publicity', {
    heading: '整改进展情况（演示）', issuer: '云岭市教育局党组（虚构）', wording: hash, window_from: dayAfter(0), window_to: dayAfter(15), phone: '0000-0000000',
    blocks: findings.map((one) => ({ caption: one.fields.heading, finding: one.id, source_words: `${String(one.fields.heading)}。`, account: '已经整改。', said: 'completed' })),
  })
  for (const [name, action] of [['office.clerk', 'submit'], ['office.reviewer', 'pass_secrecy'], ['office.principal', 'approve']] as const) {
    await others.act(name, 'publicity', id, action)
  }
  return (await others.load('publicity', id)).number
}

beforeAll(async () => {
  house = await openHouse()
  folder = process.env.DUBAN_BUNDLE ?? join(house.data, '../public')
  execFileSync(inject('program'), ['publish', await approved(), '--to', folder, '--data', house.data, '--as', 'office.clerk'], { stdio: ['ignore', 'ignore', 'inherit'] })
  pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html')).sort()
})
afterAll(() => house.close())

/** What a page is not to hold, and where it leads to nothing. */
function faultsOf(name: string): string[] {
  const text = readFileSync(join(folder, name), 'utf8')
  const wrong = [...text.matchAll(/<script|<style|<iframe|<base|\sstyle\s*=|\son[a-z]+\s*=|javascript:/gi)].map((one) => `${name}: ${one[0]}`)
  const links = [...text.matchAll(/\s(?:href|src)="([^"#]+)(?:#[^"]*)?"/g)].map((one) => one[1] ?? '').filter((link) => !/^(https?|mailto|tel|data):/.test(link))
  return [...wrong, ...links.filter((link) => !existsSync(join(folder, dirname(name), decodeURIComponent(link)))).map((link) => `${name}: no ${link}`)]
}

/** Bytes of a page with all that it loads, each gzipped. */
async function weigh(page: Page, address: string): Promise<number> {
  const loaded: Response[] = []
  const keep = (response: Response): void => void loaded.push(response)
  page.on('response', keep)
  await page.goto(address, { waitUntil: 'load' })
  page.off('response', keep)
  const bodies = await Promise.all(loaded.map((one) => one.body()))
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
}

it('has its pages in both languages, and more of them where the text is long', () => {
  const english = pages.filter((name) => name.endsWith('.en.html'))
  expect(english.length * 2).toBe(pages.length)
  expect(pages.some((name) => name.includes('page-2'))).toBe(true)
  for (const name of pages) expect(readFileSync(join(folder, name), 'utf8')).toMatch(english.includes(name) ? /<html lang="en/ : /<html lang="zh/)
})

it('holds no script and no style of a page\'s own, and every link leads to a file', () => {
  expect(pages.flatMap(faultsOf)).toEqual([])
})

it('is light, asks no other host, and axe finds nothing, on every page', async () => {
  const { address, stop } = await serveFiles(folder)
  const visit = await house.visit({ address })
  const heavy: string[] = []
  const faults: string[] = []
  for (const name of pages) {
    const bytes = await weigh(visit.page, `${address}/${name}`)
    if (bytes > publishedMax) heavy.push(`${name}: ${bytes} bytes`)
    expect(await visit.page.locator('link[rel=stylesheet]').count(), name).toBeGreaterThan(0)
    faults.push(...(await axeFaults(visit.page)).map((fault) => `${name}: ${fault}`))
    await visit.fits(name)
  }
  expect(heavy).toEqual([])
  expect(faults).toEqual([])
  visit.expectNothingWrong()
  await visit.close()
  await stop()
})

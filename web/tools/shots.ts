// npm run shots: every screen at three sizes, light and dark, and contact sheets of them, for somebody to look at; axe looks
// at each as well.
// They go to build/shots, or where DUBAN_SHOTS says. DUBAN_LANGUAGE=en takes them in English, without what is pressed first. DUBAN_ONLY=ledger,entry takes some; DUBAN_PER_SHEET=6 makes larger pictures.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axeFaults, type House, openHouse } from '../tests/house'
import { type Made, meanwhile } from '../tests/meanwhile'
import { type Screen, screensOf } from './screens'

const folder = resolve(process.env.DUBAN_SHOTS ?? join(import.meta.dirname, '../../build/shots'))
const only = process.env.DUBAN_ONLY?.split(',') ?? null
const perSheet = Number(process.env.DUBAN_PER_SHEET ?? 12)
const sizes = [{ width: 1366, height: 768 }, { width: 1440, height: 900 }, { width: 390, height: 844 }]
const language = process.env.DUBAN_LANGUAGE === 'en' ? 'en' : 'zh'
const themes = ['light', 'dark'] as const
/** Screens that did not come to what they were to show, pictured as they are, and what axe found. */
const missed: string[] = []

async function take(page: Page, screen: Screen, size: string, pictures: Map<string, string[]>): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await page.locator(`html[data-theme=${theme}]`).waitFor()
    const group = `${size}-${theme}`
    const path = join(folder, group, `${screen.name}.png`)
    writeFileSync(path, await page.screenshot({ animations: 'disabled' }))
    pictures.set(group, [...(pictures.get(group) ?? []), path])
    for (const fault of await axeFaults(page)) missed.push(`axe, ${screen.name}, ${group}: ${fault}`)
  }
}

async function tour(house: House, screens: Record<string, Screen[]>, size: { width: number; height: number }, pictures: Map<string, string[]>): Promise<void> {
  for (const [account, all] of Object.entries(screens)) {
    const wanted = all.filter((one) => only === null || only.includes(one.name))
    if (wanted.length === 0) continue
    const visit = await house.visit({ ...size, language })
    if (account !== '') await visit.signIn(account)
    if (account !== '' && language === 'en') {
      await visit.page.locator('header.top .opener').first().click()
      await visit.page.locator('.panel select').first().selectOption('en')
    }
    for (const screen of wanted) {
      try {
        await visit.go(screen.path)
        await visit.page.locator(screen.ready).first().waitFor()
        if (language === 'zh') await screen.then?.(visit.page)
      } catch (failure) {
        missed.push(`${screen.name} at ${size.width}: ${String(failure).split('\n')[0]}`)
      }
      await take(visit.page, screen, `${size.width}x${size.height}`, pictures)
    }
    await visit.close()
  }
}

/** Pictures side by side with their names, drawn by the browser itself. */
async function sheet(page: Page, pictures: readonly string[], name: string): Promise<void> {
  const figures = pictures.map((path) => {
    const picture = `data:image/png;base64,${readFileSync(path).toString('base64')}`
    return `<figure><img src="${picture}"><figcaption>${path.slice(folder.length + 1)}</figcaption></figure>`
  })
  const columns = Math.ceil(Math.sqrt(pictures.length * (name.startsWith('390') ? 2.5 : 1)))
  await page.setContent(`<style>body{margin:8px;display:grid;align-content:start;grid-template-columns:repeat(${columns},1fr);gap:8px;font:13px sans-serif;background:#888}
    figure{margin:0}img{width:100%;display:block}</style>${figures.join('')}`)
  await page.screenshot({ path: join(folder, 'sheets', `${name}.png`), fullPage: true })
}

it('takes every screen', async () => {
  rmSync(folder, { recursive: true, force: true })
  for (const { width, height } of sizes) for (const theme of themes) mkdirSync(join(folder, `${width}x${height}-${theme}`), { recursive: true })
  mkdirSync(join(folder, 'sheets'), { recursive: true })
  const house = await openHouse()
  const others = meanwhile(house)
  await others.finding('食堂账目未按月公示', 'leader_review')
  const finding = await others.finding('采购审批不规范，一人经办到底', 'office_review')
  const closed = await others.finding('代收费管理不严', 'struck_off')
  await others.findings(['校车台账缺页', '值班记录不全'], 'issued')
  const measure = await others.load('measure', `number:ZG-${new Date().getFullYear()}-0001`)
  const { entries: notices } = await others.ask<{ entries: Made[] }>('office.clerk', 'GET', '/registers/notice/entries?limit=1')
  const pictures = new Map<string, string[]>()
  const screens = screensOf(finding.id, closed.id, measure.id, notices[0]?.id ?? '')
  for (const size of sizes) await tour(house, screens, size, pictures)

  const visit = await house.visit({ width: 1800, height: 1000 })
  for (const [group, paths] of pictures) {
    for (let from = 0; from < paths.length; from += perSheet) {
      await sheet(visit.page, paths.slice(from, from + perSheet), `${group}-${String(from / perSheet + 1).padStart(2, '0')}`)
    }
  }
  await visit.close()
  await house.close()
  expect(missed).toEqual([])
})

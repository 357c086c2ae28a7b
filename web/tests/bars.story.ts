// The bars for hands (P40), as counts: fields, keys and presses, never times. Times that were seen are printed.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { meanwhile, type Others } from './meanwhile'
import type { Visit } from './visit'

const papers = ['食堂账目', '采购审批', '代收费', '校车台账', '值班记录'] as const

let house: House
let others: Others
beforeAll(async () => {
  house = await openHouse()
  others = meanwhile(house)
})
afterAll(() => house.close())

interface Counts { presses: number; keys: number; fields: number; ms: number }

/** Counts what hands do in this window, from now on. */
async function beginCounting(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { presses: 0, keys: 0, fields: new Set<EventTarget>(), began: performance.now() }
    Object.assign(window, { counted })
    if ('counting' in window) return
    Object.assign(window, { counting: true })
    const now = () => (window as unknown as { counted: typeof counted }).counted
    document.addEventListener('pointerdown', () => (now().presses += 1), true)
    document.addEventListener('keydown', () => (now().keys += 1), true)
    document.addEventListener('input', (event) => event.target && now().fields.add(event.target), true)
  })
}

async function counts(page: Page): Promise<Counts> {
  return await page.evaluate(() => {
    const { counted } = window as unknown as { counted: { presses: number; keys: number; fields: Set<unknown>; began: number } }
    return { presses: counted.presses, keys: counted.keys, fields: counted.fields.size, ms: Math.round(performance.now() - counted.began) }
  })
}

function print(what: string, seen: Counts): void {
  process.stdout.write(`  ${what}: ${seen.fields} fields, ${seen.presses} presses, ${seen.keys} keys, ${seen.ms} ms by a machine\n`)
}

const line = (visit: Visit, words: string) => visit.page.locator('li', { has: visit.page.locator('.line', { hasText: words }) })

it('progress: two fields at most, and one press where nothing changed', async () => {
  await others.findings(['进展甲', '进展乙'], 'issued')
  const visit = await house.visit()
  await visit.signIn('clerk')
  const { page } = visit
  const report = async (heading: string): Promise<void> => {
    await beginCounting(page)
    await line(visit, heading).locator('button', { hasText: '报进展' }).first().click()
    await page.locator('[data-done]').waitFor()
  }
  await report('进展甲')
  expect(await page.locator('.progress .field .needed').count(), 'what has to be typed').toBeLessThanOrEqual(2)
  await page.locator('[data-done]').press('Control+A')
  await page.keyboard.insertText('完成了账目核对')
  await page.locator('.progress button[type=submit]').click()
  await page.locator('.toast', { hasText: '已报进展' }).waitFor()
  const typed = await counts(page)
  print('progress', typed)
  expect(typed.fields).toBeLessThanOrEqual(2)
  expect(typed.presses).toBeLessThanOrEqual(3)

  await page.locator('[data-done]').waitFor({ state: 'detached' })
  await report('进展乙')
  await page.locator('[data-unchanged]').click()
  await page.locator('[data-done]').waitFor({ state: 'detached' })
  const unchanged = await counts(page)
  print('no change', unchanged)
  expect(unchanged).toMatchObject({ fields: 0, keys: 0 })
  expect(unchanged.presses).toBeLessThanOrEqual(2)
  visit.expectNothingWrong()
  await visit.close()
})

it('five signatures: two presses each at most', async () => {
  await others.findings(papers, 'leader_review')
  const visit = await house.visit()
  await visit.signIn('principal')
  const { page } = visit
  await page.locator('.look').nth(papers.length - 1).waitFor()
  await beginCounting(page)
  await page.locator('.look').first().click()
  for (let left = papers.length; left > 0; left -= 1) {
    await page.locator('[data-sign]:enabled').click()
    await expect.poll(() => page.locator('.look').count()).toBe(left - 1)
  }
  const seen = await counts(page)
  print('five signatures', seen)
  expect(seen.presses).toBeLessThanOrEqual(2 * papers.length)
  expect(seen.fields).toBe(0)
  visit.expectNothingWrong()
  await visit.close()
})

it('from a closed number to the raw evidence: two presses', async () => {
  const [closed] = await others.findings(['已销号的问题'], 'struck_off')
  const visit = await house.visit()
  await visit.signIn('inspector')
  const { page } = visit
  await page.waitForURL(/doubts/)
  const number = page.locator('ol a', { hasText: closed?.number ?? '' }).first()
  await number.waitFor()
  await beginCounting(page)
  await number.click()
  await page.locator('.fields .name').first().click()
  await page.locator('dialog pre', { hasText: '佐证.txt' }).waitFor()
  const seen = await counts(page)
  print('closed number to evidence', seen)
  expect(seen.presses).toBeLessThanOrEqual(2)
  expect(seen.keys).toBe(0)
  visit.expectNothingWrong()
  await visit.close()
})

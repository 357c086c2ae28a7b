// Every number of the cockpit opens the entries it counts.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House

beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

it('draws figures, and a number leads to exactly its rows', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/cockpit')
  const measures = page.locator('[data-figure=by_measure]')
  await measures.locator('canvas').waitFor()
  await visit.inspect('cockpit')

  await measures.locator('summary').click()
  const link = measures.locator('tbody a').first()
  const count = Number(await link.textContent())
  expect(count).toBeGreaterThan(0)
  await link.click()
  await page.waitForURL(/cockpit\/by_measure/)
  await page.locator('tbody tr').first().waitFor()
  expect(await page.locator('tbody tr').count()).toBe(count)
  await visit.inspect('figure')

  // What the notice brought is backfill: without it no measure is left to count.
  await page.getByLabel('计入补录的事项').uncheck()
  await page.locator('tbody tr').first().waitFor({ state: 'detached' })
  await page.getByLabel('计入补录的事项').check()

  await page.locator('tbody a').first().click()
  await page.locator('article h1').waitFor()
  visit.expectNothingWrong()
  await visit.close()
})

it('draws any register by state and unit, and a number leads to its rows in the ledger', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office')
  await visit.go('/ledger/measure')
  await page.locator('.menu .opener', { hasText: '更多' }).click()
  await page.locator('.panel a', { hasText: '图表' }).click()
  const states = page.locator('[data-chart=state]')
  await states.locator('canvas').waitFor()
  await states.locator('summary').click()
  await visit.inspect('charts of a register')
  const link = states.locator('tbody a').first()
  const count = await link.textContent()
  await link.click()
  await page.waitForURL(/ledger\/measure.*state=/)
  await expect.poll(() => page.locator('header .line [role=status]').first().textContent()).toBe(count)

  await visit.go('/cockpit/register/public_comment')
  await page.locator('.empty').waitFor()
  await visit.inspect('charts of an empty register')
  visit.expectNothingWrong()
  await visit.close()
})

it('fits a telephone', async () => {
  const visit = await house.visit({ width: 390 })
  await visit.signIn('office', '/cockpit')
  await visit.page.locator('canvas').first().waitFor()
  await visit.inspect('cockpit')
  await visit.go('/cockpit/by_measure')
  await visit.page.locator('tbody tr').first().waitFor()
  await visit.inspect('figure')
  visit.expectNothingWrong()
  await visit.close()
})

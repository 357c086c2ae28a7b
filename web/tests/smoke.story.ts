// From the sheet that ./run prints to an entry that has been acted on.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter } from './meanwhile'

let house: House

beforeAll(async () => (house = await openHouse('first_day')))
afterAll(() => house.close())

it('signs in with the one-time password, which has to be changed first', async () => {
  const visit = await house.visit()
  await visit.go('/')
  await visit.page.waitForURL(/sign-in/)
  await visit.inspect('sign-in')
  await visit.signInByScreen('office')
  expect(await visit.page.locator('nav').first().isVisible()).toBe(true)
  visit.expectNothingWrong()
  await visit.close()
})

it('opens a ledger, filters it, opens an entry and acts on it', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/registers')
  await visit.inspect('registers')
  await page.locator('main a[href$="/ledger/measure"]').click()
  const rows = page.locator('[role=row][aria-rowindex]').filter({ has: page.locator('[role=gridcell]') })
  await rows.first().waitFor()
  expect(await rows.count()).toBeGreaterThan(10)
  await visit.inspect('ledger')

  await page.locator('.filters .opener').filter({ hasText: '状态' }).click()
  await page.locator('.panel label', { hasText: '公开时未标注' }).locator('input').check()
  await expect.poll(() => page.url()).toContain('state=')
  await page.keyboard.press('Escape')
  await rows.first().waitFor()
  await visit.inspect('ledger-filtered')

  await page.locator('[role=grid]').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/ledger\/measure\/[0-9a-f-]{36}/)
  await page.locator('article h1').waitFor()
  await visit.inspect('entry')
  visit.expectNothingWrong()
  await visit.close()
})

it('acts: what the server refuses stands beside the field, what was typed survives a closed tab, then it is done', async () => {
  const visit = await house.visit()
  await visit.signIn('office', `/ledger/measure/number:ZG-${new Date().getFullYear()}-0001`)
  const { page } = visit
  const issue = (): Promise<void> => page.locator('[data-actions] button', { hasText: '下达' }).click()
  const submit = (): Promise<void> => page.locator('dialog button[type=submit]').click()
  await issue()
  visit.expectRefusal('422 /api/v1/registers/measure')
  await submit()
  await page.locator('dialog .fault').first().waitFor()
  expect(await page.locator('dialog .fault').count()).toBeGreaterThan(1)
  await visit.inspect('action-refused')

  await page.locator('dialog input[type=date]').first().fill(dayAfter(30))
  await page.locator('dialog').getByText('随时保存在这台电脑上').waitFor()
  await page.reload()
  await issue()
  await page.locator('dialog [role=status]', { hasText: '已恢复' }).waitFor()
  expect(await page.locator('dialog input[type=date]').first().inputValue()).toBe(dayAfter(30))

  await page.locator('dialog .picker input').first().fill('周敏')
  await page.locator('dialog [role=option]', { hasText: '周敏' }).first().click()
  await visit.inspect('action-filled')
  await submit()
  await page.locator('.toast', { hasText: '下达' }).waitFor()
  await expect.poll(() => page.locator('article .state').textContent()).toBe('已下达')
  await page.locator('.timeline', { hasText: '下达' }).waitFor()
  await visit.inspect('entry-issued')
  visit.expectNothingWrong()
  await visit.close()
})

it('speaks English when asked, and remembers it', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.go('/sign-in')
  await page.locator('button[lang=en]').click()
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
  expect(await page.locator('h1').textContent()).toBe('Sign in')
  await visit.go('/sign-in')
  expect(await page.locator('h1').textContent()).toBe('Sign in')
  await visit.inspect('sign-in-english')
  visit.expectNothingWrong()
  await visit.close()
})

it('fits a telephone', async () => {
  const visit = await house.visit({ width: 390 })
  await visit.go('/sign-in')
  await visit.inspect('sign-in')
  await visit.signIn('office')
  for (const [path, name] of [['/registers', 'registers'], ['/ledger/measure', 'ledger']] as const) {
    await visit.go(path)
    await visit.inspect(name)
  }
  await visit.page.locator('[role=gridcell]').first().click()
  await visit.page.locator('article h1').waitFor()
  await visit.inspect('entry')
  visit.expectNothingWrong()
  await visit.close()
})

// A long list: groups, a jump, a view of one's own, several at once, a sheet coming in, and the way back.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter } from './meanwhile'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

it('groups, jumps, keeps a view, and comes back to the row one left', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/ledger/measure?sort=number')
  await page.locator('.jump input').fill(`ZG-${new Date().getFullYear()}-0021`)
  await page.locator('.jump button[type=submit]').click()
  await expect.poll(() => page.locator('#row-0').textContent()).toContain('-0021')
  await page.locator('.jump button', { hasText: '从头' }).click()
  await expect.poll(() => page.locator('#row-0').textContent()).toContain('-0001')

  await page.locator('[role=grid]').focus()
  await page.keyboard.press('End')
  const last = await page.locator('.row.current').textContent()
  await page.keyboard.press('Enter')
  await page.locator('article h1').waitFor()
  await page.goBack()
  await expect.poll(() => page.locator('.row.current').textContent()).toBe(last)
  expect(await page.locator('.row.current').isVisible()).toBe(true)

  await page.locator('select.by').selectOption('state')
  await page.locator('.group .row').first().waitFor()
  await visit.inspect('groups')
  await page.locator('.menu .opener', { hasText: '我的视图' }).click()
  await page.locator('.save input').fill('按状态')
  await page.locator('.save button').click()
  await visit.go('/ledger/measure')
  await page.locator('.menu .opener', { hasText: '我的视图' }).click()
  await page.locator('.panel a', { hasText: '按状态' }).click()
  await page.waitForURL(/group=state/)
  visit.expectNothingWrong()
  await visit.close()
})

it('does one thing with several, and says before which of them would refuse it', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/ledger/measure?sort=number')
  await page.locator('.menu .opener', { hasText: '更多' }).click()
  await page.locator('.panel button', { hasText: '选多件' }).click()
  for (const place of [0, 1, 2]) await page.locator(`#row-${place}`).click()
  await visit.inspect('choosing')

  // Somebody else issues one of the three meanwhile.
  const number = `number:ZG-${new Date().getFullYear()}-0003`
  const { person } = await visit.ask<{ person: string }>('GET', '/session')
  const { id, revision } = await visit.ask<{ id: string; revision: number }>('GET', `/registers/measure/entries/${number}`)
  const fields = { responsible: person, finish_by: dayAfter(30) }
  await visit.ask('POST', `/registers/measure/entries/${id}/actions/issue`, { fields }, { 'If-Match': `"${revision}"` })

  await page.locator('.chosen button').first().click()
  await page.locator('dialog select').first().selectOption('issue')
  await page.locator('dialog .picker input').first().fill('周敏')
  await page.locator('dialog [role=option]', { hasText: '周敏' }).first().click()
  await page.locator('dialog input[type=date]').first().fill(dayAfter(30))
  expect(await page.locator('dialog ol li', { hasText: '不能办' }).count()).toBe(1)
  await visit.inspect('bulk')
  await page.locator('dialog button[type=submit]').click()
  await expect.poll(() => page.locator('dialog ol li.done').count(), { timeout: 20_000 }).toBe(2)
  await visit.inspect('bulk-done')
  visit.expectNothingWrong()
  await visit.close()
})

it('takes a sheet in, row by row: none is entered while one is refused', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/ledger/inspection')
  await page.locator('.menu .opener', { hasText: '更多' }).click()
  await page.locator('.panel button', { hasText: '导入' }).click()
  const sheet = (second: string): Buffer =>
    Buffer.from(`heading,kind,body,feedback_on,fed_back,concentrated_to\n演示一,inspection,市委巡察办,${dayAfter(-1)},1,${dayAfter(180)}\n演示二,inspection,市委巡察办,${second},1,${dayAfter(180)}\n`)
  const choose = (second: string): Promise<void> =>
    page.locator('dialog input[type=file]').setInputFiles({ name: 'sheet.csv', mimeType: 'text/csv', buffer: sheet(second) })
  await choose('someday')
  await page.locator('dialog tbody tr').first().waitFor()
  expect(await page.locator('dialog tbody tr').count()).toBe(1)
  expect(await page.locator('dialog button', { hasText: '全部录入' }).isDisabled()).toBe(true)
  await visit.inspect('sheet-refused')
  await choose(dayAfter(-1))
  const enter = page.locator('dialog button', { hasText: '全部录入' })
  await expect.poll(() => enter.isEnabled()).toBe(true)
  await enter.click()
  await page.locator('.toast', { hasText: '已录入 2 行' }).waitFor()
  await page.locator('[role=gridcell]', { hasText: '演示二' }).first().waitFor()
  visit.expectNothingWrong()
  await visit.close()
})

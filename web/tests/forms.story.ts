// A long form stands in the sections of its layout; its child rows are a sheet; what was thrown away comes back.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { Hands } from './hands'
import { type House, openHouse } from './house'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

it('stands in sections, closed where seldom wanted, short fields side by side', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office')
  await visit.go('/ledger/finding/new')
  expect(await page.locator('form .title').allInnerTexts()).toEqual(['问题', '责任与时限', '协办与分办', '沿革'])
  expect(await page.locator('form details').evaluateAll((all) => all.map((one) => (one as HTMLDetailsElement).open))).toEqual([false])
  await page.locator('form summary').click()
  await page.getByLabel('原编号').fill('旧-7')
  const [left, right] = await Promise.all(['责任人', '完成时限'].map((label) => page.locator('.field', { has: page.locator('.label', { hasText: new RegExp(`^\\s*${label}`) }) }).boundingBox()))
  expect(left!.width).toBeLessThan(400)
  expect(right!.width).toBeLessThan(400)
  await visit.inspect('form in sections')
  visit.expectNothingWrong()
  await visit.close()
})

it('takes rows from a spreadsheet, goes on with Enter, and gives back a row that was removed', async () => {
  const visit = await house.visit()
  const { page } = visit
  const office = new Hands(visit)
  await visit.signIn('office')
  await visit.go('/ledger/finding/new')
  await office.write('细化问题', '从表格来的分办')
  await page.locator('.rows button', { hasText: '增加一行' }).click()
  const cell = (column: string, row: number) => page.locator('.rows input').and(page.getByLabel(`${column} 第 ${row} 行`))
  await cell('分办内容', 1).focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', '提供名单\t某人\t2027-03-01\r\n核对台账\t\t2027/4/1\r\n')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect.poll(() => cell('分办内容', 2).inputValue()).toBe('核对台账')
  expect([await cell('时限', 1).inputValue(), await cell('时限', 2).inputValue()]).toEqual(['2027-03-01', '2027-04-01'])
  await page.locator('.below', { hasText: '有 1 格未能填入' }).waitFor()

  await cell('分办内容', 2).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('第三件')
  expect(await cell('分办内容', 3).inputValue()).toBe('第三件')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(await cell('分办内容', 1).getAttribute('id'))

  await page.getByLabel('删除第 1 行').click()
  expect(await cell('分办内容', 1).inputValue()).toBe('核对台账')
  await page.locator('.below button', { hasText: '撤销' }).click()
  expect(await cell('分办内容', 1).inputValue()).toBe('提供名单')
  await visit.inspect('rows')
  visit.expectNothingWrong()
  await visit.close()
})

it('brings back a draft that was thrown away, and a view that was removed', async () => {
  const visit = await house.visit()
  const { page } = visit
  const office = new Hands(visit)
  await visit.signIn('office')
  await visit.go('/ledger/inspection/new')
  await office.write('名称', '写了一半的巡察')
  await visit.go('/ledger/inspection/new')
  await page.locator('.draft button', { hasText: '重新填写' }).click()
  expect(await office.field('名称').locator('input').inputValue()).toBe('')
  await page.locator('.draft button', { hasText: '撤销' }).click()
  expect(await office.field('名称').locator('input').inputValue()).toBe('写了一半的巡察')

  await visit.go('/ledger/measure?group=state')
  await page.locator('.menu .opener', { hasText: '我的视图' }).click()
  await page.locator('.save input').fill('按状态')
  await page.locator('.save button').click()
  await page.getByLabel('删除视图：按状态').click()
  await page.locator('.toast button', { hasText: '撤销' }).click()
  await page.locator('.menu .opener', { hasText: '我的视图' }).click()
  await page.locator('.panel a', { hasText: '按状态' }).waitFor()
  visit.expectNothingWrong()
  await visit.close()
})

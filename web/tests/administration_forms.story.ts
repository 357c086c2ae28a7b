// The smaller forms of administration, each by the hands it needs: delegation, refusal, reset, token.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House

beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

it('proposes a delegation, which is refused with a reason that stays', async () => {
  const system = await house.visit()
  const { page } = system
  await system.signIn('system', '/administration/delegations')
  await page.locator('main button', { hasText: '提出代签委托' }).click()
  await page.locator('dialog .picker input').nth(0).fill('杜一帆')
  await page.locator('dialog [role=option]', { hasText: '负责人' }).first().click()
  await page.locator('dialog .picker input').nth(1).fill('叶岚')
  await page.locator('dialog [role=option]', { hasText: '叶岚' }).first().click()
  await page.locator('dialog input[type=text]').last().fill('云教办〔2026〕31号')
  await page.locator('dialog input[type=date]').last().fill('2027-06-30')
  await system.inspect('delegation-form')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.toast', { hasText: '已提出' }).waitFor()

  const security = await house.visit()
  await security.signIn('security', '/administration/proposals')
  const wish = security.page.locator('article', { hasText: '云教办〔2026〕31号' })
  await wish.getByRole('button', { name: '驳回' }).click()
  await security.page.locator('dialog input').fill('该岗位有副职，不需代签')
  await security.page.locator('dialog button[type=submit]').click()
  await security.page.locator('[data-state=refused]', { hasText: '不需代签' }).waitFor()
  await security.inspect('proposal-refused')
  await system.go('/administration/proposals')
  await page.locator('[data-state=refused]', { hasText: '不需代签' }).waitFor()
  system.expectNothingWrong()
  security.expectNothingWrong()
})

it('resets a password before a witness, and shows the new one once', async () => {
  const security = await house.visit()
  const { page } = security
  await security.signIn('security', '/administration/accounts')
  await page.getByRole('button', { name: '重置密码 head', exact: true }).click()
  await page.locator('dialog .picker input').fill('沈宁')
  await page.locator('dialog [role=option]').first().click()
  await security.inspect('reset-form')
  await page.locator('dialog button[type=submit]').click()
  const once = (await page.locator('dialog [data-secret]').innerText()).trim()
  await page.locator('dialog button', { hasText: '已记下' }).click()
  await page.locator('tbody tr', { has: page.getByRole('button', { name: '重置密码 head', exact: true }) }).getByText('须改密码').waitFor()
  house.tell('head', once)
  const head = await house.visit()
  await head.signInByScreen('head')
  head.expectNothingWrong()
  security.expectNothingWrong()
})

it('issues a token, shows it once, and asks before it ends it', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('clerk', '/tokens')
  await page.locator('main button', { hasText: '开设令牌' }).click()
  await page.locator('dialog input[type=text]').fill('月报程序')
  await page.locator('dialog input[type=date]').fill('2026-12-31')
  await page.locator('dialog button[type=submit]').click()
  expect(await page.locator('dialog [data-secret]').innerText()).toMatch(/^t1\./)
  await page.locator('dialog button', { hasText: '已记下' }).click()
  await page.getByRole('button', { name: '作废 月报程序' }).click()
  await page.locator('dialog', { hasText: '不能恢复' }).waitFor()
  await visit.inspect('token-revoke')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('tbody tr', { hasText: '已作废' }).waitFor()
  visit.expectNothingWrong()
})

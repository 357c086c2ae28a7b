// What waits for the administrators: too few people for what one of them asks, told to both before it is decided.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House

beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

it('warns of a number of signatures that nobody can give, and shows the second administrator what waits', async () => {
  const system = await house.visit()
  await system.signIn('system', '/administration/packs')
  await system.page.locator('section', { hasText: '整改' }).locator('tbody tr', { hasText: '销号复核人数' }).getByRole('button').click()
  await system.page.locator('dialog input').fill('9')
  await system.page.locator('dialog button[type=submit]').click()
  await system.page.locator('.toast', { hasText: '已提出' }).waitFor()
  await system.go('/administration/proposals')
  const proposed = system.page.locator('[data-state=open]', { hasText: '人手不足' }).first()
  await proposed.waitFor()
  expect(await proposed.textContent()).toContain('需要')
  expect(await proposed.textContent()).toContain('销号复核人数')
  await system.inspect('proposal-short')
  system.expectNothingWrong()

  const security = await house.visit()
  await security.signIn('security')
  await security.page.getByRole('heading', { name: '1 项提议待批' }).waitFor()
  await security.page.getByRole('heading', { name: '个环节人手不足' }).waitFor()
  await security.inspect('duties')
  await security.page.locator('main').getByRole('link', { name: '待批与已批' }).last().click()
  await security.page.locator('[data-state=open]').getByRole('button', { name: '批准' }).click()
  await security.page.locator('.toast', { hasText: '已批准' }).waitFor()
  await security.go('/administration/duties')
  await security.page.getByText('需要 9 名不同人员').first().waitFor()
  security.expectNothingWrong()

  const narrow = await house.visit({ width: 390 })
  await narrow.signIn('auditor')
  await narrow.page.getByText('需要 9 名不同人员').first().waitFor()
  await narrow.inspect('duties-narrow')
  narrow.expectNothingWrong()
})

// A new house: the system administrator proposes, the security administrator approves, the audit administrator sees it all.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House

beforeAll(async () => (house = await openHouse('new')))
afterAll(() => house.close())

it('opens a unit, a person, a post and an account by the hands of two', async () => {
  const system = await house.visit()
  const { page } = system
  await system.signIn('system', '/administration/units')
  await page.locator('button', { hasText: '新增下级' }).first().click()
  await page.locator('dialog input[type=text]').nth(0).fill('财务处')
  await page.locator('dialog input[type=text]').nth(1).fill('CW')
  await page.locator('dialog select').selectOption('department')
  await system.inspect('unit-form')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('tbody th', { hasText: '财务处' }).waitFor()
  await system.inspect('units')

  await system.go('/administration/people')
  await page.locator('main button', { hasText: '登记人员' }).click()
  await page.locator('dialog input[type=text]').first().fill('文清')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('tbody tr', { hasText: '文清' }).locator('button', { hasText: '提出任职' }).click()
  await page.locator('dialog .picker input').first().fill('财务')
  await page.locator('dialog [role=option]', { hasText: '财务处' }).first().click()
  await page.locator('dialog select').selectOption('clerk')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.toast', { hasText: '已提出' }).waitFor()
  await system.inspect('people')

  await system.go('/administration/proposals')
  await page.locator('[data-state=open]', { hasText: '文清' }).waitFor()
  expect(await page.locator('button', { hasText: '批准' }).count()).toBe(0)

  const security = await house.visit()
  await security.signIn('security', '/administration/proposals')
  await security.page.locator('[data-state=open]', { hasText: '文清' }).locator('button', { hasText: '批准' }).click()
  await security.page.locator('[data-state=approved]', { hasText: '文清' }).waitFor()
  await security.inspect('proposals')

  await system.go('/administration/people')
  await page.locator('tbody tr', { hasText: '文清' }).getByText('财务处').waitFor()
  system.expectNothingWrong()
  security.expectNothingWrong()
  await system.close()
  await security.close()
})

it('puts a unit in the charge of a leader by the hands of two', async () => {
  const system = await house.visit()
  const { page } = system
  await system.signIn('system', '/administration/divisions')
  await page.locator('main', { hasText: '这一天没有班子分工' }).waitFor()
  await system.inspect('divisions-none')
  await page.locator('main button', { hasText: '提出班子分工' }).click()
  await page.locator('dialog .picker input').nth(0).fill('文清')
  await page.locator('dialog [role=option]', { hasText: '文清' }).first().click()
  await page.locator('dialog .picker input').nth(1).fill('财务')
  await page.locator('dialog [role=option]', { hasText: 'CW' }).click()
  await page.locator('dialog input[type=text]').last().fill('预算与决算')
  await system.inspect('division-form')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.toast', { hasText: '已提出' }).waitFor()
  expect(await page.locator('tbody tr').count()).toBe(0)

  const security = await house.visit()
  await security.signIn('security', '/administration/proposals')
  const wish = '新增分工：文清 分管 财务处 · 预算与决算'
  await security.page.locator('[data-state=open]', { hasText: wish }).locator('button', { hasText: '批准' }).click()
  await security.page.locator('[data-state=approved]', { hasText: wish }).waitFor()

  await system.go('/administration/divisions')
  const line = page.locator('tbody tr', { hasText: '文清' })
  await line.getByText('财务处').waitFor()
  await line.getByText('预算与决算').waitFor()
  await system.inspect('divisions')
  await line.locator('button', { hasText: '修改' }).click()
  expect(await page.locator('dialog .picker').count()).toBe(0)
  system.expectNothingWrong()
  security.expectNothingWrong()
  await system.close()
  await security.close()
})

it('enters the days of a year by the hands of two', async () => {
  const system = await house.visit()
  const { page } = system
  await system.signIn('system', '/administration/calendar')
  const year = await page.locator('#calendar-year option').last().innerText()
  await page.locator('#calendar-year').selectOption(year)
  await page.locator('.warn', { hasText: `${year} 年尚无官方放假安排` }).first().waitFor()
  await page.locator('main button', { hasText: `录入 ${year} 年放假安排` }).click()
  const [off, worked] = [page.locator('dialog textarea').nth(0), page.locator('dialog textarea').nth(1)]
  await off.fill(`${year}-01-01..${year}-01-03\n2月5日至2月11日\n5-32`)
  await page.locator('dialog', { hasText: '第 3 行不是' }).waitFor()
  expect(await page.locator('dialog button[type=submit]').isDisabled()).toBe(true)
  await off.fill(`${year}-01-01..${year}-01-03\n2月5日至2月11日\n5-1`)
  await worked.fill('1-9')
  await page.locator('dialog', { hasText: '放假 11 天，调休上班 1 天' }).waitFor()
  await system.inspect('year-form')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.toast', { hasText: '已提出' }).waitFor()

  const security = await house.visit()
  await security.signIn('security', '/administration/proposals')
  const wish = `${year} 年有正式日历`
  await security.page.locator('[data-state=open]', { hasText: wish }).locator('button', { hasText: '批准' }).click()
  await security.page.locator('[data-state=approved]', { hasText: wish }).waitFor()

  await page.reload()
  await page.locator('#calendar-year').selectOption(year)
  await page.locator('tbody tr', { hasText: `${year}-02` }).getByText('05').waitFor()
  await system.inspect('calendar-entered')
  await page.locator('main button', { hasText: '本单位设置' }).click()
  await system.inspect('organisation-form')
  await page.locator('dialog select').first().selectOption('same_day')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.toast', { hasText: '已提出' }).waitFor()
  await security.page.reload()
  await security.page.locator('[data-state=open]', { hasText: '期限从当日起算' }).waitFor()
  system.expectNothingWrong()
  security.expectNothingWrong()
  await system.close()
  await security.close()
})

it('shows packs, calendar, health, accounts, delegations and tokens', async () => {
  const visit = await house.visit()
  await visit.signIn('system')
  for (const name of ['packs', 'calendar', 'health', 'accounts', 'delegations'] as const) {
    await visit.go(`/administration/${name}`)
    await visit.page.locator('main section').first().waitFor()
    await visit.inspect(name)
  }
  await visit.go('/administration/health')
  await visit.page.locator('button', { hasText: '核验全部数据' }).click()
  await visit.page.locator('.report', { hasText: '没有差错' }).waitFor()
  await visit.go('/tokens')
  await visit.inspect('tokens')
  // What was found is kept on the server, with its time.
  await visit.go('/administration/health')
  await visit.page.locator('.report', { hasText: /核验开始 \d{4}-\d\d-\d\d/ }).waitFor()
  visit.expectNothingWrong()
  await visit.close()
})

it('lets the audit administrator compute the root from every record', async () => {
  const visit = await house.visit({ width: 390 })
  const { page } = visit
  await visit.signIn('audit', '/journal')
  await page.locator('button', { hasText: '由全部留痕重算树根' }).click()
  await page.locator('[data-check=same_root][data-passed=true]').waitFor()
  await visit.inspect('journal-audit')
  await visit.go('/administration/proposals')
  await page.locator('main section').first().waitFor()
  await visit.inspect('proposals')
  visit.expectNothingWrong()
  await visit.close()
})

// The first screens at work: five signatures and one return by the leader; progress, a picked file and no change by the clerk.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter, meanwhile } from './meanwhile'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

interface Listed {
  entries: { id: string; state: string; fields: Record<string, unknown> }[]
}

it('lets the leader sign five in a row, a press each, and send one back with a reason from the list', async () => {
  const others = meanwhile(house)
  for (const heading of ['食堂结余挂账', '校服采购未公示', '值班表不实', '票据遗失', '公车登记缺页', '旧文件充整改']) await others.finding(heading, 'leader_review')
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('principal', '/page')
  const count = page.locator('.sheet h2 strong').first()
  await expect.poll(() => count.textContent()).toBe('6')
  await page.keyboard.press('j')
  await page.locator('[data-sign]').waitFor()
  expect(await page.locator('.paper').textContent()).toContain('账目已清')
  await visit.inspect('leader-signing')
  for (let left = 5; left >= 1; left -= 1) {
    await page.locator('[data-sign]:not([disabled])').waitFor()
    await page.keyboard.press('s')
    await expect.poll(() => count.textContent()).toBe(String(left))
  }
  await page.locator('[data-return]').waitFor()
  await page.keyboard.press('b')
  await page.locator('form.buttons button', { hasText: '旧文件不算' }).click()
  await visit.inspect('leader-return')
  await page.locator('form.buttons button[type=submit]').click()
  await expect.poll(() => count.textContent()).toBe('0')
  const { entries } = await visit.ask<Listed>('GET', '/registers/finding/entries?limit=50')
  expect(entries.map((one) => one.state).sort()).toEqual([...Array<string>(5).fill('office_review'), 'unit_review'])
  visit.expectNothingWrong()
  await visit.close()
})

it('takes progress in two fields, with a node finished and a file that is there already', async () => {
  const others = meanwhile(house)
  const finding = await others.finding('采购验收不留记录', 'in_progress')
  const measure = await others.measure('补建验收台账', finding.id)
  const clerk = await others.who('unit.clerk')
  const unit = clerk.standings[0]?.unit
  await others.open('unit.clerk', 'node', { measure: measure.id, act: '印发验收办法', person: clerk.person, due_by: dayAfter(15) }, unit)
  const paper = await others.upload('unit.clerk', '验收台账.txt')
  await others.open('unit.clerk', 'evidence', { heading: '验收台账首册', kind: 'action', dated_on: dayAfter(-1), paper, measure: measure.id }, unit)

  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('clerk', '/today')
  const thing = page.locator('.line', { hasText: '补建验收台账' })
  await thing.locator('.steps button', { hasText: '报进展' }).click()
  const form = thing.locator('form.progress')
  await form.locator('[data-done]').fill('验收办法已印发，首册台账已启用。')
  await form.locator('select').nth(0).selectOption({ index: 1 })
  await form.locator('select').nth(1).selectOption({ index: 1 })
  await visit.inspect('progress')
  await form.locator('button[type=submit]').click()
  await page.locator('.toasts', { hasText: '已报进展' }).waitFor()

  const { entries } = await visit.ask<Listed>('GET', `/registers/progress/entries?measure=${measure.id}`)
  expect(entries.map((one) => one.fields.done)).toEqual(['验收办法已印发，首册台账已启用。'])
  const proof = await visit.ask<{ fields: Record<string, unknown> }>('GET', `/registers/progress/entries/${entries[0]?.id ?? ''}`)
  expect(proof.fields.proof).toBe(paper)
  const nodes = await visit.ask<Listed>('GET', `/registers/node/entries?measure=${measure.id}`)
  expect(nodes.entries.map((one) => one.state)).toEqual(['finished'])
  visit.expectNothingWrong()
  await visit.close()
})

it('sends a difficulty up with the report, onto the leader\'s page', async () => {
  const finding = await meanwhile(house).finding('专款沉淀', 'issued')
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('clerk', '/today')
  const thing = page.locator('.line', { hasText: '专款沉淀' })
  await thing.locator('.steps button', { hasText: '报进展' }).click()
  await thing.locator('[data-done]').fill('已清点沉淀资金。')
  await thing.locator('summary').click()
  await thing.locator('[data-difficulty]').fill('请与市财政局李局长通话商定收回办法。')
  await visit.inspect('difficulty')
  await thing.locator('form.progress button[type=submit]').click()
  await page.locator('.toasts', { hasText: '已报进展' }).waitFor()
  visit.expectNothingWrong()
  await visit.close()

  const leader = await house.visit()
  await leader.signIn('principal', '/page')
  const line = leader.page.locator('.sent-up li', { hasText: '李局长' })
  await line.waitFor()
  expect(await line.locator('a').getAttribute('href')).toContain(finding.id)
  await leader.inspect('leader-sent-up')
  leader.expectNothingWrong()
  await leader.close()
})

it('reports no change in one click, with its reason, on a telephone too', async () => {
  const others = meanwhile(house)
  const finding = await others.finding('培训不记考勤', 'in_progress')
  const measure = await others.measure('启用签到表', finding.id)
  const visit = await house.visit({ width: 390 })
  const { page } = visit
  await visit.signIn('clerk', '/today')
  const thing = page.locator('.line', { hasText: '启用签到表' })
  await thing.locator('.steps button', { hasText: '报进展' }).click()
  await visit.inspect('progress-narrow')
  await thing.locator('[data-unchanged]').click()
  await page.locator('.toasts', { hasText: '已报进展' }).waitFor()
  const { entries } = await visit.ask<Listed>('GET', `/registers/progress/entries?measure=${measure.id}`)
  expect(String(entries[0]?.fields.done)).toMatch(/^本期无变化：.+/)
  visit.expectNothingWrong()
  await visit.close()
})

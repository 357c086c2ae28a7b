// A meeting from its plan to its tasks: the agenda from the ledger, decisions typed as they are taken, by keyboard.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter, meanwhile } from './meanwhile'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

interface Listed {
  entries: { id: string; state: string; fields: Record<string, unknown> }[]
}

it('teaches where there is no meeting, plans one, and takes its agenda from the ledger', async () => {
  const others = meanwhile(house)
  await others.finding('食堂结余长期挂账', 'in_progress')
  await others.finding('采购验收不留记录', 'issued')
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/hearings')
  await page.locator('.empty').waitFor()
  await visit.inspect('hearings-empty')

  await page.keyboard.press('n')
  const field = (name: string) => page.locator('dialog .field', { hasText: name })
  await field('议题').locator('input').fill('十一月整改专题会')
  await field('会议类型').locator('select').selectOption('party_group')
  await field('计划日期').locator('input').fill(dayAfter(0))
  await field('应到人数').locator('input').fill('9')
  await visit.inspect('hearing-plan')
  await page.locator('dialog button[type=submit]').click()
  await page.waitForURL(/\/hearings\/[0-9a-f-]{36}/)

  await page.locator('[data-pick]').click()
  await page.locator('.pick .line', { hasText: '需与市财政局商定返还口径' }).locator('input').check()
  await visit.inspect('hearing-pick')
  await page.locator('.pick button[type=submit]').click()
  const agenda = page.locator('.agenda li')
  await agenda.first().waitFor()
  expect(await agenda.count()).toBe(1)
  const said = await agenda.first().textContent()
  for (const words of ['食堂结余长期挂账', '整改中', '已清理账目', '提请协调']) expect(said).toContain(words)
  await page.setViewportSize({ width: 390, height: 844 })
  await visit.inspect('hearing-narrow')
  visit.expectNothingWrong()
  await visit.close()
})

it('takes decisions by keyboard alone, keeps them through a closed tab, refuses beside the field, and is held', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/hearings')
  await page.locator('.line a', { hasText: '十一月整改专题会' }).click()
  await page.locator('form.hold').waitFor()

  await page.keyboard.press('d')
  const { person } = await meanwhile(house).who('unit.clerk')
  const { people: names } = await visit.ask<{ people: { id: string; name: string }[] }>('GET', '/directory')
  const nameOf = names.find((one) => one.id === person)?.name ?? ''
  const typeRow = async (place: number, task: string): Promise<void> => {
    await page.keyboard.type(task)
    for (const picked of ['财务处', nameOf]) {
      await page.keyboard.press('Tab')
      // Enter at once, before anything is offered.
      await page.keyboard.type(picked)
      await page.keyboard.press('Enter')
      await page.locator('.rows .row').nth(place).locator('.el-select__placeholder', { hasText: picked }).waitFor()
    }
    await page.keyboard.press('Tab')
    // Whichever order the browser's language gives the parts of a day.
    await page.locator(':focus').fill(dayAfter(20))
    await page.keyboard.press('Enter')
  }
  await typeRow(0, '与市财政局商定返还口径')
  await typeRow(1, '每周通报清理进度')
  expect(await page.locator('.rows .row').count()).toBe(3)
  await visit.inspect('hearing-decisions')

  await page.reload()
  await page.locator('.draft').waitFor()
  expect(await page.locator('.rows .row').count()).toBe(3)
  expect(await page.locator('#resolved-1-task').inputValue()).toBe('每周通报清理进度')
  await page.locator('.rows .row').nth(1).locator('.el-select__placeholder', { hasText: nameOf }).waitFor()

  const field = (name: string) => page.locator('.hold .field').filter({ has: page.locator('.label', { hasText: name }) })
  await field('召开日期').locator('input').fill(dayAfter(0))
  await field('主持人').locator('.picker input').fill(nameOf)
  await page.locator('.hold [role=option]', { hasText: nameOf }).filter({ visible: true }).first().click()
  await field('实到人数').locator('input').fill('4')
  await field('会议纪要').locator('input[type=file]').setInputFiles({ name: '纪要.txt', mimeType: 'text/plain', buffer: Buffer.from('议定两件。') })
  await field('会议纪要').getByText('纪要.txt').waitFor()
  visit.expectRefusal('422 /api/v1/registers/hearing')
  const handIn = page.locator('.hold button[type=submit]')
  await handIn.click()
  await field('实到人数').locator('[role=alert]', { hasText: '半数' }).waitFor()
  await visit.inspect('hearing-refused')

  await field('实到人数').locator('input').fill('7')
  await field('有表决事项').locator('select').selectOption('true')
  await field('赞成票').locator('input').fill('3')
  await handIn.click()
  await field('赞成票').locator('[role=alert]').waitFor()
  await field('赞成票').locator('input').fill('6')
  await handIn.click()
  await field('逐项表决').locator('[role=alert]').waitFor()
  for (const kept of ['主持人末位表态', '逐项表决']) await field(kept).locator('select').selectOption('true')

  // Whoever has the paper open sees at once that it was held.
  const reader = await house.visit()
  await reader.signIn('principal', new URL(page.url()).pathname.replace('/app', ''))
  await reader.page.locator('.agenda li').first().waitFor()
  expect(await reader.page.locator('.resolutions').count()).toBe(0)
  await handIn.click()
  await page.locator('.toasts', { hasText: '已登记召开' }).waitFor()
  await page.locator('.above .state', { hasText: '已召开' }).waitFor()
  expect(await page.locator('form.hold').count()).toBe(0)
  await reader.page.locator('.resolutions li').nth(1).waitFor()

  const opened = page.locator('.resolutions li')
  expect(await opened.count()).toBe(2)
  for (const [place, task] of ['与市财政局商定返还口径', '每周通报清理进度'].entries()) {
    const said = await opened.nth(place).textContent()
    for (const words of [task, '财务处', nameOf, dayAfter(20), '待落实']) expect(said).toContain(words)
  }
  await visit.inspect('hearing-held')
  await opened.first().locator('a').click()
  await page.waitForURL(/\/ledger\/resolution\//)
  await page.locator('.timeline').waitFor()
  await page.locator('article .state', { hasText: '待落实' }).waitFor()
  for (const one of [visit, reader]) {
    one.expectNothingWrong()
    await one.close()
  }
})

it('is settled once each of its tasks is', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/hearings')
  await page.locator('.line a', { hasText: '十一月整改专题会' }).click()
  await page.locator('.resolutions li').first().waitFor()
  const others = meanwhile(house)
  const id = page.url().split('/').pop() ?? ''

  visit.expectRefusal('422 /api/v1/registers/hearing')
  await page.locator('.ways button', { hasText: '办结' }).click()
  await page.locator('[role=alert]', { hasText: '未办结' }).waitFor()
  const { entries } = await visit.ask<Listed>('GET', `/registers/resolution/entries?hearing=${id}`)
  for (const one of entries) {
    await others.act('unit.clerk', 'resolution', one.id, 'answer', { fields: { done: '已办。' } })
    await others.act('office.clerk', 'resolution', one.id, 'settle')
  }
  await page.locator('.ways button', { hasText: '办结' }).click()
  await page.locator('.above .state', { hasText: '议定事项办结' }).waitFor()
  visit.expectNothingWrong()
  await visit.close()
})

it('lies before the leader as a paper that he reads, on a telephone too', async () => {
  const visit = await house.visit({ width: 390 })
  const { page } = visit
  await visit.signIn('principal', '/hearings')
  await visit.inspect('hearings-leader')
  await page.locator('.line a').first().click()
  await page.locator('.agenda li').first().waitFor()
  expect(await page.locator('form.hold').count()).toBe(0)
  expect(await page.locator('.agenda').textContent()).toContain('提请协调')
  await visit.inspect('hearing-leader')
  visit.expectNothingWrong()
  await visit.close()
})

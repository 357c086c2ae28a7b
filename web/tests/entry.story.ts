// One entry between several people: a sheet signed with a pen, evidence, and two who change the same thing.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import type { Visit } from './visit'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

// A picture of one white point.
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII='

interface Made {
  id: string
  revision: number
}

async function apply(visit: Visit, body: string): Promise<Made> {
  const { person } = await visit.ask<{ person: string }>('GET', '/session')
  const approval = await visit.upload('approval.png', png)
  const fields = {
    person, category: 'research_staff', basis: 'Rule 5', body, body_kind: 'association', office: 'director',
    begins_on: '2026-10-01', ends_on: '2027-09-30', approval_no: 'No. 5', approval,
  }
  return await visit.ask<Made>('POST', '/registers/concurrent_post/entries', { fields })
}

it('records a sheet signed with a pen; another compares it, and only then it counts', async () => {
  const clerk = await house.visit()
  await clerk.signIn('clerk')
  const { id } = await apply(clerk, 'Paper Association')
  await clerk.go(`/ledger/concurrent_post/${id}`)
  await clerk.page.locator('.fields .name', { hasText: 'approval.png' }).click()
  await clerk.page.locator('dialog img').waitFor()
  expect(await clerk.page.locator('dialog dd.mono').textContent()).toMatch(/^[0-9a-f]{64}$/)
  await clerk.inspect('preview')
  await clerk.page.keyboard.press('Escape')
  await clerk.ask('POST', `/registers/concurrent_post/entries/${id}/actions/file`, {}, { 'If-Match': '"1"' })
  clerk.expectNothingWrong()
  await clerk.close()

  const recorder = await house.visit()
  await recorder.signIn('reviewer', `/ledger/concurrent_post/${id}`)
  await recorder.page.locator('[data-actions] button', { hasText: /^同意$/ }).click()
  await recorder.page.locator('dialog input[type=radio]').nth(1).check()
  await recorder.page.locator('dialog .picker input').first().fill('何禾')
  await recorder.page.locator('dialog [role=option]', { hasText: '何禾' }).first().click()
  await recorder.page.locator('dialog input[type=date]').fill('2026-11-20')
  await recorder.page.locator('dialog input[type=file]').setInputFiles({ name: 'sheet.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
  await recorder.page.locator('dialog').getByText('sheet.png').waitFor()
  await recorder.inspect('paper')
  await recorder.page.locator('dialog button[type=submit]').click()
  await recorder.page.locator('.side', { hasText: '待另一人核对' }).waitFor()
  expect(await recorder.page.locator('.side button', { hasText: '核对' }).count()).toBe(0)
  recorder.expectNothingWrong()
  await recorder.close()

  const comparer = await house.visit()
  await comparer.signIn('reviewer3', `/ledger/concurrent_post/${id}`)
  await comparer.page.locator('.side button', { hasText: '核对' }).click()
  await comparer.page.locator('dialog img').waitFor()
  await comparer.inspect('compare')
  await comparer.page.locator('dialog button', { hasText: '一致，确认' }).click()
  await comparer.page.locator('.side', { hasText: '已签 1' }).waitFor()
  await comparer.inspect('signed')
  comparer.expectNothingWrong()
  await comparer.close()
})

it('asks field by field when two changed the same, and takes over what only the other changed', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('clerk')
  const { id, revision } = await apply(visit, 'Merged Association')
  await visit.go(`/ledger/concurrent_post/${id}`)
  await page.locator('[data-actions] button', { hasText: '修改' }).click()
  const field = (name: string) => page.locator('dialog .field', { hasText: name }).locator('input').first()
  await field('适用规定').fill('Rule 7')
  await visit.ask('POST', `/registers/concurrent_post/entries/${id}/actions/amend`, { fields: { basis: 'Rule 6', approval_no: 'No. 6' } }, { 'If-Match': `"${revision}"` })
  visit.expectRefusal('412 /api/v1/registers/concurrent_post')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.conflict').waitFor()
  await visit.inspect('conflict')
  const goOn = page.locator('.conflict button')
  expect(await goOn.isDisabled()).toBe(true)
  await page.locator('.clash input[value=mine]').check()
  await goOn.click()
  expect(await field('适用规定').inputValue()).toBe('Rule 7')
  expect(await field('审批文号').inputValue()).toBe('No. 6')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.fields', { hasText: 'Rule 7' }).waitFor()
  expect(await page.locator('section:has(> .fields)').textContent()).toContain('No. 6')
  visit.expectNothingWrong()
  await visit.close()
})

it('leads along the lineage, and prints the document alone', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', `/ledger/measure/number:ZG-${new Date().getFullYear()}-0001`)
  await page.locator('.side a', { hasText: 'SX-' }).first().click()
  await page.waitForURL(/\/ledger\/item\//)
  await page.locator('.side a', { hasText: 'ZG-' }).first().waitFor()
  await visit.inspect('item')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('nav').first().isVisible()).toBe(false)
  expect(await page.locator('[data-actions]').isVisible()).toBe(false)
  expect(await page.locator('.printed').isVisible()).toBe(true)
  visit.expectNothingWrong()
  await visit.close()
})

// A sheet on its way: printed with its code, signed with a pen, scanned back in, compared by another, and then it counts.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter, meanwhile } from './meanwhile'
import type { Visit } from './visit'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

interface Applied {
  id: string
  scan: Buffer
}

/** A secondary post applied for, and its sheet as it comes out of the printer, at about `dpi`. */
async function printed(body: string, dpi: number): Promise<Applied> {
  const others = meanwhile(house)
  const { person } = await others.who('unit.clerk')
  const approval = await others.upload('unit.clerk', 'approval.txt')
  const { id } = await others.open('unit.clerk', 'concurrent_post', {
    person, category: 'research_staff', basis: '第五条', body, body_kind: 'association', office: 'director', begins_on: dayAfter(-30), ends_on: dayAfter(300),
    approval_no: '云教干〔2026〕5号', approval,
  })
  await others.act('unit.clerk', 'concurrent_post', id, 'file')
  const visit = await house.visit({ width: 794, height: 1123, scale: dpi / 96 })
  await visit.signIn('clerk', `/ledger/concurrent_post/${id}`)
  await visit.page.locator('.ways a', { hasText: '签批单' }).click()
  await visit.page.locator('.signing svg').first().waitFor()
  await visit.page.emulateMedia({ media: 'print' })
  const scan = await visit.page.screenshot({ fullPage: true })
  visit.expectNothingWrong()
  await visit.close()
  return { id, scan }
}

/** Drops files on the page as a hand does. */
async function drop(visit: Visit, files: { name: string; type: string; bytes: Buffer }[]): Promise<void> {
  const transfer = await visit.page.evaluateHandle(
    (some) => {
      const held = new DataTransfer()
      for (const one of some) held.items.add(new File([Uint8Array.from(atob(one.text), (byte) => byte.charCodeAt(0))], one.name, { type: one.type }))
      return held
    },
    files.map((one) => ({ name: one.name, type: one.type, text: one.bytes.toString('base64') })),
  )
  await visit.page.locator('[data-drop]').dispatchEvent('drop', { dataTransfer: transfer })
}

// A picture of one white point.
const blank = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64')

it('prints what is signed, by whom, with a line for each and a code', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office')
  const finding = await meanwhile(house).finding('食堂结余长期挂账', 'leader_review')
  await visit.go(`/ledger/finding/${finding.id}/sheet`)
  await page.locator('.signing svg').waitFor()
  const checkpoint = await page.locator('.signing pre').textContent()
  expect(checkpoint).toMatch(/^duban\/[0-9a-f-]{36}\/1\n[0-9]+\n[A-Za-z0-9+/]{43}=\n\n— duban\//)
  const said = await page.locator('.signing').textContent()
  for (const words of ['主要负责人审签', finding.number, '食堂结余长期挂账', `${finding.number} / ${finding.revision}`]) expect(said).toContain(words)
  expect(await page.locator('.signing .lines tbody tr').count()).toBe(1)
  await visit.inspect('sheet')
  await page.setViewportSize({ width: 390, height: 844 })
  await visit.inspect('sheet-narrow')
  await page.setViewportSize({ width: 1366, height: 768 })
  const sheet = await page.locator('.signing').screenshot()
  await visit.go(`/ledger/finding/${finding.id}`)
  await page.locator('article h1').waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.locator('.signing svg').waitFor()
  expect(await page.locator('.signing').isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  expect(await page.locator('.signing').isVisible()).toBe(false)

  // The office brings in what the principal signed, whose signature it could not give itself.
  await visit.go('/sheets')
  await drop(visit, [{ name: '局长.png', type: 'image/png', bytes: sheet }])
  await page.locator('form.signature input[type=date]').fill(dayAfter(0))
  await page.locator('form.signature button[type=submit]').click()
  await page.locator('.scan[data-step=recorded]').waitFor()
  visit.expectNothingWrong()
  await visit.close()
})

it('finds the entry of each scan, records the pen by one confirmation, and counts when another compared it', async () => {
  const [first, second] = [await printed('云岭教育发展基金会', 200), await printed('云岭市书法学会', 300)]
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('reviewer')
  const { people } = await visit.ask<{ people: { id: string; name: string }[] }>('GET', '/directory')
  const { person: second_reviewer } = await meanwhile(house).who('office.reviewer2')
  const signer = people.find((one) => one.id === second_reviewer)?.name ?? ''
  await visit.go('/sheets')
  await visit.inspect('sheets-empty')
  await drop(visit, [
    { name: '扫描1.png', type: 'image/png', bytes: first.scan }, { name: '扫描2.png', type: 'image/png', bytes: second.scan }, { name: '说明.pdf', type: 'application/pdf', bytes: blank },
  ])
  await page.locator('[role=alert]', { hasText: '说明.pdf' }).waitFor()
  const card = (name: string) => page.locator('.scan', { hasText: name })
  for (const name of ['云岭教育发展基金会', '云岭市书法学会']) await card(name).locator('form.signature').waitFor()
  await visit.inspect('sheets-found')

  const one = card('云岭教育发展基金会')
  await one.locator('.picker input').fill(signer)
  await one.locator('[role=option]', { hasText: signer }).filter({ visible: true }).first().click()
  await one.locator('input[type=date]').fill(dayAfter(0))
  await one.locator('.field', { hasText: '纸上意见' }).locator('input').fill('同意')
  await page.keyboard.press('Enter')
  await page.locator('.scan[data-step=recorded]', { hasText: signer }).waitFor()

  // The second by keyboard alone: the focus is there already, the day is that of the first.
  await page.keyboard.type(signer)
  await page.keyboard.press('Enter')
  // Nothing is left to fill in: the confirmation has the focus.
  await page.locator('form.signature button[type=submit]:focus').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.scan[data-step=recorded]').count()).toBe(2)
  await visit.inspect('sheets-recorded')
  visit.expectNothingWrong()
  await visit.close()

  const comparer = await house.visit()
  await comparer.signIn('reviewer3', `/ledger/concurrent_post/${first.id}`)
  await comparer.page.locator('.side', { hasText: '待另一人核对' }).waitFor()
  await comparer.page.locator('.side button', { hasText: '核对' }).click()
  await comparer.page.locator('dialog img').waitFor()
  expect(await comparer.page.locator('dialog').textContent()).toContain(signer)
  await comparer.inspect('sheet-compare')
  await comparer.page.locator('dialog button', { hasText: '一致，确认' }).click()
  await comparer.page.locator('.side', { hasText: '已签 1' }).waitFor()
  comparer.expectNothingWrong()
  await comparer.close()
})

it('says what does not fit: no code, no such number, an entry that moved on, and one that waits for nothing', async () => {
  const { id, scan } = await printed('云岭市合唱协会', 150)
  const visit = await house.visit({ width: 390 })
  const { page } = visit
  await visit.signIn('reviewer', '/sheets')
  await drop(visit, [{ name: '空白.png', type: 'image/png', bytes: blank }])
  await page.locator('[role=alert]', { hasText: '没有找到二维码' }).waitFor()
  visit.expectRefusal('404 /api/v1/registers/concurrent_post/entries/number')
  await page.locator('.number input').fill('JZ-1999-0001')
  await page.locator('.number button').click()
  await page.locator('.number [role=alert]').waitFor()
  await visit.inspect('sheets-no-code')
  const { number } = await visit.ask<{ number: string }>('GET', `/registers/concurrent_post/entries/${id}`)
  await page.locator('.number input').fill(number)
  await page.keyboard.press('Enter')
  await page.locator('.scan form.signature').waitFor()
  await page.locator('.scan button', { hasText: '移除' }).click()

  // Returned and filed again: the sheet on paper signs what no longer stands.
  const others = meanwhile(house)
  await others.act('office.reviewer2', 'concurrent_post', id, 'send_back', { inputs: { to: 'draft', reason: '起止日期有误' } })
  await others.act('unit.clerk', 'concurrent_post', id, 'amend', { fields: { ends_on: dayAfter(200) } })
  await drop(visit, [{ name: '迟到.png', type: 'image/png', bytes: scan }])
  await page.locator('.match [role=alert]', { hasText: '不等待' }).waitFor()
  await visit.inspect('sheets-nothing-waits')
  await page.locator('.scan button', { hasText: '移除' }).click()
  await others.act('unit.clerk', 'concurrent_post', id, 'file')
  await drop(visit, [{ name: '迟到.png', type: 'image/png', bytes: scan }])
  await page.locator('.match [role=alert]', { hasText: '又有变动' }).waitFor()
  expect(await page.locator('.signature button[type=submit]').isDisabled()).toBe(true)
  await visit.inspect('sheets-moved')
  visit.expectNothingWrong()
  await visit.close()
})

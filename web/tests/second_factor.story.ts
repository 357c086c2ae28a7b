// A second factor, from the account menu to the sign-in that asks for it.
import { createHmac } from 'node:crypto'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

const stepSeconds = 30

/** RFC 6238 with SHA-1 and six digits, as an authenticator computes it; `later` steps from now. */
function codeOf(secret: string, later: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replaceAll(/\s/g, '')].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((one) => parseInt(one, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / stepSeconds) + later))
  const mac = createHmac('sha1', key).update(step).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

it('is turned on in the account, and asked for at the next sign-in', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('principal')
  await page.locator('header.top .opener').last().click()
  await page.locator('.panel button', { hasText: '动态码验证' }).click()
  await visit.inspect('second-factor')
  await page.locator('main button', { hasText: '启用' }).click()
  const secret = await page.locator('[data-secret]').innerText()
  await visit.inspect('second-factor-key')
  visit.expectRefusal('422 /api/v1/account/second-factor')
  await page.locator('input[name=code]').fill('000000')
  await page.locator('button[type=submit]').click()
  await page.locator('.problem').waitFor()
  await page.locator('input[name=code]').fill(codeOf(secret, -1))
  await page.locator('button[type=submit]').click()
  await page.locator('[role=status]', { hasText: '已启用' }).first().waitFor()

  await page.locator('main button', { hasText: '返回' }).click()
  await page.locator('header.top .opener').last().click()
  await page.locator('.panel button', { hasText: '退出' }).click()
  visit.expectRefusal('401 /api/v1/sessions')
  await page.locator('input[name=name]').fill('principal')
  await page.locator('input[name=password]').fill(visit.passwordOf('principal'))
  await page.locator('button[type=submit]').click()
  await page.locator('input[name=code]:focus').waitFor()
  await visit.inspect('sign-in-code')
  await page.locator('input[name=code]').fill(codeOf(secret, 0))
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/\/page$/)
  expect(await page.locator('h1').first().textContent()).toContain('一页纸')
  visit.expectNothingWrong()
  await visit.close()
})

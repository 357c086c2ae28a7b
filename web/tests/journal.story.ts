// The browser verifies by itself: what the server sends is checked, and a tampered answer goes red.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House
const proof = `/journal/measure/number:ZG-${new Date().getFullYear()}-0001`

beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

it('reads the public log, remembers it, and sees that it only grew', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/journal')
  await page.locator('[data-check=signature][data-passed=true]').waitFor()
  expect(await page.locator('[data-check=grown]').getAttribute('data-passed')).toBeNull()
  await visit.inspect('journal')
  const other = await house.visit()
  await other.signInByScreen('clerk')
  await page.reload()
  await page.locator('[data-check=grown][data-passed=true]').waitFor()
  expect(await page.locator('[data-check=known_key]').getAttribute('data-passed')).toBe('true')
  visit.expectNothingWrong()
  await other.close()
  await visit.close()
})

it('verifies an entry, and goes red when one value of the answer is altered on the way', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', proof)
  await page.locator('[data-verdict]', { hasText: '核验通过' }).waitFor()
  expect(await page.locator('[data-passed=false]').count()).toBe(0)
  expect(await page.locator('[data-check=inclusion][data-passed=true]').count()).toBeGreaterThan(1)
  await visit.inspect('proof')

  await page.route('**/certificate', async (route) => {
    const answer = await route.fetch()
    const text = await answer.text()
    const certificate = JSON.parse(text) as { records: { blob: { changes: { heading: { v: string } } } }[] }
    certificate.records[0]!.blob.changes.heading.v += '。'
    await route.fulfill({ response: answer, body: JSON.stringify(certificate) })
  })
  await page.locator('button', { hasText: '重新核验' }).click()
  await page.locator('[data-verdict]', { hasText: '核验不通过' }).waitFor()
  expect(await page.locator('[data-passed=false]').evaluateAll((all) => all.map((one) => one.getAttribute('data-check')))).toEqual(['values'])
  await visit.inspect('proof-red')
  visit.expectNothingWrong()
  await visit.close()
})

it('fits a telephone', async () => {
  const visit = await house.visit({ width: 390 })
  await visit.signIn('office', '/journal')
  await visit.page.locator('[data-check=signature]').waitFor()
  await visit.inspect('journal')
  await visit.go(proof)
  await visit.page.locator('[data-verdict]').waitFor()
  await visit.inspect('proof')
  visit.expectNothingWrong()
  await visit.close()
})

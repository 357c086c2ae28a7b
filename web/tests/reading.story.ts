// A document read in: dropped or pasted, its tree corrected with undo, confirmed, and then it stands as entries.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

const feedback = readFileSync(resolve(import.meta.dirname, '../../samples/feedback.txt'), 'utf8')

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

interface Listed {
  total: { count: number }
  entries: { id: string; title: string; fields: Record<string, unknown> }[]
}

it('reads what is dropped, lets it be corrected and undone, and enters it at the confirmation', async () => {
  const visit = await house.visit()
  const { page } = visit
  await visit.signIn('office', '/reading/new')
  await visit.inspect('reading-new')
  const transfer = await page.evaluateHandle((text) => {
    const held = new DataTransfer()
    held.items.add(new File([text], '反馈意见.txt', { type: 'text/plain' }))
    return held
  }, feedback)
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer })
  const leaves = page.locator('.leaf')
  await leaves.first().waitFor()
  const read = await leaves.count()
  expect(await page.locator('.counts').textContent()).toContain(String(read))
  await visit.inspect('reading-tree')

  // One is retyped, one is left out and comes back.
  await leaves.nth(1).locator('.words').click()
  await leaves.nth(1).locator('button', { hasText: '修改或拆分' }).click()
  await leaves.nth(1).locator('.editor input').fill('改过的名称')
  await leaves.nth(1).locator('.editor button', { hasText: '保留修改' }).click()
  await leaves.nth(2).locator('.words').click()
  await leaves.nth(2).locator('button', { hasText: '不登记' }).click()
  expect(await leaves.count()).toBe(read - 1)
  await page.locator('.bar button', { hasText: '撤销一步' }).click()
  expect(await leaves.count()).toBe(read)
  await page.locator('.bar button', { hasText: '日期、数字' }).click()
  await visit.inspect('reading-facts')
  await page.locator('.bar button', { hasText: '读出的结构' }).click()
  await page.locator('.confirm button[type=submit]').click()
  await page.locator('h1', { hasText: '已登记' }).waitFor()
  await visit.inspect('reading-entered')

  const found = await visit.ask<Listed>('GET', '/registers/source_finding/entries?limit=200')
  expect(found.total.count).toBe(read)
  expect(found.entries.map((one) => one.title)).toContain('改过的名称')
  const first = await visit.ask<{ fields: { words: string } }>('GET', `/registers/source_finding/entries/${found.entries[0]?.id ?? ''}`)
  expect(first.fields.words).toMatch(/^[^。\s]/)
  await page.locator('a', { hasText: '对照原文查看' }).click()
  await page.waitForURL(/\/reading\/inspection\//)
  await page.getByText('巡察发现的主要问题').first().waitFor()
  await visit.inspect('reading-notice')
  visit.expectNothingWrong()
  await visit.close()
})

it('reads what is pasted, in a narrow window, and refuses a secrecy mark in plain words', async () => {
  const visit = await house.visit({ width: 390 })
  const { page } = visit
  await visit.signIn('office', '/reading/new')
  await page.locator('textarea.pasted').fill(`机密★5年\n${feedback}`)
  visit.expectRefusal('422 /api/v1/readings')
  await page.locator('.drop button', { hasText: /^读$/ }).click()
  await page.locator('[role=alert]').first().waitFor()
  await visit.inspect('reading-refused')
  await page.locator('textarea.pasted').fill(feedback)
  await page.locator('.drop button', { hasText: /^读$/ }).click()
  await page.locator('.leaf').first().waitFor()
  await visit.inspect('reading-tree-narrow')
  visit.expectNothingWrong()
  await visit.close()
})

// In English: sign in, read a ledger, an entry, act, search, the journal. No Chinese word on a screen but the data's own: each
// is found in what the server answered as data, never among the words of the application or of a declaration.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter } from './meanwhile'

let house: House
beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

const first = `number:ZG-${new Date().getFullYear()}-0001`

/** Strings that hold Chinese and are data: a text that stands in two languages is a word of a declaration. */
function dataIn(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (/\p{Script=Han}/u.test(value)) found.add(value.trim())
  } else if (Array.isArray(value)) {
    for (const one of value) dataIn(one, found)
  } else if (typeof value === 'object' && value !== null) {
    if ('zh' in value && 'en' in value) return
    for (const one of Object.values(value)) dataIn(one, found)
  }
}

/** Follows what the server answers this page, from now on. */
function watchData(page: Page): () => Promise<Set<string>> {
  const found = new Set<string>()
  const reading: Promise<void>[] = []
  page.on('response', (response) => {
    if (!(response.headers()['content-type'] ?? '').includes('json')) return
    reading.push(response.json().then((body) => dataIn(body, found), () => undefined))
  })
  return async () => {
    await Promise.all(reading)
    return found
  }
}

/** Every text of the page, those that are only heard too. */
async function textsOf(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const texts: string[] = [document.title]
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) texts.push(walk.currentNode.textContent ?? '')
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(one.getAttribute(name) ?? '')
    }
    return texts
  })
}

const han = /\p{Script=Han}/u

function notData(texts: readonly string[], data: ReadonlySet<string>): string[] {
  const longestFirst = [...data].sort((a, b) => b.length - a.length)
  return texts.filter((text) => {
    let left = text.trim()
    if (!han.test(left) || longestFirst.some((one) => one.includes(left))) return false
    for (const one of longestFirst) left = left.replaceAll(one, '')
    return han.test(left)
  })
}

it('tells a word of the application from data', () => {
  const data = new Set<string>()
  dataIn({ name: '财务处', states: [{ title: { zh: '整改中', en: 'In progress' } }] }, data)
  expect(notData(['财务处', 'Unit: 财务处', '整改中', '财务处 整改中', 'In progress'], data)).toEqual(['整改中', '财务处 整改中'])
})

it('shows no Chinese but the data, on any screen of a working day', async () => {
  const visit = await house.visit({ language: 'en' })
  const { page } = visit
  const data = watchData(page)
  const looked = async (name: string, own: readonly string[] = []): Promise<void> => {
    await visit.inspect(`english-${name}`)
    expect(notData(await textsOf(page), new Set([...(await data()), ...own])), name).toEqual([])
  }
  await visit.go('/sign-in')
  await looked('sign-in')
  // The account still speaks Chinese: it is told once.
  await visit.signIn('office')
  await page.locator('button', { hasText: '外观' }).click()
  await page.locator('.panel select').first().selectOption('en')
  await page.locator('html[lang=en]').waitFor()
  await page.reload()
  await page.locator('h1').first().waitFor()
  await looked('today')

  await visit.go('/registers')
  await page.locator('.register .number', { hasText: /\d/ }).first().waitFor()
  await looked('registers')
  await page.locator('main a[href$="/ledger/measure"]').click()
  await page.locator('[role=gridcell]').first().waitFor()
  await page.locator('.filters .opener').filter({ hasText: 'State' }).click()
  await looked('ledger')
  await page.locator('.panel label', { hasText: 'Unmarked when published' }).locator('input').check()
  await expect.poll(() => page.url()).toContain('state=')
  await page.keyboard.press('Escape')
  await page.locator('#row-0').click()
  await page.locator('.timeline li').first().waitFor()
  await looked('entry')

  await page.locator('[data-actions] button', { hasText: 'Issue' }).click()
  await page.locator('dialog .field').first().waitFor()
  visit.expectRefusal('422 /api/v1/registers/measure')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('dialog .fault').first().waitFor()
  await looked('refused')
  await page.locator('dialog .picker input').first().fill(house.names.get('clerk') ?? '')
  await page.locator('dialog [role=option]').first().click()
  await page.locator('dialog input[type=date]').first().fill(dayAfter(30))
  await page.locator('dialog button[type=submit]').click()
  await expect.poll(() => page.locator('article .state').textContent()).toBe('Issued')
  await page.locator('.timeline', { hasText: 'Issue' }).waitFor()
  await looked('issued')

  await page.locator('[data-search]').fill('学校')
  await page.locator('[data-search]').press('Enter')
  await page.locator('.hit').first().waitFor()
  await looked('search', ['学校'])

  await visit.go(`/journal/measure/${first}`)
  await page.locator('[data-verdict]', { hasText: 'Verified' }).waitFor()
  await looked('proof')
  for (const [path, ready] of [['/journal', '[data-check=signature]'], ['/cockpit', 'canvas'], ['/cockpit/by_measure', 'tbody tr'], ['/board?register=measure', 'tbody tr'], ['/reading', 'h1'], ['/reading/new', 'h1'], ['/tokens', 'h1'], ['/ledger/finding/new', '.field']] as const) {
    await visit.go(path)
    await page.locator(ready).first().waitFor()
    await looked(path.slice(1).replaceAll(/\W/g, '-'))
  }
  visit.expectNothingWrong()
  await visit.close()
})

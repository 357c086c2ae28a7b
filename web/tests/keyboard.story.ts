// The clerk's day with no mouse at all, the focus in sight at every step; and every screen at 200 %.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'
import { dayAfter, meanwhile } from './meanwhile'
import type { Visit } from './visit'

let house: House
beforeAll(async () => (house = await openHouse('first_day')))
afterAll(() => house.close())

const first = `number:ZG-${new Date().getFullYear()}-0001`
const tabsMax = 120
const fresh = 'by keys alone 2026'
/** Between the last stop of a page and its first. */
const nowhere = 'nothing has the focus'

/** What somebody else did before: the first measure is issued to the clerk's unit. */
async function issueFirst(): Promise<string> {
  const others = meanwhile(house)
  const { person, standings } = await others.who('unit.clerk')
  const measure = await others.load('measure', first)
  const fields = { item: measure.fields.item, heading: '键盘办理的措施', sentence: measure.fields.sentence }
  const { id } = await others.open('office.clerk', 'measure', fields, standings[0]?.unit)
  await others.act('office.clerk', 'measure', id, 'issue', { fields: { responsible: person, finish_by: dayAfter(20) } })
  return id
}

/** Where the focus is: its words, and why it could not be seen. */
async function focused(page: Page): Promise<{ words: string; fault: string }> {
  return await page.evaluate((nowhere) => {
    const one = document.activeElement as HTMLElement
    const label = (one as HTMLInputElement).labels?.[0]?.innerText
    const words = (one.getAttribute('aria-label') ?? label ?? one.innerText).trim()
    const style = getComputedStyle(one)
    const box = one.getBoundingClientRect()
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    if (one === document.body) return { words, fault: nowhere }
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 1) return { words, fault: 'no ring' }
    if (there === null || !(one.contains(there) || there.contains(one))) return { words, fault: 'covered or out of sight' }
    return { words, fault: '' }
  }, nowhere)
}

/** Tab until the focus is at what begins with these words, if it is not there already; every stop on the way is in sight. */
async function tabTo(page: Page, words: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    const now = await focused(page)
    if (now.fault !== nowhere) {
      if (tabs > 0) expect(now.fault, `focus at “${now.words}”`).toBe('')
      if (now.words.startsWith(words)) return
    }
    await page.keyboard.press(key)
  }
  throw new Error(`no way by ${key} to “${words}”`)
}

async function type(page: Page, ...words: string[]): Promise<void> {
  for (const [place, word] of words.entries()) {
    if (place > 0) await page.keyboard.press('Tab')
    await page.keyboard.insertText(word)
  }
}

const stateIs = (page: Page, state: string) => expect.poll(() => page.locator('article .state').textContent()).toBe(state)

it('the clerk signs in, finds what is his, reports with a file, applies, and leaves: by keys alone', async () => {
  const id = await issueFirst()
  const visit = await house.visit()
  const { page } = visit
  await page.addInitScript(() => {
    Object.assign(window, { pressed: 0 })
    document.addEventListener('pointerdown', () => ((window as unknown as { pressed: number }).pressed += 1), true)
  })
  await visit.go('/')
  await page.locator('input[name=name]:focus').waitFor()
  await type(page, 'clerk', visit.passwordOf('clerk'))
  await page.keyboard.press('Enter')
  await page.locator('input[name=old]:focus').waitFor()
  await type(page, visit.passwordOf('clerk'), fresh, fresh)
  await page.keyboard.press('Enter')
  await page.locator('.three > li').first().waitFor()
  await page.keyboard.press('1')
  await page.locator('textarea[data-done]').waitFor()
  await page.keyboard.press('1')
  await page.locator('textarea[data-done]').waitFor({ state: 'detached' })

  await page.keyboard.press('?')
  await page.locator('dialog kbd').first().waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.locator('h1', { hasText: '全部台账' }).waitFor()
  await tabTo(page, '整改措施')
  await page.keyboard.press('Enter')
  await page.locator('[role=gridcell]').first().waitFor()
  await tabTo(page, '状态')
  await page.keyboard.press('Enter')
  await page.locator('.panel input').first().waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.panel').waitFor({ state: 'detached' })
  await tabTo(page, '事项列表')
  await page.keyboard.press('j')
  await page.keyboard.press('End')
  await page.keyboard.press('/')
  await page.locator('[data-search-here]:focus').waitFor()
  await type(page, '键盘办理')
  await page.keyboard.press('Enter')
  await page.locator('main a', { hasText: '键盘办理的措施' }).waitFor()
  await tabTo(page, '键盘办理的措施')
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(id))
  await page.locator('article h1').waitFor()

  await page.keyboard.press('a')
  await tabTo(page, '报进展')
  await page.keyboard.press('Enter')
  await page.locator('dialog textarea:focus').waitFor()
  await type(page, '按键办理')
  await tabTo(page, '佐证')
  const file = (await page.evaluateHandle(() => document.activeElement)).asElement()
  await file?.setInputFiles({ name: '佐证.txt', mimeType: 'text/plain', buffer: Buffer.from('佐证') })
  await page.locator('dialog').getByText('佐证.txt').waitFor()
  await tabTo(page, '报进展')
  await page.keyboard.press('Enter')
  await stateIs(page, '整改中')
  expect((await focused(page)).fault, 'after a dialog').not.toBe(nowhere)

  await page.keyboard.press('a')
  await tabTo(page, '申请销号')
  await page.keyboard.press('Enter')
  await page.locator('dialog textarea:focus').waitFor()
  await type(page, '已经办结')
  await tabTo(page, '申请销号')
  await page.keyboard.press('Enter')
  await stateIs(page, '单位审核')

  await tabTo(page, '账号', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, '退出')
  await page.keyboard.press('Enter')
  await page.locator('input[name=name]:focus').waitFor()
  expect(await page.evaluate(() => (window as unknown as { pressed: number }).pressed)).toBe(0)
  visit.expectNothingWrong()
  await visit.close()
})

/** What can be pressed or filled in, and yet not be brought into sight. */
async function outOfReach(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const faults: string[] = []
    const within = document.querySelector('dialog[open]') ?? document
    for (const one of within.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea')) {
      if (one.closest('.skip, .only-read') || !one.checkVisibility() || one.getClientRects().length === 0 || one.matches(':disabled')) continue
      one.scrollIntoView({ block: 'center', inline: 'nearest' })
      const box = one.getClientRects()[0]!
      const there = document.elementFromPoint(Math.min(box.left + 2, innerWidth - 1), box.top + box.height / 2)
      const control = one.closest('.picker') ?? one
      const seen = there !== null && (control.contains(there) || there.contains(one) || (one as HTMLInputElement).labels?.[0]?.contains(there))
      if (!seen || box.left < -1) faults.push(`${one.tagName} ${(one.getAttribute('aria-label') ?? one.innerText).slice(0, 30)}`)
    }
    return faults
  })
}

async function atTwice(visit: Visit, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await visit.go(path)
    await visit.settled()
    await visit.fits(path)
    expect(await outOfReach(visit.page), path).toEqual([])
  }
}

it('nothing is wider than the window at 200 %, and nothing that can be done is hidden', async () => {
  const zoomed = { width: 683, height: 384, scale: 2 }
  const screens = {
    office: ['/today', '/board', '/registers', '/ledger/measure', `/ledger/measure/${first}`, '/ledger/finding/new', '/reading', '/reading/new', '/cockpit', '/cockpit/by_measure', '/journal', `/journal/measure/${first}`, '/search?q=学校', '/tokens'],
    principal: ['/page'],
    inspector: ['/doubts'],
    system: ['/administration/proposals', '/administration/people', '/administration/packs', '/administration/health'],
  }
  const visitor = await house.visit(zoomed)
  await atTwice(visitor, ['/sign-in'])
  await visitor.close()
  for (const [account, paths] of Object.entries(screens)) {
    const visit = await house.visit(zoomed)
    await visit.signIn(account)
    await atTwice(visit, paths)
    if (account === 'office') {
      await visit.go(`/ledger/measure/${first}`)
      await visit.page.locator('[data-actions] button', { hasText: '下达' }).click()
      await visit.page.locator('dialog .field').first().waitFor()
      await visit.fits('a dialog')
      expect(await outOfReach(visit.page), 'a dialog').toEqual([])
    }
    visit.expectNothingWrong()
    await visit.close()
  }
})

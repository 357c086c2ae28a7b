// Every screen with who looks at it, and what it is to show before its picture is taken.

import type { Page } from 'playwright-core'

export interface Screen {
  name: string
  path: string
  /** What is there once the screen is whole. */
  ready: string
  then?: (page: Page) => Promise<void>
}

const press = (words: string | RegExp, within = 'main') => async (page: Page): Promise<void> => {
  await page.locator(`${within} button`, { hasText: words }).first().click()
}
const opened = (words: string | RegExp, within = 'main') => async (page: Page): Promise<void> => {
  await press(words, within)(page)
  await page.locator('dialog[open] .body > *').first().waitFor()
}

/** By account; '' is nobody. `finding` is under review, `closed` struck off, `measure` as it was published. */
export function screensOf(finding: string, closed: string, measure: string, notice: string): Record<string, Screen[]> {
  const entry = (id: string, register = 'finding'): string => `/ledger/${register}/${id}`
  return {
    '': [{ name: 'sign-in', path: '/sign-in', ready: 'input[name=name]' }],
    office: [
      { name: 'today-office', path: '/today', ready: '.today' },
      { name: 'board', path: '/board', ready: 'tbody tr' },
      { name: 'board-measures', path: '/board?register=measure', ready: 'tbody tr' },
      { name: 'registers', path: '/registers', ready: '.register' },
      { name: 'ledger', path: '/ledger/measure', ready: '[role=gridcell]' },
      { name: 'ledger-findings', path: '/ledger/finding', ready: '[role=gridcell]' },
      { name: 'ledger-filter', path: '/ledger/measure?state=published_unmarked', ready: '[role=gridcell]', then: press(/^\s*状态/, '.filters') },
      { name: 'ledger-groups', path: '/ledger/measure?group=state', ready: '.group .row' },
      { name: 'ledger-none', path: '/ledger/public_comment', ready: '.nothing' },
      { name: 'ledger-search', path: '/ledger/measure?q=学校', ready: 'main a' },
      { name: 'ledger-several', path: '/ledger/measure', ready: '[role=gridcell]', then: async (page) => {
        await press('更多', '.tools')(page)
        await press('选多件', '.panel')(page)
        for (const place of [0, 1, 2]) await page.locator(`#row-${place}`).click()
        await opened('一起办理', '.chosen')(page)
      } },
      { name: 'sheet-in', path: '/ledger/inspection', ready: '[role=gridcell]', then: async (page) => {
        await press('更多', '.tools')(page)
        await opened('导入', '.panel')(page)
      } },
      { name: 'entry', path: entry(finding), ready: '.timeline' },
      { name: 'entry-measure', path: entry(measure, 'measure'), ready: '.timeline' },
      { name: 'entry-closed', path: entry(closed), ready: '.timeline' },
      { name: 'signing-sheet', path: `${entry(finding)}/sheet`, ready: 'main svg' },
      { name: 'sheets', path: '/sheets', ready: 'main input[type=file]' },
      { name: 'hearings', path: '/hearings', ready: 'main h1' },
      { name: 'second-factor', path: '/second-factor', ready: 'main h1' },
      { name: 'preview', path: entry(closed), ready: '.timeline', then: async (page) => {
        await page.locator('.fields .name').first().click()
        await page.locator('dialog[open] pre').waitFor()
      } },
      { name: 'action', path: entry(measure, 'measure'), ready: '.timeline', then: opened('下达', '[data-actions]') },
      { name: 'action-refused', path: entry(measure, 'measure'), ready: '.timeline', then: async (page) => {
        await opened('下达', '[data-actions]')(page)
        await page.locator('dialog button[type=submit]').click()
        await page.locator('dialog .fault').first().waitFor()
      } },
      { name: 'new', path: '/ledger/finding/new', ready: '.picker', then: press('增加一行') },
      { name: 'reading', path: '/reading', ready: 'main a' },
      { name: 'reading-new', path: '/reading/new', ready: 'main input, main button' },
      { name: 'notice', path: `/reading/notice/${notice}`, ready: 'main h2, main h3' },
      { name: 'search', path: '/search?q=学校', ready: '.hit' },
      { name: 'search-none', path: '/search?q=没有这样的话', ready: '.empty' },
      { name: 'cockpit', path: '/cockpit', ready: 'canvas' },
      { name: 'register-charts', path: '/cockpit/register/finding', ready: '[data-chart=state] canvas' },
      { name: 'new-publicity', path: '/ledger/publicity/new', ready: '.title' },
      { name: 'figure', path: '/cockpit/by_measure', ready: 'tbody tr' },
      { name: 'journal', path: '/journal', ready: '[data-check=signature]' },
      { name: 'proof', path: `/journal/measure/${measure}`, ready: '[data-verdict]' },
      { name: 'tokens', path: '/tokens', ready: 'main section, main table, main button' },
      { name: 'password', path: '/password', ready: 'input[name=old]' },
      { name: 'not-found', path: '/nowhere', ready: '.empty' },
      { name: 'keys', path: '/ledger/measure', ready: '[role=gridcell]', then: async (page) => {
        await page.keyboard.press('?')
        await page.locator('dialog kbd').first().waitFor()
      } },
      { name: 'appearance', path: '/registers', ready: '.register', then: async (page) => {
        await page.locator('header.top .opener').first().click()
        await page.locator('.panel').waitFor()
      } },
    ],
    clerk: [
      { name: 'today-clerk', path: '/today', ready: '.three .line' },
      { name: 'progress', path: '/today', ready: '.three .line', then: async (page) => {
        await press('报进展', '.three')(page)
        await page.locator('[data-done]').waitFor()
      } },
    ],
    principal: [
      { name: 'page', path: '/page', ready: '.rates' },
      { name: 'page-paper', path: '/page', ready: '.look', then: async (page) => {
        await page.locator('.look').first().click()
        await page.locator('[data-sign]').first().waitFor()
      } },
    ],
    reviewer: [{ name: 'sign', path: entry(finding), ready: '.timeline', then: opened('复核销号', '[data-actions]') }],
    inspector: [{ name: 'doubts', path: '/doubts', ready: '.doubts ol > li' }],
    system: ['proposals', 'units', 'people', 'divisions', 'delegations', 'accounts', 'sheets', 'packs', 'calendar', 'health'].map((name) => (
      { name: `administration-${name}`, path: `/administration/${name}`, ready: 'main section' }
    )),
    security: [
      { name: 'administration-duties', path: '/administration/duties', ready: 'main li' },
      { name: 'administration-security', path: '/administration/proposals', ready: 'main section' },
    ],
    auditor: [{ name: 'journal-audit', path: '/journal', ready: '[data-check=signature]' }],
  }
}

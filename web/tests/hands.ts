// Hands on a screen: they find things by the words that stand there, as people do.
//
//     const clerk = new Hands(visit)
//     await clerk.open('细化问题', '食堂账目')     // the ledger by its name at the left, then the row
//     await clerk.begin('申请销号')                // a button of the entry; its form opens
//     await clerk.write('整改成效', '已经公开')     // a field by its label, whatever its control
//     await clerk.refused('没有实质动作')          // handed in; the server's sentence stands on the screen
//     await clerk.finish()                         // handed in; the form is gone

import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

import type { Visit } from './visit'

/** Words that begin with these and end there, or go on after a blank. */
const beginning = (words: string): RegExp => new RegExp(`^\\s*${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s|$)`)
const exactly = (words: string): RegExp => new RegExp(`^\\s*${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)

export class Hands {
  constructor(readonly visit: Visit) {}

  get page() {
    return this.visit.page
  }

  /** The dialog that is open, or else the screen itself. */
  private get form(): Locator {
    return this.page.locator('dialog[open], main:not(:has(dialog[open]))')
  }

  /** A ledger by its name at the left. */
  async ledger(title: string): Promise<void> {
    await this.page.locator('nav .link').filter({ hasText: exactly(title) }).first().click()
    await this.page.locator('h1').filter({ hasText: exactly(title) }).waitFor()
  }

  /** The first row of a ledger that says these words. */
  async open(title: string, words: string): Promise<void> {
    await this.ledger(title)
    await this.page.locator('[role=gridcell]', { hasText: words }).first().click()
    await this.page.locator('article h1').waitFor()
  }

  /** What the screen calls the state. */
  async state(title: string): Promise<void> {
    await this.page.locator('article .state').filter({ hasText: exactly(title) }).waitFor()
  }

  number(): Promise<string> {
    return this.page.locator('article .above span').first().innerText()
  }

  button(action: string): Locator {
    return this.page.locator('[data-actions] button').filter({ hasText: exactly(action) })
  }

  async begin(action: string): Promise<void> {
    await this.button(action).click()
    await this.page.locator('dialog[open]').waitFor()
  }

  /** An empty form of a ledger. */
  async beginNew(title: string): Promise<void> {
    await this.ledger(title)
    await this.page.locator('header button', { hasText: exactly('登记') }).click()
    await this.page.locator('form.form').waitFor()
  }

  field(label: string): Locator {
    return this.form.locator('.field').filter({ has: this.page.locator('.label', { hasText: beginning(label) }) })
  }

  async write(label: string, ...values: string[]): Promise<void> {
    await this.fill(this.field(label), values)
  }

  /** A cell of child rows; rows count from one. */
  async writeCell(label: string, row: number, column: string, value: string): Promise<void> {
    const named = this.page.locator('label', { hasText: `${column} 第 ${row} 行` })
    await this.fill(this.field(label).locator('td').filter({ has: named }), [value])
  }

  private async fill(where: Locator, values: readonly string[]): Promise<void> {
    const folded = this.form.locator('details:not([open])').filter({ has: where })
    if ((await folded.count()) > 0) await folded.locator('summary').click()
    await where.locator('select, textarea, input').first().waitFor()
    if ((await where.locator('.picker').count()) > 0) return await this.pick(where, values)
    if ((await where.locator('select').count()) > 0) await where.locator('select').selectOption({ label: values[0] ?? '' })
    else await where.locator('textarea, input').first().fill(values[0] ?? '')
  }

  /** What a picker offers without a word, or else what it finds. */
  private async pick(where: Locator, values: readonly string[]): Promise<void> {
    const box = where.locator('.picker input').first()
    for (const value of values) {
      const option = where.locator('[role=option]', { hasText: value }).first()
      await where.locator('.el-select__wrapper').first().click()
      await where.locator('[role=option]').first().waitFor()
      if ((await option.count()) === 0) await box.fill(value)
      await option.click()
    }
    await box.press('Tab')
  }

  async attach(label: string, name: string, text: string): Promise<void> {
    const field = this.field(label)
    await field.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await field.getByText(name).waitFor()
  }

  private async handIn(): Promise<void> {
    await this.page.locator('dialog[open] button[type=submit], form.form button[type=submit]').click()
  }

  /** Hands the form in: it is done, or what was refused is the failure of the story. */
  async finish(): Promise<void> {
    await this.handIn()
    const said = '.problem p, .fault'
    await this.page.waitForFunction((said) => {
      const form = document.querySelector('dialog[open], form.form')
      return form === null || form.querySelector(said) !== null
    }, said)
    expect(await this.form.locator(said).allTextContents()).toEqual([])
    await this.page.locator('article h1').waitFor()
  }

  /** Hands the form in, is refused by this sentence and leaves the form open. */
  async refused(sentence: string): Promise<void> {
    await this.handIn()
    await this.form.locator('[role=alert]', { hasText: sentence }).first().waitFor()
  }

  async leave(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await this.page.locator('dialog[open]').waitFor({ state: 'detached' })
  }

  /** One step from button to end, with what its form asks. */
  async act(action: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.begin(action)
    for (const [label, value] of Object.entries(values)) await this.write(label, value)
    await this.finish()
  }
}

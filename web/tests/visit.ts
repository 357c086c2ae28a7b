// One visitor: a window of its own, watched for whatever the application must never do.

import type { Browser, Page } from 'playwright-core'

import { type Accounts, chosen } from './accounts'
import { axeFaults, expectNone, shoot } from './house'

export interface VisitOptions {
  width?: number
  height?: number
  language?: 'zh' | 'en'
  /** Points of the screen for each pixel: a sheet in the grain of a scan; 2, in half a window, is a look at 200 %. */
  scale?: number
  /** Another place than the house: what was published of it. */
  address?: string
}

export class Visit {
  private readonly wrong: string[] = []
  /** Refusals of the server that the story asks for: each is "404 /api/v1/…", matched at its beginning. */
  private readonly expected: string[] = ['401 /api/v1/session']

  private constructor(
    readonly page: Page, readonly address: string, private readonly accounts: Accounts, private readonly width: number,
  ) {}

  static async begin(browser: Browser, address: string, accounts: Accounts, options: VisitOptions): Promise<Visit> {
    const { width = 1366, height = width < 700 ? 844 : 768, language = 'zh', scale = 1 } = options
    const context = await browser.newContext({
      viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: 'light', deviceScaleFactor: scale, acceptDownloads: true,
    })
    const visit = new Visit(await context.newPage(), address, accounts, width)
    visit.watch()
    return visit
  }

  private watch(): void {
    const { page } = this
    page.on('pageerror', (failure) => this.wrong.push(`error: ${failure.message}`))
    page.on('console', (message) => {
      const loading = message.text().startsWith('Failed to load resource')
      if (!loading && ['error', 'warning'].includes(message.type())) this.wrong.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol.startsWith('http') && url.origin !== this.address) this.wrong.push(`another host: ${request.url()}`)
    })
    page.on('response', (response) => {
      const said = `${response.status()} ${new URL(response.url()).pathname}`
      if (response.status() >= 400 && !this.expected.some((one) => said.startsWith(one))) this.wrong.push(`answer: ${said}`)
    })
  }

  /** The story asks for this refusal: "412 /api/v1/registers". */
  expectRefusal(said: string): void {
    this.expected.push(said)
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.address}/app${path}`)
    await this.settled()
  }

  /** Until nothing is being asked for; the stream of events never ends, so this is not "networkidle". */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => document.querySelector('#app')?.childElementCount)
    await this.page.locator('h1').first().waitFor()
  }

  /** The password of an account as it is now. */
  passwordOf(account: string): string {
    return this.accounts.passwordOf(account)
  }

  /** Signed in, and on his first screen or at `path`: with no typing, for where signing in is not the story. */
  async signIn(account: string, path = '/'): Promise<void> {
    const [name = '', value = ''] = (await this.accounts.cookieOf(account)).split('=')
    await this.page.context().addCookies([{ name, value, url: this.address.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' }])
    await this.go(path)
    await this.page.locator('nav').first().waitFor({ state: 'attached' })
  }

  /** Types name and password; the first time the one-time password, which is changed at once. */
  async signInByScreen(account: string): Promise<void> {
    const { page } = this
    const password = this.passwordOf(account)
    await this.go('/sign-in')
    await page.locator('input[name=name]').fill(account)
    await page.locator('input[name=password]').fill(password)
    await page.locator('button[type=submit]').click()
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
    if (page.url().endsWith('/password')) await this.changePassword(account, password)
    await page.locator('nav').first().waitFor({ state: 'attached' })
  }

  private async changePassword(account: string, old: string): Promise<void> {
    const fresh = chosen(account)
    await this.page.locator('input[name=old]').fill(old)
    await this.page.locator('input[name=new]').fill(fresh)
    await this.page.locator('input[name=again]').fill(fresh)
    await this.page.locator('button[type=submit]').click()
    await this.page.waitForURL((url) => !url.pathname.endsWith('/password'))
    this.accounts.tell(account, fresh)
  }

  /** axe in light and in dark, nothing wider than the window, and a picture of each. */
  async inspect(name: string): Promise<void> {
    for (const scheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme: scheme })
      await this.page.locator(`html[data-theme=${scheme}]`).waitFor()
      await shoot(this.page, `${name}-${this.width}-${scheme}`)
      expectNone(await axeFaults(this.page), `axe, ${name}, ${scheme}`)
    }
    await this.page.emulateMedia({ colorScheme: 'light' })
    await this.fits(name)
  }

  /** Nothing is wider than the window. */
  async fits(name: string): Promise<void> {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expectNone(over > 0 ? [`${name} is ${over} pixels wider than the window`] : [], 'the page fits its window')
  }

  /** A request of this visitor beside his screen: what a story needs to be there, or what somebody else does meanwhile. */
  async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    return (await this.page.evaluate(
      async ({ method, path, body, headers }) => {
        const isText = typeof body === 'string'
        const answer = await fetch(`/api/v1${path}`, {
          method,
          headers: { ...(body === undefined ? {} : { 'Content-Type': isText ? 'application/octet-stream' : 'application/json' }), ...headers },
          ...(body === undefined ? {} : { body: isText ? Uint8Array.from(atob(body), (one) => one.charCodeAt(0)) : JSON.stringify(body) }),
        })
        if (!answer.ok) throw new Error(`${answer.status} ${path} ${await answer.text()}`)
        return (await answer.json()) as unknown
      },
      { method, path, body, headers },
    )) as T
  }

  /** The hash of a file that this visitor has sent; `bytes` in base64. */
  async upload(name: string, bytes: string): Promise<string> {
    return (await this.ask<{ hash: string }>('POST', `/files?name=${encodeURIComponent(name)}`, bytes)).hash
  }

  expectNothingWrong(): void {
    expectNone(this.wrong, 'what the application must not do')
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}

// npm run times -- --data DIR [--account office] [--times 40] [--address URL]: what a person waits on the ledger of DIR, measured in
// the browser: from the key press to the frame that shows the answer, and to the last change of the screen after it.
import { chromium } from 'playwright-core'

import { argument, serve, signIn } from './served.mjs'

const times = Number(argument('times', '40'))
const ledger = '/app/ledger/measure'

/** Runs in the page: from the next key to `answered`, and to the last change before the screen is quiet. */
function watchInPage() {
  const quietMs = 250
  let inFlight = 0
  let changed = 0
  const plain = window.fetch
  window.fetch = async (...all) => {
    inFlight += 1
    try {
      return await plain(...all)
    } finally {
      inFlight -= 1
    }
  }
  new MutationObserver(() => (changed = performance.now())).observe(document, { childList: true, subtree: true, characterData: true })
  window.idle = () => inFlight === 0
  const frame = () => new Promise((shown) => requestAnimationFrame(() => setTimeout(() => shown(performance.now()))))
  window.begin = (answered) => {
    window.measured = (async () => {
      const began = await new Promise((pressed) => addEventListener('keydown', (event) => pressed(event.timeStamp), { capture: true, once: true }))
      while (!answered()) await frame()
      const shown = await frame()
      while (inFlight > 0 || performance.now() - Math.max(changed, shown) < quietMs) await frame()
      return { answered: shown - began, settled: Math.max(changed, shown) - began }
    })()
  }
}

async function measured(page, answered, words, press) {
  await page.evaluate(([answered, words]) => window.begin(() => window.conditions[answered](words)), [answered, words])
  await press()
  return await page.evaluate(() => window.measured)
}

/** What must be on the screen, by name; in the page. */
function conditionsInPage() {
  const rowsStand = () => {
    const row = document.querySelector('#row-0')
    return row !== null && !row.textContent.includes('…') && document.querySelector('.head [role=status]') !== null
  }
  window.conditions = {
    ledger: () => location.pathname.endsWith('/ledger/measure') && rowsStand(),
    filtered: (words) => location.search.includes('state=') && window.idle() && rowsStand() && document.querySelector('#row-0').textContent.includes(words),
    entry: () => document.querySelector('article h1') !== null && document.querySelector('.timeline li') !== null,
    acted: (words) => document.querySelector('dialog[open]') === null && document.querySelector('.timeline')?.textContent.includes(words) === true,
  }
}

const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)]

function print(name, found) {
  const line = (what) => `p50 ${percentile(found.map((one) => one[what]), 0.5).toFixed(0)} ms, p95 ${percentile(found.map((one) => one[what]), 0.95).toFixed(0)} ms`
  console.log(`${name.padEnd(14)} answered ${line('answered')}; settled ${line('settled')}; n ${found.length}`)
}

async function repeat(name, one) {
  const found = []
  for (let place = 0; place < times; place += 1) found.push(await one(place))
  print(name, found)
}

async function standing(page, path, name, words = '') {
  await page.goto(path)
  await page.waitForFunction(([name, words]) => window.conditions[name](words), [name, words])
}

async function run(page, address) {
  const at = `${address}${ledger}`
  await repeat('open ledger', async () => {
    await page.goto(`${address}/app/tokens`)
    await page.locator('nav a[href$="/ledger/measure"]').first().focus()
    return await measured(page, 'ledger', '', () => page.keyboard.press('Enter'))
  })
  await repeat('filter', async (place) => {
    await standing(page, at, 'ledger')
    await page.locator('.filters .opener', { hasText: /^\s*(状态|State)/ }).press('Enter')
    // States that some entry is in.
    const boxes = page.locator('.panel label', { hasText: /[1-9][\d,]*\s*$/ })
    await boxes.first().waitFor()
    const box = boxes.nth(place % (await boxes.count()))
    const words = (await box.innerText()).trim().split(/\s*\d/)[0]
    await box.locator('input').focus()
    return await measured(page, 'filtered', words, () => page.keyboard.press('Space'))
  })
  await repeat('open an entry', async (place) => {
    await standing(page, at, 'ledger')
    await page.locator('[role=grid]').focus()
    for (let steps = 0; steps < place % 10; steps += 1) await page.keyboard.press('j')
    return await measured(page, 'entry', '', () => page.keyboard.press('Enter'))
  })
  await repeat('act', async (place) => {
    await standing(page, `${at}?state=in_progress`, 'ledger')
    await page.locator('[role=grid]').focus()
    for (let steps = 0; steps < place % 10; steps += 1) await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => window.conditions.entry())
    await page.locator('[data-actions] button', { hasText: /报进展|Report progress/ }).press('Enter')
    const words = `measured ${place} ${Date.now()}`
    await page.locator('dialog textarea').fill(words)
    await page.locator('dialog button[type=submit]').focus()
    return await measured(page, 'acted', words, () => page.keyboard.press('Enter'))
  })
}

const data = argument('data')
const own = argument('address') ? { address: argument('address'), stop: () => undefined } : await serve(data)
const browser = await chromium.launch({ executablePath: process.env.DUBAN_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] })
try {
  const [name, value] = (await signIn(own.address, data, argument('account', 'office'))).split('=')
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await context.addCookies([{ name, value, url: own.address.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' }])
  await context.addInitScript(`(${watchInPage})();(${conditionsInPage})()`)
  await run(await context.newPage(), own.address)
} finally {
  await browser.close()
  await own.stop()
}

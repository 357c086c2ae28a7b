// npm run sizes [-- --bundle DIR]: what a first visit loads, gzipped: the desk with its heaviest first screen; and each page
// of a published bundle, which may hold no script. Says too whether charts and editors wait until they are opened.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const deskMax = 250 * 1024
export const publishedMax = 60 * 1024
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const firstScreens = ['TodayPage', 'LeaderPage', 'BoardPage', 'DoubtsPage', 'AdministrationPage', 'SignInPage']
const lazy = ['echarts', 'UiPicker', 'RowsField', 'ReadingWizard']

const read = (name) => readFileSync(join(dist, name), 'utf8')
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length

/** A script with all that it imports before it runs. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  if (!name.endsWith('.js')) return seen
  for (const [, other] of read(name).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) closure(`assets/${other}`, seen)
  return seen
}

const named = (text) => [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((one) => one[1])

/** The scripts and styles that a dynamic import of the entry waits for. */
function loadedWith(entry, screen) {
  const all = [.../m\.f=\[([^\]]+)\]/.exec(entry)[1].matchAll(/"([^"]+)"/g)].map((one) => one[1])
  const places = new RegExp(`\\./${screen}-[^)]*\\)\\s*,\\s*__vite__mapDeps\\(\\[([\\d,]+)\\]\\)`).exec(entry)
  return places ? places[1].split(',').map((place) => all[Number(place)]) : []
}

/** The files of a first visit whose first screen is `screen`. */
export function firstLoad(screen) {
  const page = read('index.html')
  const entryName = /src="\/(assets\/index-[^"]+)"/.exec(page)[1]
  const entry = read(entryName)
  const words = /\.\/(zh-[^"'`)]+\.js)/.exec(readdirSync(join(dist, 'assets')).filter((one) => one.endsWith('.js')).map((one) => read(`assets/${one}`)).join('\n'))
  const files = new Set(named(page))
  for (const name of loadedWith(entry, screen)) files.add(name)
  if (words) files.add(`assets/${words[1]}`)
  for (const name of [...files]) for (const other of closure(name)) files.add(other)
  return ['index.html', ...files]
}

export const sizeOf = (files) => files.reduce((sum, name) => sum + packed(readFileSync(join(dist, name))), 0)

export function firstLoads() {
  return firstScreens.map((screen) => {
    const files = firstLoad(screen)
    return { screen, bytes: sizeOf(files), files }
  })
}

/** Of what is to wait until it is opened, what a first visit would load. */
export function notLazy() {
  const loaded = firstLoads().flatMap((one) => one.files)
  return lazy.filter((name) => loaded.some((file) => file.startsWith(`assets/${name}-`)))
}

/** Every page of a published bundle with what it names beside it, and whether it holds a script. */
export function publishedPages(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
  return pages.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    const beside = [...text.matchAll(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g)].map((one) => join(folder, name, '..', one[1]))
    const bytes = packed(text) + beside.filter((path) => statSync(path, { throwIfNoEntry: false })).reduce((sum, path) => sum + packed(readFileSync(path)), 0)
    return { name, bytes, script: /<script/i.test(text) }
  })
}

function main() {
  let faults = 0
  const said = (what, bytes, max) => {
    faults += bytes > max ? 1 : 0
    console.log(`${what.padEnd(44)} ${(bytes / 1024).toFixed(1).padStart(7)} KiB of ${max / 1024}`)
  }
  for (const { screen, bytes } of firstLoads()) said(`desk, first screen ${screen}`, bytes, deskMax)
  const early = notLazy()
  console.log(`loaded when opened: ${lazy.filter((one) => !early.includes(one)).join(', ')}${early.length ? `; NOT lazy: ${early.join(', ')}` : ''}`)
  faults += early.length
  const at = process.argv.indexOf('--bundle')
  for (const page of at > 0 ? publishedPages(process.argv[at + 1]) : []) {
    said(page.name, page.bytes, publishedMax)
    if (page.script) console.log(`${page.name} holds a script`)
    faults += page.script ? 1 : 0
  }
  process.exitCode = faults > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()

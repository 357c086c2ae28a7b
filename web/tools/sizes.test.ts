// @vitest-environment node
// The first load of the desk, once web/dist is built.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { expect, it } from 'vitest'

import { deskMax, firstLoads, notLazy } from './sizes.mjs'

const built = existsSync(resolve(import.meta.dirname, '../dist/index.html'))

it.runIf(built)('the desk comes in 250 KiB, whatever the first screen is', () => {
  const loads = firstLoads()
  expect(loads.filter((one) => one.bytes > deskMax)).toEqual([])
  // The screen and the words are in what was counted.
  expect(loads.filter((one) => !one.files.some((file) => file.includes(one.screen)) || !one.files.some((file) => file.includes('/zh-')))).toEqual([])
})

it.runIf(built)('charts and editors wait until they are opened', () => {
  expect(notLazy()).toEqual([])
})

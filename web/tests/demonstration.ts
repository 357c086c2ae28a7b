// Made once for all stories: the demonstration, in a directory that each story copies (house.ts).

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    demonstration: string
    program: string
  }
}

const root = resolve(import.meta.dirname, '../..')

export default function setup(project: TestProject): () => void {
  const program = process.env.DUBAN_PROGRAM ?? join(root, 'build/release/duban')
  const folder = mkdtempSync(join(tmpdir(), 'duban-browser.'))
  const data = join(folder, 'data')
  execFileSync(program, ['init', '--demo', '--yes', '--data', data, '--notice', join(root, 'samples/notice.txt')], {
    stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LANG: 'zh_CN.UTF-8' },
  })
  project.provide('demonstration', folder)
  project.provide('program', program)
  return () => rmSync(folder, { recursive: true, force: true })
}

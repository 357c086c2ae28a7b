// The stories of the browser: against the program itself, one after another.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.story.ts'],
    globalSetup: ['tests/demonstration.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    sequence: { concurrent: false },
    bail: 0,
  },
})

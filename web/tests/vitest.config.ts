// The stories of the browser: against the program itself.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.story.ts'],
    globalSetup: ['tests/demonstration.ts'],
    // Two at a time, each in a house of its own.
    maxWorkers: 2,
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    sequence: { concurrent: false },
    bail: 0,
  },
})

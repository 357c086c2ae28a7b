// npm run shots: the pictures need a served house as the stories do.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tools/shots.ts'],
    globalSetup: ['tests/demonstration.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 240_000,
  },
})

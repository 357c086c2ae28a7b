// Built for Chromium 90 (E33). Nothing is inlined into the page: the server's content security
// policy allows neither inline scripts nor inline styles.
import { fileURLToPath } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// The server that `npm run dev` asks; it wants to see its own origin (docs/formats/api.md, 1).
const server = process.env.DUBAN_SERVER ?? 'http://127.0.0.1:8060'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'chrome90',
    cssTarget: 'chrome90',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: true, headers: { origin: server } },
      '/log': { target: server, changeOrigin: true },
      '/problems': { target: server, changeOrigin: true },
      '/health': { target: server, changeOrigin: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
  },
})

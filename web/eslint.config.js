// What the application calls must exist in Chromium 90, the target of the build (E33): the build lowers syntax, and adds nothing that a
// browser lacks. Of types it knows no later library (tsconfig.json, lib); this looks at what types cannot see, and at the libraries in the bundle.
import parser from '@typescript-eslint/parser'
import compat from 'eslint-plugin-compat'
import vue from 'vue-eslint-parser'

const lookedAt = {
  plugins: { compat },
  rules: { 'compat/compat': 'error' },
  settings: { browsers: ['chrome 90'], lintAllEsApis: true },
}

export default [
  {
    ...lookedAt,
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: ['**/*.test.ts'],
    languageOptions: { parser: vue, parserOptions: { parser, sourceType: 'module', ecmaVersion: 'latest' } },
  },
  { ...lookedAt, files: ['dist/assets/*.js'], linterOptions: { noInlineConfig: true } },
]

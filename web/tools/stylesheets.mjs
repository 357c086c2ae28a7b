// Every rule of the built stylesheets does something in Chromium 90 (E33): node tools/stylesheets.mjs
// What that browser knows in part is left to the eye: the properties themselves are there.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import doiuse from 'doiuse'
import postcss from 'postcss'

const folder = 'dist/assets'
const faults = []
const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'))
for (const sheet of sheets) {
  const onFeatureUsage = ({ featureData, message }) => {
    if (featureData.missing) faults.push(message)
  }
  const path = join(folder, sheet)
  await postcss([doiuse({ browsers: ['chrome 90'], onFeatureUsage })]).process(readFileSync(path, 'utf8'), { from: path })
}
console.log([...faults, `${sheets.length} stylesheets, ${faults.length} rules unknown to Chromium 90`].join('\n'))
process.exit(faults.length > 0 || sheets.length === 0 ? 1 : 0)

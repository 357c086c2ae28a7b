// Prometheus text as lines: name, labels, value. Buckets are left out, and what never happened: one page is to be read.

export interface Metric {
  name: string
  labels: string
  value: string
}

export function readMetrics(text: string): Metric[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (!found || found[1]?.endsWith('_bucket') || (found[2] && found[3] === '0')) return []
    return [{ name: found[1] ?? '', labels: found[2] ?? '', value: found[3] ?? '' }]
  })
}

// Prometheus text as lines: name, labels, value. What is a bucket is left out: sums and counts say enough on one page.

export interface Metric {
  name: string
  labels: string
  value: string
}

export function readMetrics(text: string): Metric[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (!found || found[1]?.endsWith('_bucket')) return []
    return [{ name: found[1] ?? '', labels: found[2] ?? '', value: found[3] ?? '' }]
  })
}

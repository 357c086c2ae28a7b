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

/** What somebody wants to know before the single series. */
export interface Summary {
  records: number
  /** Records that search has not followed yet. */
  behind: number
  connections: number
  screens: number
  requests: number
  /** Answered with 5xx: faults of the house. */
  failed: number
  /** Routes by their mean time, the slowest first. */
  slowest: { route: string; count: number; meanMs: number }[]
}

const slowestMax = 5
/** Open as long as the screen is. */
const streamRoute = '/api/v1/events'

function labelOf(labels: string, name: string): string {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? ''
}

export function summaryOf(metrics: readonly Metric[]): Summary {
  const gauge = (name: string): number => Number(metrics.find((one) => one.name === name)?.value ?? 0)
  const sum = (all: readonly Metric[]): number => all.reduce((total, one) => total + Number(one.value), 0)
  const requests = metrics.filter((one) => one.name === 'duban_http_requests_total')
  const counts = metrics.filter((one) => one.name === 'duban_http_request_seconds_count' && labelOf(one.labels, 'route') !== streamRoute)
  const slowest = counts.map((one) => {
    const seconds = metrics.find((other) => other.name === 'duban_http_request_seconds_sum' && other.labels === one.labels)
    const count = Number(one.value)
    return { route: `${labelOf(one.labels, 'method')} ${labelOf(one.labels, 'route')}`, count, meanMs: (Number(seconds?.value ?? 0) * 1000) / count }
  })
  return {
    records: gauge('duban_journal_position'), behind: Math.max(0, gauge('duban_journal_position') - gauge('duban_search_position')),
    connections: gauge('duban_http_connections'), screens: gauge('duban_http_event_streams'),
    requests: sum(requests), failed: sum(requests.filter((one) => labelOf(one.labels, 'status').startsWith('5'))),
    slowest: slowest.sort((a, b) => b.meanMs - a.meanMs).slice(0, slowestMax),
  }
}

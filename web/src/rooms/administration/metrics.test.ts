import { expect, it } from 'vitest'

import { readMetrics, summaryOf } from './metrics'

it('reads names, labels and values, and leaves out comments, buckets and what never happened', () => {
  const text = '# HELP a What.\n# TYPE a counter\na{method="GET",status="200"} 17\nb_bucket{le="1"} 3\nb_sum 0.25\na{status="500"} 0\ngauge 0\nnonsense\n'
  expect(readMetrics(text)).toEqual([
    { name: 'a', labels: 'method="GET",status="200"', value: '17' },
    { name: 'b_sum', labels: '', value: '0.25' },
    { name: 'gauge', labels: '', value: '0' },
  ])
})

it('sums up what is asked first', () => {
  const series = (name: string, labels: string, value: string) => ({ name, labels, value })
  const summary = summaryOf([
    series('duban_journal_position', '', '120'), series('duban_search_position', '', '118'), series('duban_http_connections', '', '4'),
    series('duban_http_requests_total', 'route="/a",method="GET",status="2xx"', '9'), series('duban_http_requests_total', 'route="/a",method="GET",status="5xx"', '1'),
    series('duban_http_request_seconds_sum', 'route="/a",method="GET"', '0.5'), series('duban_http_request_seconds_count', 'route="/a",method="GET"', '10'),
    series('duban_http_request_seconds_sum', 'route="/api/v1/events",method="GET"', '60'), series('duban_http_request_seconds_count', 'route="/api/v1/events",method="GET"', '2'),
    series('duban_http_request_seconds_sum', 'route="/b",method="POST"', '0.3'), series('duban_http_request_seconds_count', 'route="/b",method="POST"', '2'),
  ])
  expect(summary).toMatchObject({ records: 120, behind: 2, connections: 4, screens: 0, requests: 10, failed: 1 })
  expect(summary.slowest.map((one) => [one.route, one.count, Math.round(one.meanMs)])).toEqual([['POST /b', 2, 150], ['GET /a', 10, 50]])
})

import { expect, it } from 'vitest'

import { readMetrics } from './metrics'

it('reads names, labels and values, and leaves out comments, buckets and what never happened', () => {
  const text = '# HELP a What.\n# TYPE a counter\na{method="GET",status="200"} 17\nb_bucket{le="1"} 3\nb_sum 0.25\na{status="500"} 0\ngauge 0\nnonsense\n'
  expect(readMetrics(text)).toEqual([
    { name: 'a', labels: 'method="GET",status="200"', value: '17' },
    { name: 'b_sum', labels: '', value: '0.25' },
    { name: 'gauge', labels: '', value: '0' },
  ])
})

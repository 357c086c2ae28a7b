// A figure as ECharts wants it: our colours, text instead of markup in the tooltip, patterns beside colours.

import type { ComposeOption } from 'echarts/core'
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { AriaComponentOption, GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'

import type { ChartCells } from './chart_data'

export type ChartOption = ComposeOption<
  AriaComponentOption | BarSeriesOption | GridComponentOption | LegendComponentOption | LineSeriesOption | TooltipComponentOption
>

export interface ChartWords {
  category: (name: string) => string
  series: (name: string) => string
  standing: string
}

type Token = (name: string) => string

/** Custom properties of the root: colours follow theme and contrast. */
export function tokensOf(root: HTMLElement): Token {
  const style = getComputedStyle(root)
  return (name) => style.getPropertyValue(name).trim()
}

const palette = ['--accent', '--yellow', '--blue', '--green', '--ink-3', '--ink']

function lineOf(data: ChartCells, words: ChartWords, token: Token): LineSeriesOption[] {
  if (data.kind !== 'flow') return []
  return [{ type: 'line', name: words.standing, data: data.standing, color: token('--ink-2'), symbolSize: 5, lineStyle: { width: 2 } }]
}

function barsOf(data: ChartCells, words: ChartWords, token: Token): BarSeriesOption[] {
  // One bar a group where there is nothing but groups.
  if (data.kind === 'groups') {
    return [{ type: 'bar', name: '', data: data.categories.map((name) => data.count(name, name)), barMaxWidth: 22, label: { show: true, position: 'right', color: token('--ink'), textBorderWidth: 0 } }]
  }
  const stack = data.kind === 'flow' ? {} : { stack: 'all' }
  return data.series.map((name) => ({
    type: 'bar', name: words.series(name), data: data.categories.map((category) => data.count(category, name)), barMaxWidth: 26, ...stack,
  }))
}

export function optionOf(data: ChartCells, words: ChartWords, token: Token): ChartOption {
  const text = { color: token('--ink-2'), fontFamily: token('--font'), fontSize: 12 }
  const names = { type: 'category' as const, data: data.categories.map(words.category), axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: token('--rule-strong') } } }
  const numbers = { type: 'value' as const, minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: token('--rule') } } }
  const lying = data.kind === 'groups' || data.kind === 'units'
  const single = data.kind === 'groups'
  return {
    animation: false,
    color: palette.map(token),
    textStyle: text,
    aria: { enabled: true, decal: { show: !single } },
    grid: { left: 8, right: lying ? 40 : 8, top: single ? 8 : 34, bottom: 4, containLabel: true },
    legend: { show: !single, top: 0, left: 0, itemWidth: 14, textStyle: text },
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, backgroundColor: token('--raised'), borderColor: token('--rule-strong'), textStyle: { ...text, color: token('--ink') } },
    xAxis: lying ? numbers : names,
    yAxis: lying ? { ...names, inverse: true } : numbers,
    series: [...barsOf(data, words, token), ...lineOf(data, words, token)],
  }
}

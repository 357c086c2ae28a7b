// The part of ECharts that the cockpit draws with; imported when a chart is first shown.
export { BarChart, LineChart } from 'echarts/charts'
export { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
export { init, use } from 'echarts/core'
export { CanvasRenderer } from 'echarts/renderers'

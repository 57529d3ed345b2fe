// What the panels of all dashboards have in common, through Grafana's own types: a field that it does not know does not compile.

import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Panel,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

/** What a line says, and what is asked for it. */
export type Queries = Readonly<Record<string, string>>

export interface Look {
  /** As Grafana names it: `s`, `reqps`, `percentunit`, `bytes`, `short`. */
  readonly unit: string
  /** What somebody who does not know the figure has to know of it. */
  readonly about: string
  readonly stacked?: boolean
  readonly max?: number
  /** From where on it is bad; below the first it is good. */
  readonly steps?: readonly (readonly [from: number, colour: string])[]
  /** Out of 24. */
  readonly width?: number
}

export interface Row {
  readonly title: string
  readonly panels: readonly Builder<Panel>[]
}

export interface Page {
  readonly uid: string
  readonly title: string
  readonly about: string
  readonly from: string
  readonly variables?: readonly Builder<VariableModel>[]
  readonly rows: readonly Row[]
}

/** Whichever Prometheus the reader chose. */
const SOURCE = { type: 'prometheus', uid: '${source}' }
const HEIGHT = 7

export function lines(title: string, queries: Queries, look: Look): Builder<Panel> {
  const { unit, about, stacked = false, max, steps, width = 8 } = look
  const panel = new TimeseriesBuilder()
    .title(title)
    .description(about)
    .datasource(SOURCE)
    .unit(unit)
    .min(0)
    .height(HEIGHT)
    .span(width)
    .lineWidth(1)
    .fillOpacity(stacked ? 40 : 8)
    .axisPlacement(AxisPlacement.Auto)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(targets(queries))
  if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
  if (max !== undefined) panel.max(max)
  if (steps) panel.thresholds(thresholds(steps))
  return panel
}

/** One number, as of now. */
export function number(title: string, query: string, look: Look): Builder<Panel> {
  const { unit, about, steps = [], width = 4 } = look
  return new StatBuilder()
    .title(title)
    .description(about)
    .datasource(SOURCE)
    .unit(unit)
    .height(4)
    .span(width)
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .thresholds(thresholds(steps))
    .targets(targets({ '': query }))
}

export function dashboard({ uid, title, about, from, variables = [], rows }: Page): object {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags(['codeant'])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('30s')
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('source').label('Prometheus').type('prometheus'))
  for (const it of variables) builder.withVariable(it)
  for (const { title, panels } of rows) {
    builder.withRow(new RowBuilder(title))
    for (const it of panels) builder.withPanel(it)
  }
  const built = builder.build()
  // Grafana would number them itself, another way at each import.
  const panels = built.panels?.map((it, i) => ({ ...it, id: i + 1 })) ?? []
  return { ...built, panels }
}

function targets(queries: Queries) {
  return Object.entries(queries).map(([legend, query], i) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode(65 + i))
      .expr(query.trim())
      .legendFormat(legend)
      .range(),
  )
}

function thresholds(steps: NonNullable<Look['steps']>): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: 'green' }, ...steps.map(([value, color]) => ({ value, color }))])
}

// What became of a model when its weights or its engine were exchanged: figures before and after, and by how much they differ.

import type { ModelChange, ModelPeriod } from '@codeant/shared/endpoint-client.ts'
import { Histogram } from '../metrics/registry.ts'
import { BOUNDS_MS, type ModelCount, type ModelDay } from '../store/model-days.ts'
import { sumOf } from './chronicle.ts'

/** What clients are told, with what was exchanged for what. */
export interface Change extends ModelChange {
  readonly from: Pick<ModelPeriod, 'engine' | 'weights'>
  readonly to: Pick<ModelPeriod, 'engine' | 'weights'>
}

/** The 95th of fewer answers is one or two of them. */
const ENOUGH = 100

/** `days` are of one model, the oldest first. */
export function historyOf(days: readonly ModelDay[]): {
  readonly periods: readonly ModelPeriod[]
  readonly changes: readonly Change[]
} {
  const sums = new Map<string, { from: string; to: string; sum: ModelCount }>()
  for (const { day, ...count } of days) {
    const key = `${count.engine}\n${count.weights}`
    const known = sums.get(key)
    sums.set(key, { from: known?.from ?? day, to: day, sum: known ? sumOf(known.sum, count) : count })
  }
  const periods = [...sums.values()].map(periodOf)
  return { periods, changes: periods.slice(1).map((it, i) => changeOf(periods[i]!, it)) }
}

const histogram = new Histogram(BOUNDS_MS)

function periodOf({ from, to, sum }: { from: string; to: string; sum: ModelCount }): ModelPeriod {
  const { engine, weights, requests, failures, cached, rows, promptTokens, completionTokens, latency } = sum
  const answered = latency.reduce((all, it) => all + it, 0)
  const quantile = (part: number) =>
    answered === 0
      ? null
      : tenths(histogram.quantile({ counts: [...latency], count: answered, sum: 0 }, part))
  const good = requests - failures
  return {
    ...{ engine, from, to, requests, failures, cached, promptTokens, completionTokens },
    weights: weights || null,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    rowsPerRequest: rows === 0 || good === 0 ? null : tenths(rows / good),
  }
}

function changeOf(before: ModelPeriod, after: ModelPeriod): Change {
  const rate = ({ failures, requests }: ModelPeriod) => (failures / Math.max(1, requests)) * 100
  const answered = ({ requests, failures, cached }: ModelPeriod) => requests - failures - cached
  return {
    on: after.from,
    from: { engine: before.engine, weights: before.weights },
    to: { engine: after.engine, weights: after.weights },
    p50Percent: percent(before.p50Ms, after.p50Ms),
    p95Percent: percent(before.p95Ms, after.p95Ms),
    failurePoints: tenths(rate(after) - rate(before)),
    isEnough: Math.min(answered(before), answered(after)) >= ENOUGH,
  }
}

function percent(before: number | null, after: number | null): number | null {
  return before === null || after === null || before === 0 ? null : tenths((after / before - 1) * 100)
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10
}

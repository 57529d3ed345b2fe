// What became of a model when its weights or its engine were exchanged: figures before and after, and by how much they differ.

import { Histogram } from '../metrics/registry.ts'
import { BOUNDS_MS, type ModelCount, type ModelDay } from '../store/model-days.ts'
import { sumOf } from './chronicle.ts'

/** The time in which one engine answered with one set of weights. */
export interface Period {
  readonly engine: string
  /** Null where the engine tells none. */
  readonly weights: string | null
  /** The first and the last day on which they answered. */
  readonly from: string
  readonly to: string
  readonly requests: number
  readonly failures: number
  /** Of those that did not fail, how many were answered out of memory. */
  readonly cached: number
  /** Of the engine; null where it answered nothing. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly rowsPerRequest: number | null
  readonly promptTokens: number
  readonly completionTokens: number
}

export interface Change {
  /** The first day of the newer ones. */
  readonly on: string
  readonly from: Pick<Period, 'engine' | 'weights'>
  readonly to: Pick<Period, 'engine' | 'weights'>
  /** By how many percent more or less; null where there was nothing before. */
  readonly p50Percent: number | null
  readonly p95Percent: number | null
  /** In points of a hundred. */
  readonly failurePoints: number
  /** Whether both sides answered often enough for that to mean anything. */
  readonly isEnough: boolean
}

/** The 95th of fewer answers is one or two of them. */
const ENOUGH = 100

/** `days` are of one model, the oldest first. */
export function historyOf(days: readonly ModelDay[]): {
  readonly periods: readonly Period[]
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

function periodOf({ from, to, sum }: { from: string; to: string; sum: ModelCount }): Period {
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

function changeOf(before: Period, after: Period): Change {
  const rate = ({ failures, requests }: Period) => (failures / Math.max(1, requests)) * 100
  const answered = ({ requests, failures, cached }: Period) => requests - failures - cached
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

// What a tenant may know of its own load, as values: the same that Prometheus reads, without anybody else's.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { type GatewayMetrics, hitRatio } from '../metrics/gateway-metrics.ts'
import type { Histogram } from '../metrics/registry.ts'
import type { TenantMetrics } from '../metrics/tenant-metrics.ts'
import type { Parts } from '../parts.ts'

const Times = {
  requests: Type.Integer(),
  failures: Type.Integer(),
  p50Ms: Type.Number(),
  p95Ms: Type.Number(),
  p99Ms: Type.Number(),
}
const Summary = Type.Object({
  /** Figures are those of one instance, since it started. */
  since: Type.String({ format: 'date-time' }),
  version: Type.String(),
  activeCallers: Type.Integer(),
  routes: Type.Array(Type.Object({ route: Type.String(), ...Times })),
  inference: Type.Object({
    rows: Type.Integer(),
    models: Type.Array(Type.Object({ model: Type.String(), ...Times })),
  }),
  cache: Type.Object({
    hits: Type.Integer(),
    misses: Type.Integer(),
    bypassed: Type.Integer(),
    /** Null: nothing was asked that could have been kept. */
    hitRatio: Type.Union([Type.Number(), Type.Null()]),
  }),
  tokens: Type.Object({ prompt: Type.Integer(), completion: Type.Integer() }),
})

export function addMetricsRoutes(app: App, { metrics, version }: Pick<Parts, 'metrics' | 'version'>): void {
  app.get(
    '/api/v1/metrics',
    {
      config: { access: 'usage' },
      schema: {
        tags: ['history'],
        summary: 'Requests, times, cache and tokens of your tenant, of this instance since it started.',
        response: { 200: Summary },
      },
    },
    async ({ caller }) => ({ version, ...summaryOf(metrics, caller.tenant) }),
  )
}

/** Of one tenant, of this instance since it started. */
export function summaryOf(metrics: GatewayMetrics, tenant: string) {
  const own = metrics.tenant(tenant)
  return {
    since: metrics.startedAt.toISOString(),
    activeCallers: metrics.activeOf(own),
    routes: times(own.requests, 'route', it => own.failures.value({ route: it }), false),
    inference: {
      rows: own.rows.total,
      models: times(own.inferences, 'model', it => own.inferenceFailures.value({ model: it }), true),
    },
    cache: cacheOf(own),
    tokens: {
      prompt: own.tokens.value({ kind: 'prompt' }),
      completion: own.tokens.value({ kind: 'completion' }),
    },
  }
}

/** `areApart`: what failed has no time, and is to be added to the requests. */
function times<Label extends 'route' | 'model'>(
  histogram: Histogram<Label>,
  label: Label,
  failuresOf: (name: string) => number,
  areApart: boolean,
) {
  const ms = (seconds: number) => Math.round(seconds * 100_000) / 100
  return [...histogram.samples()]
    .map(([labels, it]) => {
      const failures = failuresOf(labels[label])
      return {
        ...(labels as { readonly [Name in Label]: string }),
        requests: it.count + (areApart ? failures : 0),
        failures,
        p50Ms: ms(histogram.quantile(it, 0.5)),
        p95Ms: ms(histogram.quantile(it, 0.95)),
        p99Ms: ms(histogram.quantile(it, 0.99)),
      }
    })
    .sort((a, b) => b.requests - a.requests)
}

function cacheOf({ cache }: TenantMetrics) {
  return {
    hits: cache.value({ result: 'hit' }),
    misses: cache.value({ result: 'miss' }),
    bypassed: cache.value({ result: 'bypass' }),
    hitRatio: hitRatio(cache) ?? null,
  }
}

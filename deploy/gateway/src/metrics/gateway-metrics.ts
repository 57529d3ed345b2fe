// All that the gateway counts, with the names under which dashboards and alerts find it. Nothing here says what was asked.

import type { BreakerState } from '../upstreams/breaker.ts'
import { Counter, Histogram, Registry } from './registry.ts'

/** In seconds: from an answer out of the cache to an engine at its limit. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30] as const
const ROWS = [1, 2, 4, 8, 16, 32, 64, 128] as const
/** Who was heard of within this time is active. */
const ACTIVE_MS = 300_000
const MOST_CALLERS = 100_000
/** Those who come first lose their figures when more tenants than this are served by one process. */
const MOST_TENANTS = 1000

/** The figures of one tenant, of this process, since it started. */
export class TenantMetrics {
  readonly requests = new Histogram(SECONDS, 'route')
  readonly failures = new Counter('route')
  readonly inferences = new Histogram(SECONDS, 'model')
  readonly inferenceFailures = new Counter('model')
  readonly rows = new Counter()
  readonly cache = new Counter<'result'>('result')
  readonly tokens = new Counter<'kind'>('kind')
  readonly actors = new Map<string, number>()
}

export class GatewayMetrics {
  readonly registry = new Registry()
  readonly startedAt: Date
  readonly #now: () => number
  readonly #tenants = new Map<string, TenantMetrics>()
  readonly #breakers = new Map<string, BreakerState>()
  inFlight = 0

  readonly requests = this.registry.counter(
    'codeant_http_requests_total',
    'Requests that were answered, by the template of their route.',
    'route',
    'method',
    'status',
  )
  readonly requestSeconds = this.registry.histogram(
    'codeant_http_request_duration_seconds',
    'From the head of a request to the end of its answer.',
    SECONDS,
    'route',
    'method',
  )
  readonly errors = this.registry.counter(
    'codeant_http_errors_total',
    'Requests that were refused or failed, by the code of the error.',
    'route',
    'code',
  )
  readonly inferences = this.registry.counter(
    'codeant_inference_requests_total',
    'Questions to an engine for encoders; the outcome is ok or the code of the error.',
    'engine',
    'model',
    'outcome',
  )
  readonly inferenceSeconds = this.registry.histogram(
    'codeant_inference_duration_seconds',
    'How long an engine for encoders took, its queue included.',
    SECONDS,
    'engine',
    'model',
  )
  readonly inferenceRows = this.registry.histogram(
    'codeant_inference_batch_rows',
    'Rows of one request.',
    ROWS,
    'model',
  )
  readonly completions = this.registry.counter(
    'codeant_chat_requests_total',
    'Questions to the engine that writes text; the outcome is ok or the code of the error.',
    'engine',
    'outcome',
  )
  readonly completionSeconds = this.registry.histogram(
    'codeant_chat_duration_seconds',
    'How long the engine that writes text took, to the last piece.',
    SECONDS,
    'engine',
  )
  readonly tokens = this.registry.counter(
    'codeant_tokens_total',
    'Tokens that the engine that writes text says it read and wrote.',
    'kind',
  )
  readonly cacheLookups = this.registry.counter(
    'codeant_cache_lookups_total',
    'Questions to an encoder by what the cache of answers had; bypass is what may not be kept.',
    'result',
  )
  readonly cacheSavedSeconds = this.registry.counter(
    'codeant_cache_saved_seconds_total',
    'What answers out of the cache took when an engine computed them.',
  )
  readonly logins = this.registry.counter(
    'codeant_provider_logins_total',
    'Logins with the provider, by how they ended: in, or why nobody was let in.',
    'outcome',
  )
  readonly databaseSeconds = this.registry.histogram(
    'codeant_database_transaction_duration_seconds',
    'From wanting a connection to the end of the transaction.',
    SECONDS,
    'engine',
  )
  readonly databaseErrors = this.registry.counter(
    'codeant_database_errors_total',
    'Transactions that failed.',
    'engine',
  )
  readonly breakerChanges = this.registry.counter(
    'codeant_breaker_changes_total',
    'Changes of a circuit, by the state it came to.',
    'engine',
    'state',
  )
  readonly spans = this.registry.counter(
    'codeant_trace_spans_total',
    'Spans by what became of them: exported, or dropped where the collector was not there.',
    'outcome',
  )

  constructor(now: () => number = Date.now) {
    this.#now = now
    this.startedAt = new Date(now())
    this.registry.gauge(
      'codeant_http_requests_in_flight',
      'Requests that wait for the end of their answer.',
      () => [[{}, this.inFlight]],
    )
    this.registry.gauge('codeant_active_callers', 'Keys and users heard of in the last five minutes.', () => [
      [{}, this.#activeCallers()],
    ])
    this.registry.gauge('codeant_breaker_open', 'Whether the circuit of an engine is open.', () =>
      [...this.#breakers].map(([engine, it]) => [{ engine }, it === 'open' ? 1 : 0] as const),
    )
    this.registry.gauge(
      'codeant_cache_hit_ratio',
      'Answers out of the cache, of those that may be kept.',
      () => {
        const ratio = hitRatio(this.cacheLookups)
        return ratio === undefined ? [] : [[{}, ratio]]
      },
    )
  }

  tenant(id: string): TenantMetrics {
    let found = this.#tenants.get(id)
    if (found) return found
    if (this.#tenants.size >= MOST_TENANTS) this.#tenants.delete(this.#tenants.keys().next().value!)
    found = new TenantMetrics()
    this.#tenants.set(id, found)
    return found
  }

  heardOf(tenant: string, actor: string): void {
    const { actors } = this.tenant(tenant)
    if (actors.size >= MOST_CALLERS) actors.clear()
    actors.set(actor, this.#now())
  }

  activeOf({ actors }: TenantMetrics): number {
    const since = this.#now() - ACTIVE_MS
    for (const [actor, at] of actors) if (at < since) actors.delete(actor)
    return actors.size
  }

  breaker(engine: string, state: BreakerState): void {
    this.#breakers.set(engine, state)
    this.breakerChanges.add({ engine, state })
  }

  /** An engine that has a circuit, before anything happened to it. */
  hasBreaker(engine: string): void {
    this.#breakers.set(engine, 'closed')
  }

  #activeCallers(): number {
    let sum = 0
    for (const it of this.#tenants.values()) sum += this.activeOf(it)
    return sum
  }
}

/** Undefined when nothing was asked that could have been in the cache. */
export function hitRatio(lookups: Counter<'result'>): number | undefined {
  const hits = lookups.value({ result: 'hit' })
  const all = hits + lookups.value({ result: 'miss' })
  return all === 0 ? undefined : hits / all
}

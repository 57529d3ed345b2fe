// All that the gateway counts, with the names under which dashboards and alerts find it. Nothing here says what was asked.

import type { OpenParts } from '../store/batch-queue.ts'
import type { BreakerState } from '../upstreams/breaker.ts'
import { ANALYSIS_SECONDS, ROWS, SECONDS } from './bounds.ts'
import { type Counter, Registry } from './registry.ts'
import { TenantMetrics, tellOfTenants } from './tenant-metrics.ts'

/** Who was heard of within this time is active. */
const ACTIVE_MS = 300_000
const MOST_CALLERS = 100_000
/** Those who come first lose their figures when more tenants than this are served by one process. */
const MOST_TENANTS = 1000

export class GatewayMetrics {
  readonly registry = new Registry()
  readonly startedAt: Date
  readonly #now: () => number
  readonly #tenants = new Map<string, TenantMetrics>()
  readonly #breakers = new Map<string, BreakerState>()
  #queue: OpenParts | undefined
  /** Those that analyse, by who waits for them. */
  readonly analysers = new Map<string, { readonly threads: number; readonly busy: () => number }>()
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
  readonly analyses = this.registry.counter(
    'codeant_analyses_total',
    'Analyses that ended, by who wanted them: somebody who waits (request) or a batch; ok or the code of the error.',
    'kind',
    'outcome',
  )
  readonly analysisSeconds = this.registry.histogram(
    'codeant_analysis_duration_seconds',
    'How long analyses took that ended well, with the wait for a thread.',
    ANALYSIS_SECONDS,
    'kind',
  )
  readonly analysedFiles = this.registry.counter(
    'codeant_analysed_files_total',
    'Files that were analysed.',
    'kind',
  )
  readonly findings = this.registry.counter(
    'codeant_findings_total',
    'Findings that were told, by how grave they are.',
    'kind',
    'severity',
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
    // There from the beginning, so that the first login is seen as a step, and none as none.
    this.logins.add({ outcome: 'in' }, 0)
    this.registry.gauge(
      'codeant_http_requests_in_flight',
      'Requests that wait for the end of their answer.',
      () => [[{}, this.inFlight]],
    )
    this.registry.gauge('codeant_active_callers', 'Keys and users heard of in the last five minutes.', () => [
      [{}, this.#activeCallers()],
    ])
    this.registry.gauge(
      'codeant_active_tenants',
      'Teams of whom somebody was heard in the last five minutes.',
      () => [[{}, [...this.#tenants.values()].filter(it => this.activeOf(it) > 0).length]],
    )
    tellOfTenants(this.registry, this.#tenants)
    this.registry.gauge('codeant_breaker_open', 'Whether the circuit of an engine is open.', () =>
      [...this.#breakers].map(([engine, it]) => [{ engine }, it === 'open' ? 1 : 0] as const),
    )
    this.registry.gauge('codeant_analyses_in_progress', 'Analyses that run or wait for a thread.', () =>
      [...this.analysers].map(([kind, it]) => [{ kind }, it.busy()] as const),
    )
    this.registry.gauge('codeant_analysis_threads', 'How many analyses run at the same time.', () =>
      [...this.analysers].map(([kind, it]) => [{ kind }, it.threads] as const),
    )
    this.registry.gauge(
      'codeant_batch_projects',
      'Projects of batches that wait or are analysed, of all instances together: each tells the same.',
      () =>
        this.#queue ? (['waiting', 'running'] as const).map(state => [{ state }, this.#queue![state]]) : [],
    )
    this.registry.gauge(
      'codeant_batch_oldest_waiting_seconds',
      'How long the project waits that has waited longest.',
      () => (this.#queue ? [[{}, this.#queue.oldestSeconds]] : []),
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

  /** Of batches, as this instance saw it last. */
  queue(open: OpenParts): void {
    this.#queue = open
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

// What the gateway is made of, put together in one place: the only one that knows which part is real.

import { openEmbeddedModels } from '@codeant/server/api/models.ts'
import { type Analyser, openAnalyser } from './analysis/analyser.ts'
import { countedAnalyser } from './analysis/counted.ts'
import { type BatchWorker, startWorker } from './batch/worker.ts'
import type { AnswerStore } from './cache/answer-store.ts'
import { type Cleaning, startCleaning } from './cleaning.ts'
import type { Config } from './config.ts'
import { type Functions, openFunctions } from './functions/open-functions.ts'
import type { Authenticator } from './identity/caller.ts'
import { type DeviceLogins, deviceLogins } from './identity/device-logins.ts'
import { type KeyAuthenticator, keyAuthenticator } from './identity/key-authenticator.ts'
import { openPeople, type People } from './identity/people.ts'
import type { Buckets } from './limits/buckets.ts'
import type { LogStream } from './log/output.ts'
import { GatewayMetrics } from './metrics/gateway-metrics.ts'
import { addProcessMetrics } from './metrics/process-metrics.ts'
import { Chronicle } from './models/chronicle.ts'
import { Readiness } from './readiness.ts'
import { openShared } from './redis/open-shared.ts'
import { countedEngine } from './store/counted.ts'
import { type Database, openDatabase, type SqlEngine } from './store/database.ts'
import { openEmbedded } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { operatorSecret } from './store/operator-secret.ts'
import { openPostgres } from './store/postgres.ts'
import { tracedEngine } from './store/traced.ts'
import { UsageCounter } from './store/usage-counter.ts'
import { otlpExporter } from './tracing/otlp.ts'
import { Tracer } from './tracing/tracer.ts'
import type { BreakerState } from './upstreams/breaker.ts'
import { cachedEncoders } from './upstreams/cached.ts'
import { chronicledChat, chronicledEncoders } from './upstreams/chronicled.ts'
import { countedChat, countedEncoders } from './upstreams/counted.ts'
import { embeddedUpstream } from './upstreams/embedded.ts'
import { oipUpstream } from './upstreams/oip.ts'
import { openAiUpstream } from './upstreams/openai.ts'
import { tracedChat, tracedEncoders } from './upstreams/traced.ts'
import type { ChatUpstream, EncoderUpstream } from './upstreams/upstream.ts'

export interface Parts {
  readonly config: Config
  readonly version: string
  readonly database: Database
  /** Asked in this order who a caller is. */
  readonly authenticators: readonly Authenticator[]
  readonly keys: KeyAuthenticator
  readonly usage: UsageCounter
  /** How models do. */
  readonly chronicle: Chronicle
  readonly metrics: GatewayMetrics
  /** Absent: nobody logs in here, there are keys only. */
  readonly people?: People
  readonly devices?: DeviceLogins
  /** What counts requests. */
  readonly buckets: Buckets
  /** Absent: traces are handed on, and none is kept. */
  readonly tracer?: Tracer
  readonly encoders: EncoderUpstream
  /** Answers of encoders that are kept; absent: none are. */
  readonly answers?: AnswerStore
  /** Absent: nothing here writes text. */
  readonly chat?: ChatUpstream
  readonly analyser: Analyser
  readonly batches: BatchWorker
  /** Absent: nothing that is kept changes. */
  readonly cleaning?: Cleaning
  readonly functions: Functions
  readonly readiness: Readiness
  /** Absent: standard output. */
  readonly logStream?: LogStream
  /** Gives back all that was opened. */
  readonly close: () => Promise<void>
}

export interface World {
  readonly version: string
  /** What nobody asked for, but somebody should know: for the log, and never with code. */
  readonly warn: (message: string) => void
  readonly logStream?: LogStream
}

const MIB = 1024 * 1024
/** A model that nobody asks anything gives its memory back after this. */
const RELEASE_MS = 600_000

export async function openParts(config: Config, world: World): Promise<Parts> {
  const metrics = new GatewayMetrics()
  const traces = openTraces(config, world, metrics)
  const counted = countedEngine(await openEngine(config, world.warn), metrics)
  const engine = traces ? tracedEngine(counted, traces.tracer) : counted
  if (config.database.migrate) await migrate(engine)
  const functions = await openFunctions(engine, config, world.warn)
  const database = openDatabase(engine)
  const shared = await openShared(config, world.warn, metrics)
  const { answers } = shared
  const tracer = traces?.tracer
  const watched = countedEncoders(openEncoders(config, world, metrics, tracer), metrics)
  const { versionsAreWeights } = config.cache
  const remembered = answers
    ? cachedEncoders(watched, { store: answers, metrics, versionsAreWeights, now: () => performance.now() })
    : watched
  const chronicle = new Chronicle(database, error =>
    world.warn(`history of models: ${(error as Error).message}`),
  )
  const encoders = chronicledEncoders(remembered, chronicle)
  const writer = openChat(config, world, metrics, tracer)
  const chat = writer && chronicledChat(writer, chronicle)
  const endProcessMetrics = addProcessMetrics(metrics.registry, world.version)
  const { threads, queue } = config.analysis
  const analyser = countedAnalyser(openAnalysis(config, threads, queue), {
    metrics,
    kind: 'request',
    threads,
  })
  const batches = openBatches(config, world, database, metrics)
  const keys = keyAuthenticator({
    database,
    now: Date.now,
    untouched: error => world.warn(`api key: ${(error as Error).message}`),
  })
  const cleaning = config.limits.readOnly
    ? undefined
    : startCleaning({
        database,
        retention: config.retention,
        failed: error => world.warn(`cleaning: ${error.message}`),
      })
  const secret = operatorSecret(config)
  const changed = (user: string) => keys.forgetUser(user)
  const people =
    secret === undefined ? undefined : openPeople({ config, secret, database, now: Date.now, changed })
  if (!people) world.warn('identity.secret is not set: there are API keys, but no logins')
  return {
    config,
    version: world.version,
    database,
    authenticators: people ? [keys, people.authenticator] : [keys],
    keys,
    usage: new UsageCounter({
      database,
      failed: error => world.warn(`usage: ${(error as Error).message}`),
    }),
    chronicle,
    metrics,
    ...(people && { people, devices: deviceLogins({ database, logins: people.logins, now: Date.now }) }),
    buckets: shared.buckets,
    ...(tracer && { tracer }),
    encoders,
    ...(answers && { answers }),
    ...(chat && { chat }),
    analyser,
    batches,
    ...(cleaning && { cleaning }),
    functions,
    readiness: new Readiness([{ name: 'database', run: () => database.check() }, ...shared.checks]),
    ...(world.logStream && { logStream: world.logStream }),
    async close() {
      endProcessMetrics()
      await cleaning?.close()
      await batches.close()
      await chronicle.close()
      await Promise.all([
        encoders.close(),
        chat?.close(),
        analyser.close(),
        functions.close(),
        database.close(),
        shared.close(),
      ])
      await traces?.close()
    },
  }
}

/** The database, whatever its schema is. */
export async function openEngine({ database, data }: Config, warn: World['warn']): Promise<SqlEngine> {
  const { url, connections } = database
  if (url === undefined) return openEmbedded(data.folder)
  return openPostgres({ url, connections, lost: error => warn(`database: ${error.message}`) })
}

function openAnalysis({ analysis }: Config, threads: number, queue: number): Analyser {
  const { timeoutSeconds, folder } = analysis
  return openAnalyser({ threads, queue, timeoutMs: timeoutSeconds * 1000, ...(folder && { folder }) })
}

function openBatches(
  config: Config,
  { warn }: World,
  database: Database,
  metrics: GatewayMetrics,
): BatchWorker {
  const { threads, leaseSeconds, pollMs, attempts, keepHours } = config.batch
  // Threads of their own: what somebody waits for does not wait behind a batch.
  const analyser = countedAnalyser(openAnalysis(config, Math.max(threads, 1), 0), {
    ...{ metrics, kind: 'batch', threads },
  })
  const leaseMs = leaseSeconds * 1000
  const worker = startWorker({
    database,
    analyser,
    slots: threads,
    leaseMs,
    pollMs,
    attempts,
    keepHours,
    warn,
    told: it => metrics.queue(it),
  })
  return {
    wake: worker.wake,
    async close() {
      await worker.close()
      await analyser.close()
    },
  }
}

function openEncoders(
  config: Config,
  world: World,
  metrics: GatewayMetrics,
  tracer: Tracer | undefined,
): EncoderUpstream {
  const engine = openEncoderEngine(config, world, metrics)
  return tracer ? tracedEncoders(engine, tracer) : engine
}

function openEncoderEngine(config: Config, world: World, metrics: GatewayMetrics): EncoderUpstream {
  const { inference } = config
  const { url, key } = inference
  if (url) return oipUpstream({ url, key, breaker: breakerOf(config, 'inference', world, metrics) })
  const models = openEmbeddedModels({
    threads: inference.threads,
    memoryLimit: inference.memory * MIB,
    releaseAfter: RELEASE_MS,
    notify: notice => world.warn(`model: ${JSON.stringify(notice)}`),
  })
  return embeddedUpstream({ models, version: world.version, queue: inference.queue })
}

function openTraces({ tracing }: Config, world: World, metrics: GatewayMetrics) {
  const { url, key, percent } = tracing
  if (url === undefined) return undefined
  const exporter = otlpExporter({
    url,
    key,
    version: world.version,
    counted: (outcome, spans) => metrics.spans.add({ outcome }, spans),
  })
  return { tracer: new Tracer({ percent, export: exporter.add }), close: exporter.close }
}

function openChat(
  config: Config,
  world: World,
  metrics: GatewayMetrics,
  tracer: Tracer | undefined,
): ChatUpstream | undefined {
  const { url, key, timeoutSeconds } = config.chat
  if (!url) return undefined
  const breaker = breakerOf(config, 'chat', world, metrics)
  const engine = openAiUpstream({ url, key, patienceMs: timeoutSeconds * 1000, breaker })
  return countedChat(tracer ? tracedChat(engine, tracer) : engine, metrics)
}

function breakerOf({ breaker }: Config, engine: string, world: World, metrics: GatewayMetrics) {
  metrics.hasBreaker(engine)
  return {
    ...breaker,
    changed(state: BreakerState) {
      metrics.breaker(engine, state)
      world.warn(`engine ${engine}: circuit ${state}`)
    },
  }
}

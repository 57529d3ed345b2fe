// The parts of the measurement: each says what it found as a table, and as figures.

import { median, percentile, table } from '../statistics.ts'
import { closedLoop, holdIdle, type Measured, oneByOne, openLoop, type Target } from './load.ts'
import { INFER, question, type Scene } from './scene.ts'

export interface Options {
  /** Of a short measurement. */
  readonly seconds: number
  /** Under constant load. */
  readonly sustained: number
  /** Over which memory is watched. */
  readonly memory: number
  readonly idle: number
  readonly say: (text: string) => void
}

export interface Found {
  readonly text: string
  readonly figures: unknown
}

type Measure = (scene: Scene, options: Options) => Promise<Found>

const ROUNDS = 7
const CLIENTS = [1, 10, 50, 100, 200]
/** That ask at once, each again as soon as it was answered. */
const CONNECTIONS = [1, 2, 4, 16, 64, 200]
/** Requests a second where it is asked how it works and not how it queues: well below what it can do. */
const CALM = 2000
/** Of one client. */
const EACH = 200
const TIMES = ['asked', 'failed', 'p50 ms', 'p95 ms', 'p99 ms']

/** In the order in which they are run. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  hits,
  connections,
  endpoints,
  clients,
  ramp,
  graphql,
  cache,
  database,
  idle,
  sustained,
  memory,
}

/** Rounds take turns, so that what else the computer does meets all of them. */
async function hits({ gateway, bare, bareBytes }: Scene, { seconds, say }: Options): Promise<Found> {
  const servers = { gateway, bare, bareBytes }
  const perSecond: Record<string, number[]> = {}
  const cpu: Record<string, number[]> = {}
  // Until all of it is compiled: half of what the gateway does at first is compiling.
  for (const it of Object.values(servers)) await closedLoop(it.target, 16, Math.max(5, seconds))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, server] of Object.entries(servers)) {
      const before = await server.spent()
      const { asked, times, seconds: took } = await closedLoop(server.target, 16, seconds)
      const after = await server.spent()
      ;(perSecond[name] ??= []).push(times.length / took)
      ;(cpu[name] ??= []).push(((after.cpuMs - before.cpuMs) / asked) * 1000)
    }
    say(`round ${round + 1} of ${ROUNDS}: ${Math.round(perSecond.gateway!.at(-1)!)} answers a second`)
  }
  const ratio = (of: Readonly<Record<string, number[]>>, name: string) =>
    rounded(median(of.gateway!.map((it, i) => it / of[name]![i]!)))
  const figures = {
    perSecond: mapped(perSecond, it => Math.round(median(it))),
    microseconds: mapped(cpu, it => rounded(median(it))),
    ofBare: ratio(perSecond, 'bare'),
    ofBareBytes: ratio(perSecond, 'bareBytes'),
  }
  const rows = Object.keys(servers).map(it => [it, figures.perSecond[it]!, figures.microseconds[it]!])
  const text = [
    table(['server', 'answers a second', 'processor µs each'], rows),
    '',
    `bare is Fastify as it comes: it reads the same body as JSON and writes the same answer as JSON, without schema, hook, key, limit or log.`,
    `bareBytes reads bytes and writes bytes.`,
    `Cache hits: ${percent(figures.ofBare)} of bare (goal: 60 %), ${percent(figures.ofBareBytes)} of bareBytes; medians of ${ROUNDS} rounds in turn.`,
  ].join('\n')
  return { text, figures }
}

/** How much answers that leave together have to do with it: alone, none does. */
async function connections({ gateway, bare }: Scene, { seconds }: Options): Promise<Found> {
  for (const it of [gateway, bare]) await closedLoop(it.target, 16, Math.max(5, seconds))
  const rows: (string | number)[][] = []
  for (const count of CONNECTIONS) {
    const rounds: { readonly own: Measured; readonly other: Measured }[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({
        own: await closedLoop(gateway.target, count, seconds),
        other: await closedLoop(bare.target, count, seconds),
      })
    const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of))
    const share = middle(({ own, other }) => perSecondOf(own) / perSecondOf(other))
    const times = [0.5, 0.95].map(part => rounded(middle(({ own }) => percentile(own.times, part))))
    const others = [0.5, 0.95].map(part => rounded(middle(({ other }) => percentile(other.times, part))))
    rows.push([count, Math.round(middle(({ own }) => perSecondOf(own))), percent(share), ...times, ...others])
  }
  const head = ['connections', 'a second', 'of bare', 'p50 ms', 'p95 ms', 'bare p50 ms', 'bare p95 ms']
  return { text: table(head, rows), figures: rows }
}

function perSecondOf({ times, seconds }: Measured): number {
  return times.length / seconds
}

async function endpoints({ gateway }: Scene): Promise<Found> {
  const analysis = { files: [{ path: 'a.py', content: 'def f(items=[]):\n    return items == None\n' }] }
  const targets: Readonly<Record<string, Target>> = {
    'GET /health/live': gateway.asks('GET', '/health/live'),
    'GET /health/ready': gateway.asks('GET', '/health/ready'),
    'GET /v2': gateway.asks('GET', '/v2'),
    'GET /v2/models': gateway.asks('GET', '/v2/models'),
    'GET /v2/models/echo': gateway.asks('GET', '/v2/models/echo'),
    'POST …/infer, in the cache': gateway.target,
    'POST …/infer, not': gateway.asks('POST', INFER, question(), ['cache-control: no-cache']),
    'GET /api/v1/models': gateway.asks('GET', '/api/v1/models'),
    'GET /api/v1/metrics': gateway.asks('GET', '/api/v1/metrics'),
    'GET /api/v1/usage': gateway.asks('GET', '/api/v1/usage'),
    'GET /api/v1/keys': gateway.asks('GET', '/api/v1/keys'),
    'GET /api/v1/openapi.json': gateway.asks('GET', '/api/v1/openapi.json'),
    'POST /api/v1/analyze, one file': gateway.asks('POST', '/api/v1/analyze', JSON.stringify(analysis)),
    'POST /graphql': gateway.asks('POST', '/graphql', JSON.stringify({ query: '{ models { name } }' })),
  }
  const rows: (string | number)[][] = []
  for (const [name, target] of Object.entries(targets)) {
    await oneByOne(target, 5)
    const { failed, times } = await oneByOne(target, 50)
    const average = times.reduce((sum, it) => sum + it, 0) / times.length
    const at = [times[0]!, average, ...[0.5, 0.95, 0.99].map(it => percentile(times, it)), times.at(-1)!]
    rows.push([name, failed, ...at.map(rounded)])
  }
  const head = ['50 requests each', 'failed', 'min ms', 'average', 'p50', 'p95', 'p99', 'max']
  return { text: table(head, rows), figures: rows }
}

async function clients({ gateway, bare }: Scene, { seconds }: Options): Promise<Found> {
  const rows: number[][] = []
  for (const it of [gateway, bare]) await closedLoop(it.target, 16, Math.max(3, seconds))
  for (const count of CLIENTS) {
    // On one connection, one request at a time: one client alone is no crowd.
    const rate = Math.min(CALM, EACH * count)
    const own = timesOf(await openLoop(gateway.target, count, () => rate, seconds * 3))
    const other = timesOf(await openLoop(bare.target, count, () => rate, seconds * 3))
    rows.push([count, rate, ...own, other[3]!])
  }
  const head = ['clients', 'a second', ...TIMES, 'bare p95 ms']
  const text = `Open loop:\n\n${table(head, rows)}`
  return { text, figures: rows }
}

async function ramp({ gateway }: Scene, { seconds }: Options): Promise<Found> {
  const most = await closedLoop(gateway.target, 16, seconds)
  const limit = most.times.length / most.seconds
  const it = await openLoop(gateway.target, 200, part => limit * (0.05 + 0.75 * part), seconds * 5)
  const text = `200 clients, from 5 % to 80 % of ${Math.round(limit)} requests a second:\n\n${table(TIMES, [timesOf(it)])}`
  return { text, figures: timesOf(it) }
}

async function sustained({ gateway }: Scene, { sustained: seconds, say }: Options): Promise<Found> {
  const minutes: number[][] = []
  const piece = Math.min(30, seconds)
  for (let done = 0; done < seconds; done += piece) {
    minutes.push([done + piece, ...timesOf(await openLoop(gateway.target, 10, () => CALM, piece))])
    say(`${done + piece} of ${seconds} s`)
  }
  const text = `10 clients, ${CALM} requests a second:\n\n${table(['until s', ...TIMES], minutes)}`
  return { text, figures: minutes }
}

async function graphql({ gateway }: Scene, { seconds }: Options): Promise<Found> {
  const query = '{ models { name } systemMetrics(days: 1) { requests failures } }'
  const target = gateway.asks('POST', '/graphql', JSON.stringify({ query }))
  const it = timesOf(await openLoop(target, 10, () => 50, seconds * 3))
  return { text: `GraphQL, 10 clients, 50 requests a second:\n\n${table(TIMES, [it])}`, figures: it }
}

/** A team's editors ask again and again about the functions that they work on: some often, most rarely. */
async function cache({ gateway }: Scene): Promise<Found> {
  const HOT = 200
  const ASKED = 10_000
  let state = 1
  const next = () => {
    state = (state * 48_271) % 2_147_483_647
    const part = state / 2_147_483_647
    return question(1 + Math.floor(HOT * part ** 3))
  }
  // From a gateway that knows none of them.
  const before = await gateway.spent()
  const { failed } = await oneByOne(gateway.asks('POST', INFER, next), ASKED)
  const ratio = 1 - HOT / ASKED
  const { hitRatio } = await gateway.spent()
  const figures = { asked: ASKED, different: HOT, failed, before: before.hitRatio, after: hitRatio }
  const text = `${ASKED} questions, of ${HOT} different ones: at most ${HOT} are new, so at least ${percent(ratio)} come out of the cache. The gateway's own figure since it started: ${percent(hitRatio ?? 0)} (goal: 95 %).`
  return { text, figures }
}

async function database({ gateway }: Scene, { seconds }: Options): Promise<Found> {
  for (const path of ['/api/v1/usage', '/api/v1/keys', '/api/v1/audit'])
    await openLoop(gateway.asks('GET', path), 4, () => 40, seconds)
  const { databaseP95, transactions } = await gateway.spent()
  const text = `p95 of ${transactions} transactions of the embedded database, by the gateway's own histogram: ${rounded(databaseP95 ?? 0)} ms (goal: 50 ms).`
  return { text, figures: { databaseP95, transactions } }
}

async function idle({ gateway }: Scene, { seconds, idle: wanted, say }: Options): Promise<Found> {
  const before = (await gateway.spent(true)).rss
  const connections = await holdIdle(gateway.port, wanted)
  say(`${connections.held()} connections are held`)
  const meanwhile = timesOf(await openLoop(gateway.target, 10, () => CALM / 4, seconds * 3))
  const held = connections.held()
  const kib = Math.max(0, Math.round(((await gateway.spent(true)).rss - before) / 1024 / Math.max(1, held)))
  connections.close()
  const text = `${held} of ${wanted} idle connections are held, with ${kib} KiB each; 10 clients meanwhile, ${CALM / 4} requests a second:\n\n${table(TIMES, [meanwhile])}`
  return { text, figures: { held, wanted, kib, meanwhile } }
}

/** What is in use after a collection, under a load of hits, misses and GraphQL. A line is drawn through what comes after the first sixth. */
async function memory({ gateway }: Scene, { memory: seconds, say }: Options): Promise<Found> {
  const EVERY = Math.min(10, seconds / 12)
  let seed = 0
  // Asked of the engine each time; the cache that they fill is full after the first minute, or it would be what grows.
  const miss = gateway.asks('POST', INFER, () => question(1 + (seed++ % 1500)), ['cache-control: no-cache'])
  const query = gateway.asks('POST', '/graphql', JSON.stringify({ query: '{ models { name } }' }))
  const samples: { readonly minute: number; readonly rss: number; readonly heap: number }[] = []
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    await Promise.all([
      openLoop(gateway.target, 10, () => 500, EVERY),
      openLoop(miss, 4, () => 50, EVERY),
      openLoop(query, 2, () => 5, EVERY),
    ])
    const { rss, heap } = await gateway.spent(true)
    samples.push({ minute: (performance.now() - began) / 60_000, rss: rss / 2 ** 20, heap: heap / 2 ** 20 })
    if (samples.length % 6 === 0)
      say(`${Math.round(samples.at(-1)!.minute)} min: ${rounded(heap / 2 ** 20)} MiB in use`)
  }
  const settled = samples.slice(Math.ceil(samples.length / 6))
  const slopes = {
    heap: slope(settled.map(it => [it.minute, it.heap])),
    rss: slope(settled.map(it => [it.minute, it.rss])),
  }
  const text = [
    `${rounded(seconds / 60)} minutes, 555 requests a second (hits, misses, GraphQL), measured after a collection every ${rounded(EVERY)} s:`,
    `JavaScript: ${told(slopes.heap)} MiB a minute; the process: ${told(slopes.rss)} MiB a minute (95 % confidence).`,
    `In use: ${settled
      .filter((_, i) => i % 5 === 0)
      .map(it => rounded(it.heap))
      .join(' ')} MiB.`,
  ].join('\n')
  return { text, figures: { slopes, samples } }
}

interface Slope {
  readonly perMinute: number
  /** Half of the interval in which it lies with 95 %. */
  readonly uncertain: number
}

function slope(points: readonly (readonly [x: number, y: number])[]): Slope {
  const n = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const perMinute = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread
  const left = points.reduce((sum, [x, y]) => sum + (y - meanY - perMinute * (x - meanX)) ** 2, 0)
  return { perMinute, uncertain: 2 * Math.sqrt(left / (n - 2) / spread) }
}

function told({ perMinute, uncertain }: Slope): string {
  return `${rounded(perMinute)} ± ${rounded(uncertain)}`
}

function timesOf({ asked, failed, times }: Measured): number[] {
  return [asked, failed, ...[0.5, 0.95, 0.99].map(it => rounded(percentile(times, it)))]
}

function mapped<T, U>(of: Readonly<Record<string, T>>, change: (it: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(of).map(([name, it]) => [name, change(it)]))
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10} %`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

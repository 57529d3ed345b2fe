// The gateway under load, beside a bare Fastify route in the same run: what is told are ratios, since no two machines are alike.
//
//   npm run bench:gateway -- [--seconds 2] [--idle 10000]

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { closedLoop, holdIdle, type Measured, openLoop, type Target } from './gateway/load.ts'
import type { Served, Spent } from './gateway/served.ts'
import { load, machine } from './machine.ts'
import { median, table } from './statistics.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, idle: { type: 'string', default: '10000' } },
})
const seconds = Number(values.seconds)
const ROUNDS = 5
const CLIENTS = [1, 10, 50, 100, 200]
/** What part of the most that it can do it is asked for: where there is room, times say how it works and not how it queues. */
const CALM = 0.4
const TOKENS = 256

interface Server {
  readonly target: Target
  spent(collect?: boolean): Promise<Spent>
  stop(): void
}

const input = Array.from({ length: TOKENS }, (_, i) => (i * 7919) % 32_000)
const QUESTION = JSON.stringify({
  id: 'editor-7-42',
  inputs: [{ name: 'tokens', datatype: 'INT32', shape: [1, TOKENS], data: input }],
})

const engine = await fakeTriton({
  models: {
    echo: {
      inputs: { tokens: ['INT32', -1, TOKENS] },
      outputs: { logits: ['FP32', -1, 2] },
      sha256: 'ab'.repeat(32),
      run: () => ({ logits: { type: 'float32', dims: [1, 2], data: new Float32Array([0.25, 0.75]) } }),
    },
  },
}).start()
const gateway = await start('gateway', engine.url)
const answer = await (
  await fetch(`http://127.0.0.1:${gateway.target.port}/v2/models/echo/infer`, {
    method: 'POST',
    headers: { 'x-api-key': gateway.key, 'content-type': 'application/json' },
    body: QUESTION,
  })
).text()
const bare = await start('bare', Buffer.from(answer).toString('base64'))

const result: Record<string, unknown> = { machine: machine(), node: process.version, seconds }
await closedLoop(bare.target, 16, seconds)
await closedLoop(gateway.target, 16, seconds)

const rounds: { bare: Measured; gateway: Measured; cpu: number }[] = []
for (let i = 0; i < ROUNDS; i++) {
  const [before, beforeBare] = [await gateway.spent(), await bare.spent()]
  const of = {
    bare: await closedLoop(bare.target, 16, seconds),
    gateway: await closedLoop(gateway.target, 16, seconds),
  }
  const [after, afterBare] = [await gateway.spent(), await bare.spent()]
  const each = (after.cpuMs - before.cpuMs) / of.gateway.asked
  rounds.push({ ...of, cpu: (afterBare.cpuMs - beforeBare.cpuMs) / of.bare.asked / each })
}
const throughput = (it: Measured) => it.times.length / it.seconds
const most = median(rounds.map(it => throughput(it.gateway)))
const ratio = median(rounds.map(it => throughput(it.gateway) / throughput(it.bare)))
result.cacheHit = {
  barePerSecond: Math.round(median(rounds.map(it => throughput(it.bare)))),
  gatewayPerSecond: Math.round(most),
  ratio: rounded(ratio),
  ratioOfProcessorTime: rounded(median(rounds.map(it => it.cpu))),
}
say(`cache hits: ${Math.round(ratio * 100)} % of the bare route (goal: 60 %)`)

const rows = []
for (const clients of CLIENTS) {
  const rate = () => most * CALM
  const own = await openLoop(gateway.target, clients, rate, seconds)
  const other = await openLoop(bare.target, clients, rate, seconds)
  rows.push({ clients, ...figures(own), bareP95: figures(other).p95 })
}
result.clients = rows
say(
  table(
    ['clients', 'asked', 'failed', 'p50 ms', 'p95 ms', 'p99 ms', 'bare p95 ms'],
    rows.map(it => Object.values(it)),
  ),
)

const memory: number[] = []
const sampler = setInterval(async () => memory.push(Math.round((await gateway.spent()).rss / 2 ** 20)), 1000)
const sustained = figures(await openLoop(gateway.target, 10, () => most * CALM, seconds * 5))
const ramp = figures(await openLoop(gateway.target, 200, part => most * (0.05 + 0.75 * part), seconds * 3))
clearInterval(sampler)
result.sustained = { seconds: seconds * 5, ...sustained }
result.ramp = { seconds: seconds * 3, ...ramp }
say(
  table(
    ['load', 'asked', 'failed', 'p50 ms', 'p95 ms', 'p99 ms'],
    [
      [`10 clients, ${seconds * 5} s`, ...Object.values(sustained)],
      [`up to 80 % of the most, ${seconds * 3} s`, ...Object.values(ramp)],
    ],
  ),
)
result.memoryMb = memory
say(`memory while under load, MiB, each second: ${memory.join(' ')}`)

const before = (await gateway.spent(true)).rss
const idle = await holdIdle(gateway.target.port, Number(values.idle))
const meanwhile = figures(await openLoop(gateway.target, 10, () => most * CALM, seconds))
const after = (await gateway.spent(true)).rss
result.idle = {
  wanted: Number(values.idle),
  held: idle.held(),
  kibEach: Math.round((after - before) / 1024 / Math.max(1, idle.held())),
  ...meanwhile,
}
say(
  `idle connections held: ${idle.held()} of ${values.idle}; p95 of 10 clients meanwhile: ${meanwhile.p95} ms`,
)
idle.close()

result.load = load()
say(JSON.stringify(result))
gateway.stop()
bare.stop()
await engine.stop()

async function start(kind: 'bare' | 'gateway', argument: string): Promise<Server & { readonly key: string }> {
  const path = fileURLToPath(new URL('gateway/served.ts', import.meta.url))
  const child = fork(path, [kind, argument], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    // Its log is written as ever, and goes nowhere.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { port, key } = await message<Served>(child)
  const head = [
    'POST /v2/models/echo/infer HTTP/1.1',
    'host: 127.0.0.1',
    `x-api-key: ${key}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(QUESTION)}`,
  ]
  return {
    key,
    target: { port, request: Buffer.from(`${head.join('\r\n')}\r\n\r\n${QUESTION}`) },
    async spent(collect = false) {
      const told = message<Spent>(child)
      child.send(collect ? 'collect' : 'spent')
      return told
    },
    stop: () => child.disconnect(),
  }
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`ended with ${code}`))
    child.once('exit', ended).once('message', it => {
      child.off('exit', ended)
      resolve(it as T)
    })
  })
}

function figures({ asked, failed, times }: Measured) {
  const at = (part: number) =>
    rounded(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0)
  return { asked, failed, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

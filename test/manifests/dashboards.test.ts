// Every panel shows something: each query is asked of a real Prometheus that reads real gateways at work, under the rules that ship.

import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { jsonMessage } from '../endpoint/support/binary-message.ts'
import { startGateway, type TestGateway } from '../endpoint/support/gateway.ts'
import { startPostgres } from '../endpoint/support/postgres.ts'
import { startRedis } from '../endpoint/support/redis.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { FOREIGN_METRICS, fakeEngineMetrics } from './support/foreign-metrics.ts'
import { RULES, rulesText, without } from './support/monitoring.ts'
import { startPrometheus } from './support/prometheus-server.ts'
import { root } from './support/render.ts'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description?: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly { readonly expr: string }[]
}

interface Dashboard {
  readonly uid: string
  readonly panels: readonly Panel[]
}

const FOLDER = join(root, 'deploy/monitoring/dashboards')
const DASHBOARDS = readdirSync(FOLDER).map(
  it => [it, JSON.parse(readFileSync(join(FOLDER, it), 'utf8')) as Dashboard] as const,
)
const QUERIES = DASHBOARDS.flatMap(([file, { panels }]) =>
  panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ panel: `${file}: ${title}`, expr })),
  ),
)

/** As Grafana fills them in, for one who looks at the last minutes. */
const FILLED: readonly (readonly [variable: string, value: string])[] = [
  ['$__rate_interval', '15s'],
  ['$__range', '5m'],
  ['$gpu_hour', '2.50'],
  ['$pod_hour', '0.08'],
]

test('dashboards have names of their own, and panels a place and a sentence of their own', () => {
  const uids = DASHBOARDS.map(([, it]) => it.uid)
  assert.equal(new Set(uids).size, uids.length)
  for (const [file, { panels }] of DASHBOARDS) {
    assert.equal(new Set(panels.map(it => it.id)).size, panels.length, file)
    const taken = new Set<string>()
    for (const { title, type, description = '', gridPos } of panels) {
      assert.ok(gridPos.x + gridPos.w <= 24, `${file}: ${title} is wider than the page`)
      if (type !== 'row') assert.match(description, /\.$/, `${file}: ${title}`)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          assert.ok(!taken.has(`${x},${y}`), `${file}: ${title} lies on another`)
          taken.add(`${x},${y}`)
        }
    }
  }
})

test('the cluster’s Grafana is handed every dashboard', () => {
  const listed = readFileSync(join(root, 'deploy/monitoring/kustomization.yaml'), 'utf8')
  for (const [file] of DASHBOARDS) assert.ok(listed.includes(`- dashboards/${file}\n`), file)
})

test('every query of every panel has an answer', { timeout: 240_000, ...without('prometheus') }, t =>
  inFolder('', async ({ path }) => {
    const [redis, postgres, machine] = await Promise.all([startRedis(), startPostgres(), startNodeExporter()])
    const absent = [
      ...(redis ? [] : [/codeant_redis_/]),
      ...(postgres ? [] : [/codeant_database_pool_connections/]),
      ...(machine ? [] : [/\bnode_/]),
    ]
    const asked = QUERIES.filter(({ expr }) => !absent.some(it => it.test(expr)))
    t.diagnostic(
      `${asked.length} of ${QUERIES.length} queries; absent here: ${absent.join(', ') || 'nothing'}`,
    )

    const collector = await listenForTraces()
    const engines = await fakeEngineMetrics()
    const triton = await fakeTriton({ models: { echo: ECHO } }).start()
    const vllm = fakeVllm()
    await vllm.start()
    const first = await startGateway({
      ...{ 'inference.url': triton.url, 'chat.url': `${vllm.url}/v1`, 'metrics.port': '0' },
      ...{ 'limits.route': '0', 'limits.caller': '0', 'tracing.url': collector.url },
      ...{ 'cache.versionsAreWeights': 'true', 'batch.pollMs': '500' },
      ...(redis && { 'redis.url': redis.url }),
      ...(postgres && { 'database.url': postgres.url, 'identity.secret': 's'.repeat(44) }),
    })
    // With the models of this installation: what only they tell.
    const second = await startGateway({ 'metrics.port': '0', 'batch.threads': '0' })
    const prometheus = await startPrometheus(path, rulesText.replaceAll(/interval: \w+/g, 'interval: 1s'), [
      { url: first.metricsUrl!, labels: { pod: 'gateway-a' } },
      { url: second.metricsUrl!, labels: { pod: 'gateway-b' } },
      { url: engines.url, labels: { pod: 'engine-a' } },
      ...(machine ? [{ url: machine.url, labels: { node: 'node-a' } }] : []),
    ])
    let goesOn = true
    const work = workOn(first, () => goesOn)
    try {
      let left = asked
      const until = Date.now() + 150_000
      while (left.length > 0 && Date.now() < until) {
        const answers = await Promise.all(left.map(({ expr }) => prometheus.ask(filled(expr))))
        left = left.filter((_, i) => !answers[i]!.some(it => Number.isFinite(it.value)))
        await new Promise(resolve => setTimeout(resolve, 500))
      }
      assert.deepEqual(left, [])
      // It would notice: what nobody tells has no answer.
      assert.deepEqual(await prometheus.ask('codeant_that_nobody_tells'), [])

      // The program that compares figures asks the same Prometheus for its own.
      const program = join(root, 'deploy/operations/performance.mjs')
      const given = [program, '--prometheus', prometheus.url, '--window', '30s', '--json']
      const { stdout } = await promisify(execFile)(process.execPath, given)
      const { figures } = JSON.parse(stdout) as { readonly figures: readonly { readonly id: string }[] }
      // Fourteen are the gateway's own, whatever stands behind it; four are those of machines and engines.
      assert.ok(figures.length >= 18, figures.map(it => it.id).join())

      const told = await toldBy(first, second)
      const recorded = RULES.groups.flatMap(it => it.rules.flatMap(rule => rule.record ?? []))
      const known = new Set([...told, ...recorded, ...FOREIGN_METRICS])
      for (const { expr, panel } of [...QUERIES, ...RULES.groups.flatMap(rulesOf)])
        for (const name of namesIn(expr))
          assert.ok(
            known.has(name) || known.has(name.replace(/_(bucket|sum|count)$/, '')),
            `${panel}: ${name}`,
          )
    } finally {
      goesOn = false
      await work
      prometheus.stop()
      machine?.child.kill('SIGKILL')
      await Promise.all([first.stop(), second.stop(), triton.stop(), vllm.stop()])
      await Promise.all([engines.stop(), collector.stop(), redis?.close(), postgres?.close()])
    }
  }),
)

const rulesOf = (group: (typeof RULES.groups)[number]) =>
  group.rules.map(it => ({ panel: it.alert ?? it.record!, expr: it.expr }))

function filled(expr: string): string {
  return FILLED.reduce((text, [variable, value]) => text.replaceAll(variable, value), expr)
}

/** Names of metrics: what has a selector, a range or nothing behind it, and is no function, label or word of the language. */
function namesIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\$\w+/g, '')
  return [...bare.matchAll(/[a-zA-Z_][\w:]*(?!\s*\(|[\w:])/g)].map(it => it[0]).filter(it => !WORDS.has(it))
}

/** What stands in a query like a name, and is none. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'e6', 'group_left'])

async function toldBy(...gateways: readonly TestGateway[]): Promise<readonly string[]> {
  const texts = await Promise.all(gateways.map(async it => (await fetch(it.metricsUrl!)).text()))
  return texts.flatMap(it => [...it.matchAll(/^# TYPE (\S+)/gm)].map(one => one[1]!))
}

const ECHO = {
  inputs: { numbers: ['INT32', -1, 2] },
  outputs: { numbers: ['INT32', -1, 2] },
  run: ({ numbers }: { readonly numbers?: unknown }) => ({ numbers: numbers as never }),
} as const

/** A little of everything, until it is enough. */
async function workOn(gateway: TestGateway, goesOn: () => boolean): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await gateway.fetch(path, jsonMessage(body))
    await answer.arrayBuffer()
  }
  const infer = (model: string, ...data: number[]) =>
    post(`/v2/models/${model}/infer`, {
      inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data }],
    })
  const files = [{ path: 'a.py', content: 'def f(items=[]):\n    items.append(1)\n    return items\n' }]
  await post('/api/v1/batch', { projects: [{ name: 'one', files }] })
  for (let i = 0; goesOn(); i++) {
    await Promise.all([
      infer('echo', i, i),
      infer('echo', 1, 2),
      infer('nobody', 1, 2),
      post('/v1/chat/completions', {
        model: 'coder',
        max_tokens: 9,
        messages: [{ role: 'user', content: 'x' }],
      }),
      post('/api/v1/analyze', { files }),
    ])
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function startNodeExporter(): Promise<{ url: string; child: ChildProcess } | undefined> {
  const port = await freePort()
  for (const name of ['prometheus-node-exporter', 'node_exporter']) {
    if (without(name).skip) continue
    const child = spawn(name, [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' })
    return { url: `http://127.0.0.1:${port}`, child }
  }
  return undefined
}

async function listenForTraces() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end('{}'))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

// The way of traces: gateways reach the collector and nobody else does, its configuration hangs together, and what a gateway sends it can be
// read by it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { startGateway } from '../endpoint/support/gateway.ts'
import { stackOf, whyNoCompose } from './support/compose.ts'
import { type Peer, reaches } from './support/network.ts'
import { podOf, render, root, whyNot } from './support/render.ts'

const options = whyNot ? { skip: whyNot } : {}
// biome-ignore lint/suspicious/noExplicitAny: documents as they were read, asked for what a test knows of them.
type Loose = any
const CONFIG = readFileSync(join(root, 'deploy/monitoring/collector/collector.yaml'), 'utf8')

const own = (name: string, ports: Readonly<Record<string, number>> = {}, labels = {}): Peer => ({
  namespace: { 'kubernetes.io/metadata.name': 'codeant' },
  pod: { 'app.kubernetes.io/name': name, ...labels },
  ports,
})
const foreign = (namespace: string): Peer => ({
  namespace: { 'kubernetes.io/metadata.name': namespace },
  pod: { app: 'anything' },
  ports: {},
})
const GATEWAY = own('gateway', { http: 8520, metrics: 9464 }, { 'codeant.dev/runs': 'gateway' })
const COLLECTOR = own('collector', { otlp: 4318, metrics: 8888, health: 13133 })
const MONITORING = foreign('monitoring')

/** Who reaches whom, and whether that is meant. */
const WAYS: readonly (readonly [from: Peer, to: Peer, port: number, isMeant: boolean])[] = [
  [GATEWAY, COLLECTOR, 4318, true],
  [COLLECTOR, MONITORING, 4318, true],
  [MONITORING, COLLECTOR, 8888, true],
  [own('valkey'), COLLECTOR, 4318, false],
  [foreign('default'), COLLECTOR, 4318, false],
  [COLLECTOR, { address: '203.0.113.7' }, 443, false],
  [COLLECTOR, GATEWAY, 8520, false],
  [COLLECTOR, own('valkey', { valkey: 6379 }), 6379, false],
]

test(
  'gateways reach the collector, the collector where traces are kept, and nobody anything else',
  options,
  () => {
    const all = render('staging')
    for (const [from, to, port, isMeant] of WAYS)
      assert.equal(reaches(all, from, to, port), isMeant, JSON.stringify([from, to, port]))
    const policies = all.filter(it => it.kind === 'NetworkPolicy' && /collector/.test(it.metadata.name))
    const seen = (manifests: typeof all) =>
      WAYS.map(([from, to, port]) => reaches(manifests, from, to, port)).join()
    for (const it of policies)
      assert.notEqual(seen(all.filter(one => one !== it)), seen(all), it.metadata.name)
  },
)

test('every gateway of the cluster sends its traces where the collector listens', options, () => {
  const all = render('staging')
  const service = all.find(it => it.kind === 'Service' && it.metadata.name === 'collector')!
  const envOf = (name: string) =>
    podOf(all.find(it => it.kind === 'Deployment' && it.metadata.name === name)!).containers[0]
      .env as readonly {
      readonly name: string
      readonly value?: string
    }[]
  const url = envOf('gateway').find(it => it.name === 'CODEANT_GATEWAY_TRACING_URL')?.value
  assert.equal(url, `http://collector:${service.spec.ports[0].port}`)
  assert.deepEqual(
    envOf('collector').map(it => it.name),
    // Where traces are kept in the cluster, nobody asks for a key.
    asked().filter(it => it !== 'TRACES_KEY'),
    'what the configuration asks of its environment',
  )
})

test(
  'Compose gives the collector what its configuration asks for',
  whyNoCompose ? { skip: whyNoCompose } : {},
  () => {
    const secrets = Object.fromEntries(
      [
        'POSTGRES_PASSWORD',
        'POSTGRES_GATEWAY_PASSWORD',
        'VALKEY_PASSWORD',
        'IDENTITY_SECRET',
        'GRAFANA_PASSWORD',
      ].map(it => [it, 'x']),
    )
    const { collector } = stackOf(['compose.yaml', 'compose.observability.yaml'], secrets).services
    assert.deepEqual(Object.keys(collector!.environment!).sort(), [...asked()].sort())
  },
)

test('the collector’s configuration hangs together', () => {
  assert.deepEqual(problemsOf(parse(CONFIG)), [])
  const broken = (change: (it: Loose) => unknown) => {
    const copy = parse(CONFIG)
    change(copy)
    return problemsOf(copy)
  }
  assert.notDeepEqual(
    broken((it: Loose) => it.service.pipelines.traces.exporters.push('otlp')),
    [],
  )
  assert.notDeepEqual(
    broken((it: Loose) => it.service.pipelines.traces.processors.reverse()),
    [],
  )
  assert.notDeepEqual(
    broken((it: Loose) => (it.processors.batch.time_out = '2s')),
    [],
  )
  assert.notDeepEqual(
    broken((it: Loose) => (it.exporters.otlphttp.headers.Authorization = 'Bearer abc')),
    [],
  )
})

test('what a gateway sends is OTLP as the collector reads it: a batch of spans as JSON', async () => {
  const bodies: string[] = []
  let arrived = () => {}
  const first = new Promise<void>(resolve => {
    arrived = resolve
  })
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', it => {
      body += String(it)
    })
    request.on('end', () => {
      assert.equal(request.url, '/v1/traces')
      assert.equal(request.headers['content-type'], 'application/json')
      bodies.push(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      arrived()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const gateway = await startGateway({ 'tracing.url': url })
  try {
    // An error, as one who watches for errors wants it: the status of its span, and the code.
    await gateway.fetch('/v2/models/nobody/infer', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    await first
    const spans = bodies.flatMap(it =>
      JSON.parse(it).resourceSpans.flatMap((one: Loose) =>
        one.scopeSpans.flatMap((scope: Loose) => scope.spans),
      ),
    )
    const failed = spans.find(it => it.name.startsWith('POST /v2/models'))
    assert.match(failed.traceId, /^[0-9a-f]{32}$/)
    assert.match(failed.startTimeUnixNano, /^\d{19}$/)
    const attributes = Object.fromEntries(
      failed.attributes.map((it: Loose) => [it.key, Object.values(it.value)[0]]),
    )
    assert.match(String(attributes['http.response.status_code']), /^4/)
    assert.equal(attributes['error.type'], 'not-found')
    assert.ok(
      Buffer.byteLength(bodies[0]!) <
        (parse(CONFIG).receivers.otlp.protocols.http.max_request_body_size as number),
    )
  } finally {
    await gateway.stop()
    server.close()
    server.closeAllConnections()
  }
})

/** Variables of its environment. */
function asked(): readonly string[] {
  return [...new Set([...CONFIG.matchAll(/^[^#\n]*\$\{env:(\w+)(?::-)?\}/gm)].map(it => it[1]!))]
}

/** Fields of the components that we use, as their own documentation has them (OpenTelemetry Collector 0.138). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'receivers.otlp': ['protocols'],
  'processors.memory_limiter': ['check_interval', 'limit_percentage', 'spike_limit_percentage'],
  'processors.batch': ['timeout', 'send_batch_size', 'send_batch_max_size'],
  'exporters.otlphttp': ['endpoint', 'headers', 'compression', 'retry_on_failure', 'sending_queue'],
  'extensions.health_check': ['endpoint'],
}

function problemsOf(config: Loose): readonly string[] {
  const problems: string[] = []
  const kinds = ['receivers', 'processors', 'exporters', 'extensions'] as const
  for (const kind of kinds)
    for (const [name, it] of Object.entries(config[kind] ?? {})) {
      const known = FIELDS[`${kind}.${name}`]
      if (!known) problems.push(`${kind}.${name} is not known`)
      for (const field of Object.keys(it as object))
        if (known && !known.includes(field)) problems.push(`${kind}.${name}.${field} is not known`)
    }
  const used = { extensions: config.service.extensions, ...config.service.pipelines.traces }
  for (const kind of kinds) {
    const [defined, named] = [Object.keys(config[kind]).sort(), [...used[kind]].sort()]
    if (String(defined) !== String(named)) problems.push(`${kind}: ${defined} are there, ${named} are used`)
  }
  // Whatever comes before it, may take all of the memory.
  if (config.service.pipelines.traces.processors[0] !== 'memory_limiter')
    problems.push('memory is limited too late')
  if (!/^Bearer \$\{env:\w+:-\}$/.test(config.exporters.otlphttp.headers.Authorization))
    problems.push('a key is in it')
  return problems
}

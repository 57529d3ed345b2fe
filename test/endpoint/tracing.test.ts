// One trace from the editor to the engine, told to a collector in OpenTelemetry's protocol, with nothing of what was asked in it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newTraceId, readTraceContext } from '../../deploy/gateway/src/tracing/trace-context.ts'
import { Tracer } from '../../deploy/gateway/src/tracing/tracer.ts'
import { json as answerWith, FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { type FakeVllm, fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { jsonMessage } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
  readonly status: { readonly code?: number }
}
interface Export {
  readonly resourceSpans: readonly [
    {
      readonly resource: object
      readonly scopeSpans: readonly [{ readonly spans: readonly ReceivedSpan[] }]
    },
  ]
}

const CANARY = 'canary-of-code-51aa'
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const EDITOR = '00f067aa0ba902b7'
const QUESTION = { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data: [3, 4] }] }

let triton: FakeServer
let vllm: FakeVllm
let collector: FakeServer

before(async () => {
  triton = await fakeTriton({
    models: {
      echo: {
        inputs: { numbers: ['INT32', -1, 2] },
        outputs: { numbers: ['INT32', -1, 2] },
        run: ({ numbers }) => ({ numbers: numbers! }),
      },
    },
  }).start()
  vllm = fakeVllm()
  await vllm.start()
  collector = await new FakeServer(() => answerWith(200, {})).start()
  collector.key = 'key-of-collector'
})
after(() => Promise.all([triton.stop(), vllm.stop(), collector.stop()]))

test('the editor’s trace goes through the gateway to the engine, with a parent at each step', async () => {
  const gateway = await start()
  const init = jsonMessage(QUESTION)
  const traceparent = `00-${TRACE}-${EDITOR}-01`
  await gateway.fetch('/v2/models/echo/infer', {
    ...init,
    headers: { ...init.headers, traceparent, tracestate: 'editor=1' },
  })
  const { headers } = triton.questions.at(-1)!
  await gateway.stop()
  const spans = received()
  const server = spans.find(it => it.name === 'POST /v2/models/:model/infer')!
  const client = spans.find(it => it.name === 'infer')!
  assert.deepEqual([server.traceId, server.parentSpanId, server.kind], [TRACE, EDITOR, 2])
  assert.deepEqual([client.traceId, client.parentSpanId, client.kind], [TRACE, server.spanId, 3])
  assert.equal(headers.traceparent, `00-${TRACE}-${client.spanId}-01`)
  assert.equal(headers.tracestate, 'editor=1')
  const transaction = spans.find(it => it.name === 'transaction')!
  assert.deepEqual([transaction.traceId, transaction.parentSpanId], [TRACE, server.spanId])
  for (const it of spans) {
    assert.match(it.spanId, /^[0-9a-f]{16}$/)
    assert.ok(BigInt(it.endTimeUnixNano) >= BigInt(it.startTimeUnixNano))
  }
  assert.ok(BigInt(client.startTimeUnixNano) >= BigInt(server.startTimeUnixNano))
  assert.ok(gateway.log().includes(`"trace":"${TRACE}"`))
})

test('a trace begins here where nobody began one, and one that its beginner does not keep is not kept', async () => {
  const gateway = await start()
  await gateway.fetch('/v2/models/echo/infer', jsonMessage(QUESTION))
  const [, trace, , flags] = String(triton.questions.at(-1)!.headers.traceparent).split('-')
  assert.equal(flags, '01')
  await gateway.fetch('/v2', { headers: { traceparent: `00-${'9'.repeat(32)}-${EDITOR}-00` } })
  await gateway.stop()
  const spans = received()
  const server = spans.find(it => it.traceId === trace && it.kind === 2)!
  assert.equal(server.parentSpanId, undefined)
  assert.ok(!spans.some(it => it.traceId === '9'.repeat(32)))
})

test('of traces that begin elsewhere, no more are kept than the operator wants, wherever they come by', () => {
  const tracer = new Tracer({ percent: 25, export: () => {} })
  const joined = (traceId: string, isSampled = true) =>
    tracer.joined({ traceId, spanId: EDITOR, isSampled }).isSampled
  const traces = Array.from({ length: 1000 }, () => newTraceId())
  const kept = traces.filter(it => joined(it))
  assert.ok(kept.length > 150 && kept.length < 350, `${kept.length} of 1000`)
  assert.deepEqual(
    traces.filter(it => joined(it)),
    kept,
  )
  assert.ok(!joined(kept[0]!, false))
})

test('nothing that was asked is in a trace', async () => {
  const gateway = await start()
  vllm.says = [CANARY]
  const chat = { model: 'coder', max_tokens: 9, messages: [{ role: 'user', content: CANARY }] }
  assert.equal((await gateway.fetch('/v1/chat/completions', jsonMessage(chat))).status, 200)
  assert.match(String(vllm.questions.at(-1)!.headers.traceparent), /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  await gateway.fetch(`/v2/models/${CANARY}/infer?${CANARY}`, jsonMessage({ id: CANARY, ...QUESTION }))
  await gateway.fetch(`/${CANARY}`)
  await gateway.stop()
  const spans = received()
  assert.ok(spans.some(it => it.name === 'complete'))
  assert.ok(spans.some(it => it.name === 'infer' && it.status.code === 2))
  assert.ok(!JSON.stringify(collector.received.map(it => it.body.toString())).includes(CANARY))
  assert.ok(!gateway.log().includes(CANARY))
})

test('without a collector traces are handed on as they came', async () => {
  const gateway = await startGateway({ 'inference.url': triton.url })
  const traceparent = `00-${TRACE}-${EDITOR}-00`
  const init = jsonMessage(QUESTION)
  await gateway.fetch('/v2/models/echo/infer', { ...init, headers: { ...init.headers, traceparent } })
  assert.equal(triton.questions.at(-1)!.headers.traceparent, traceparent)
  await gateway.fetch('/v2/models/echo/infer', { ...init, headers: { ...init.headers, traceparent: CANARY } })
  assert.equal(triton.questions.at(-1)!.headers.traceparent, undefined)
  await gateway.stop()
})

test('a collector that is gone costs its spans, and nothing else', async () => {
  const gateway = await startGateway({
    'inference.url': triton.url,
    'tracing.url': 'http://127.0.0.1:9',
  })
  assert.equal((await gateway.fetch('/v2/models/echo/infer', jsonMessage(QUESTION))).status, 200)
  assert.equal(await gateway.stop(), true)
  const { spans } = gateway.parts.metrics
  assert.ok(spans.value({ outcome: 'dropped' }) >= 2)
  assert.equal(spans.value({ outcome: 'exported' }), 0)
})

test('a gateway says more when it is told to, and never less than its operator wants', async () => {
  const gateway = await startGateway({ 'inference.url': triton.url, 'log.level': 'warn' })
  const level = (init?: RequestInit) => gateway.fetch('/api/v1/log-level', init)
  const set = (it: string) => level({ ...jsonMessage({ level: it }), method: 'PUT' })
  assert.deepEqual(await json(await level()), { level: 'warn' })
  assert.equal((await set('loud')).status, 400)
  assert.equal((await set('silent')).status, 422)
  assert.equal(gateway.log(), '')
  assert.equal((await set('info')).status, 200)
  await gateway.fetch('/v2')
  const said = gateway.log()
  assert.ok(said.includes('"route":"/v2"'))
  await set('warn')
  const before = gateway.log()
  await gateway.fetch('/v2')
  assert.equal(gateway.log(), before)
  await gateway.stop()
})

test('what is no trace of W3C’s is none', () => {
  const ok = `00-${TRACE}-${EDITOR}-01`
  assert.equal(readTraceContext(ok, undefined)?.spanId, EDITOR)
  for (const it of [
    undefined,
    '',
    ok.toUpperCase(),
    `ff-${TRACE}-${EDITOR}-01`,
    `00-${'0'.repeat(32)}-${EDITOR}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${EDITOR}`,
    [ok, ok],
  ])
    assert.equal(readTraceContext(it, undefined), undefined, String(it))
})

async function start(): Promise<TestGateway> {
  collector.received.length = 0
  return startGateway({
    'inference.url': triton.url,
    'chat.url': `${vllm.url}/v1`,
    'tracing.url': collector.url,
    'tracing.key': 'key-of-collector',
  })
}

/** All that came so far: a gateway that stopped has sent all. */
function received(): readonly ReceivedSpan[] {
  return collector.received.flatMap(({ method, path, headers, body }) => {
    assert.deepEqual([method, path, headers['content-type']], ['POST', '/v1/traces', 'application/json'])
    const { resourceSpans } = JSON.parse(body.toString()) as Export
    assert.ok(JSON.stringify(resourceSpans[0].resource).includes('codeant-gateway'))
    return resourceSpans[0].scopeSpans[0].spans
  })
}

// Engines behind the gateway on their worst days: what callers are told, and that others are not made to wait for it.

import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { type FakeVllm, fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { jsonMessage } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

/** How long an open circuit rests here. */
const REST_MS = 300
const QUESTION = { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data: [3, 4] }] }
const CHAT = { model: 'coder', max_tokens: 50, messages: [{ role: 'user', content: 'canary of code' }] }

let triton: FakeServer
let vllm: FakeVllm
let gateway: TestGateway

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
  gateway = await startGateway({
    'inference.url': triton.url,
    'inference.key': 'key-of-triton',
    'inference.timeoutSeconds': '1',
    'chat.url': `${vllm.url}/v1`,
    'chat.key': 'key-of-vllm',
    'chat.timeoutSeconds': '1',
    'breaker.failures': '3',
    'breaker.retryMs': String(REST_MS),
  })
  triton.key = 'key-of-triton'
  vllm.key = 'key-of-vllm'
})
afterEach(async () => {
  triton.fault = undefined
  vllm.fault = undefined
  vllm.stops = undefined
  await new Promise(resolve => setTimeout(resolve, REST_MS))
  assert.equal((await infer()).status, 200)
  assert.equal((await chat()).status, 200)
})
after(async () => {
  await gateway.stop()
  await Promise.all([triton.stop(), vllm.stop()])
})

test('the engine has its own key, and never sees that of the caller', async () => {
  await infer()
  const { headers } = triton.received.at(-1)!
  assert.equal(headers.authorization, 'Bearer key-of-triton')
  assert.equal(headers['x-api-key'], undefined)
  assert.match(String(headers['x-request-id']), /^[\w-]{8,}$/)
})

test('what an engine says of the request is told; what broke inside of it is not', async () => {
  for (const [status, told, body] of [
    [400, 400, 'on purpose'],
    [404, 404, 'on purpose'],
    [500, 502, 'The engine gave an answer that cannot be used.'],
    [401, 502, 'The engine gave an answer that cannot be used.'],
  ] as const) {
    triton.fault = once({ kind: 'status', status })
    const answer = await infer()
    assert.deepEqual([answer.status, await json(answer)], [told, { error: body }])
  }
})

test('an engine with too much to do says when to come back', async () => {
  triton.fault = once({ kind: 'status', status: 503, headers: { 'retry-after': '7' } })
  const answer = await infer()
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '7'])
  vllm.fault = once({ kind: 'status', status: 429, headers: { 'retry-after': '9' } })
  const other = await chat()
  assert.deepEqual([other.status, other.headers.get('retry-after')], [503, '9'])
})

test('half an answer, and an engine that says nothing, are told apart', async () => {
  triton.fault = once({ kind: 'reset' })
  assert.equal((await infer()).status, 503)
  triton.fault = once({ kind: 'hang' })
  assert.equal((await infer()).status, 504)
})

test('a request sent elsewhere is not followed', async () => {
  triton.fault = once({
    kind: 'status',
    status: 307,
    headers: { location: `${vllm.url}/v2/models/echo/infer` },
  })
  const before = vllm.received.length
  assert.equal((await infer()).status, 503)
  assert.equal(vllm.received.length, before)
})

test('after three failures the engine is left alone, then tried with one request', async () => {
  triton.fault = () => ({ kind: 'status', status: 500 })
  for (let i = 0; i < 3; i++) assert.equal((await infer()).status, 502)
  const asked = triton.received.length
  const refused = await infer()
  assert.equal(refused.status, 503)
  assert.ok(Number(refused.headers.get('retry-after')) >= 1)
  assert.equal(triton.received.length, asked)
  // The other engine is another matter.
  assert.equal((await chat()).status, 200)
  await new Promise(resolve => setTimeout(resolve, REST_MS))
  const several = await Promise.all([infer(), infer(), infer()])
  assert.deepEqual(several.map(it => it.status).sort(), [502, 503, 503])
  assert.equal(triton.received.length, asked + 1)
})

test('who hangs up says nothing of the engine: neither opens nor closes its circuit', async () => {
  triton.fault = () => ({ kind: 'status', status: 500 })
  for (let i = 0; i < 2; i++) assert.equal((await infer()).status, 502)
  triton.fault = () => ({ kind: 'hang' })
  const asked = triton.received.length
  const abort = new AbortController()
  const gone = gateway.fetch('/v2/models/echo/infer', { ...jsonMessage(QUESTION), signal: abort.signal })
  while (triton.received.length === asked) await new Promise(resolve => setTimeout(resolve, 5))
  abort.abort()
  await assert.rejects(gone)
  // That it was heard shows in the log.
  while (!/"status":499/.test(gateway.log())) await new Promise(resolve => setTimeout(resolve, 5))
  triton.fault = () => ({ kind: 'status', status: 500 })
  // The third failure in a row opens it.
  assert.equal((await infer()).status, 502)
  assert.equal((await infer()).status, 503)
})

test('an engine that is killed and comes back answers again', async () => {
  await triton.stop()
  assert.equal((await infer()).status, 503)
  assert.equal((await gateway.fetch('/v2/health/ready')).status, 503)
  await triton.start()
  assert.equal((await gateway.fetch('/v2/health/ready')).status, 200)
})

test('shared memory of the engine is nobody’s', async () => {
  const asked = triton.received.length
  const parameters = { shared_memory_region: 'other', shared_memory_byte_size: 64 }
  for (const body of [
    { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], parameters }] },
    { ...QUESTION, outputs: [{ name: 'numbers', parameters }] },
  ])
    assert.equal((await gateway.fetch('/v2/models/echo/infer', jsonMessage(body))).status, 400)
  assert.equal(triton.received.length, asked)
})

test('only what the protocol needs of an engine can be reached', async () => {
  const asked = triton.received.length
  for (const path of [
    '/v2/repository/index',
    '/v2/models/echo/config',
    '/v2/systemsharedmemory/status',
    '/v2/logging',
    '/v2/models/..%2f..%2frepository/infer',
    '/v2/models/%2e%2e/infer',
    '/v2/models/echo%2fversions%2f1/infer',
  ])
    assert.ok([400, 404].includes((await gateway.fetch(path, jsonMessage(QUESTION))).status), path)
  assert.equal(triton.received.length, asked)
})

test('a chat answer passes through as it is, with the form that was asked for', async () => {
  vllm.says = ['{"name": 1}']
  const response_format = { type: 'json_schema', json_schema: { name: 'thing', schema: { type: 'object' } } }
  const answer = await json<{ choices: { message: { content: string } }[] }>(await chat({ response_format }))
  assert.equal(answer.choices[0]!.message.content, '{"name": 1}')
  assert.deepEqual(vllm.asked.at(-1)!.response_format, response_format)
})

test('a stream is passed on piece by piece', async () => {
  vllm.says = ['A sentence that is longer than a single piece of it.']
  const answer = await chat({ stream: true })
  assert.match(answer.headers.get('content-type')!, /^text\/event-stream/)
  const text = await answer.text()
  assert.ok(text.endsWith('data: [DONE]\n\n'))
  assert.equal(
    [...text.matchAll(/"content":"([^"]*)"/g)].map(it => it[1]).join(''),
    'A sentence that is longer than a single piece of it.',
  )
})

test('a stream that stalls ends as a broken one, which nobody takes for whole', async () => {
  vllm.says = ['A sentence that is longer than a single piece of it.']
  vllm.stops = { after: 2, isOpen: true }
  const answer = await chat({ stream: true })
  assert.equal(answer.status, 200)
  await assert.rejects(answer.text())
})

test('what the chat engine refuses is told in its protocol', async () => {
  const answer = await chat({ model: 'nobody' })
  const { error } = await json<{ error: { message: string; type: string } }>(answer)
  assert.deepEqual([answer.status, error.type], [404, 'invalid_request_error'])
  assert.match(error.message, /does not exist/)
  assert.equal((await chat({ messages: [] })).status, 400)
})

test('the chat models are listed', async () => {
  const { data } = await json<{ data: { id: string }[] }>(await gateway.fetch('/v1/models'))
  assert.deepEqual(
    data.map(it => it.id),
    ['coder'],
  )
})

test('where no engine writes text, that is said', async () => {
  const bare = await startGateway()
  try {
    assert.deepEqual(await json(await bare.fetch('/v1/models')), { object: 'list', data: [] })
    assert.equal((await bare.fetch('/v1/chat/completions', jsonMessage(CHAT))).status, 404)
  } finally {
    await bare.stop()
  }
})

test('nothing of what is asked is logged, nor any key', () => {
  const log = gateway.log()
  assert.ok(log.includes('/v1/chat/completions'))
  for (const it of ['canary', 'key-of-', gateway.key]) assert.ok(!log.includes(it), it)
})

function infer(): Promise<Response> {
  return gateway.fetch('/v2/models/echo/infer', jsonMessage(QUESTION))
}

function chat(more: object = {}): Promise<Response> {
  return gateway.fetch('/v1/chat/completions', jsonMessage({ ...CHAT, ...more }))
}

/** The next question is answered by this, and all after it as ever. */
function once(fault: NonNullable<ReturnType<NonNullable<FakeServer['fault']>>>): FakeServer['fault'] {
  let isLeft = true
  return () => {
    if (!isLeft) return undefined
    isLeft = false
    return fault
  }
}

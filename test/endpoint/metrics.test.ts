// What an operator and a tenant can see of the gateway's work: the figures, and that none of them says what was asked.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { TokenReader } from '../../deploy/gateway/src/upstreams/tokens.ts'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { type FakeVllm, fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { jsonMessage } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { readPrometheus, type Sample, sum } from './support/prometheus.ts'

const CANARY = 'canary-of-code-7c1f'

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
    'chat.url': `${vllm.url}/v1`,
    'breaker.failures': '2',
    'metrics.port': '0',
  })
})
after(async () => {
  await gateway.stop()
  await Promise.all([triton.stop(), vllm.stop()])
})

test('every request is counted under the template of its route, with how it ended', async () => {
  await gateway.fetch(`/v2/models/${CANARY}`)
  await gateway.fetch(`/${CANARY}?q=${CANARY}`)
  await infer(1)
  await infer(3)
  const samples = await scrape()
  const route = '/v2/models/:model/infer'
  assert.equal(sum(samples, 'codeant_http_requests_total', { route, method: 'POST', status: '200' }), 2)
  assert.equal(sum(samples, 'codeant_http_requests_total', { route: 'none', status: '404' }), 1)
  assert.equal(
    sum(samples, 'codeant_http_errors_total', { route: '/v2/models/:model', code: 'not-found' }),
    1,
  )
  assert.equal(sum(samples, 'codeant_http_request_duration_seconds_count', { route }), 2)
  assert.equal(sum(samples, 'codeant_inference_requests_total', { model: 'echo', outcome: 'ok' }), 2)
  assert.equal(sum(samples, 'codeant_inference_batch_rows_sum', { model: 'echo' }), 4)
  assert.equal(sum(samples, 'codeant_inference_in_flight'), 0)
  assert.equal(sum(samples, 'codeant_active_callers'), 1)
  assert.equal(sum(samples, 'codeant_build_info', { version: '0.0.0-test' }), 1)
  assert.ok(sum(samples, 'codeant_database_transaction_duration_seconds_count', { engine: 'embedded' }) > 0)
  assert.ok(sum(samples, 'process_resident_memory_bytes') > 1e6)
})

test('a name of a model that nobody has is no label', async () => {
  await gateway.fetch(`/v2/models/${CANARY}/infer`, question(1))
  const samples = await scrape()
  assert.equal(sum(samples, 'codeant_inference_requests_total', { model: 'other', outcome: 'not-found' }), 1)
})

test('a circuit that opens and closes is seen', async () => {
  triton.fault = () => ({ kind: 'status', status: 500 })
  await infer(1)
  await infer(1)
  triton.fault = undefined
  const samples = await scrape()
  assert.equal(sum(samples, 'codeant_breaker_open', { engine: 'inference' }), 1)
  assert.equal(sum(samples, 'codeant_breaker_open', { engine: 'chat' }), 0)
  assert.equal(sum(samples, 'codeant_breaker_changes_total', { engine: 'inference', state: 'open' }), 1)
  assert.equal(sum(samples, 'codeant_inference_requests_total', { outcome: 'bad-upstream' }), 2)
})

test('tokens are those that the engine tells of, and a tenant sees its own only', async () => {
  vllm.says = [`{"prompt_tokens": 999, "said": "${CANARY}"}`]
  const answer = await gateway.fetch(
    '/v1/chat/completions',
    jsonMessage({ model: 'coder', max_tokens: 9, messages: [{ role: 'user', content: CANARY }] }),
  )
  assert.ok((await answer.text()).includes(CANARY))
  assert.equal(sum(await scrape(), 'codeant_tokens_total', { kind: 'prompt' }), 10)
  const mine = await summary(gateway.key)
  assert.deepEqual(mine.tokens, { prompt: 10, completion: 10 })
  assert.equal(mine.inference.models.find(it => it.model === 'echo')!.requests, 4)
  assert.ok(mine.routes.some(it => it.route === '/v2/models/:model/infer' && it.failures > 0))
  const theirs = await summary(await keyOfAnotherTenant())
  assert.deepEqual(
    [theirs.tokens, theirs.inference.models, theirs.routes],
    [{ prompt: 0, completion: 0 }, [], []],
  )
})

test('analyses are counted by who waits for them, and told to who pays under the id of the team', async () => {
  const files = [{ path: 'a.py', content: 'def f(items=[]):\n    items.append(1)\n    return items\n' }]
  const answer = await gateway.fetch('/api/v1/analyze', jsonMessage({ files }))
  const findings = Number(answer.headers.get('x-codeant-findings'))
  assert.ok(findings > 0)
  const samples = await scrape()
  const kind = 'request'
  assert.equal(sum(samples, 'codeant_analyses_total', { kind, outcome: 'ok' }), 1)
  assert.equal(sum(samples, 'codeant_analysed_files_total', { kind }), 1)
  assert.equal(sum(samples, 'codeant_findings_total', { kind }), findings)
  assert.equal(sum(samples, 'codeant_analyses_in_progress', { kind }), 0)
  assert.equal(sum(samples, 'codeant_analysis_threads', { kind }), 1)
  const [team, ...others] = samples.filter(it => it.name === 'codeant_tenant_findings_total' && it.value > 0)
  assert.deepEqual([others, team!.value, Object.keys(team!.labels)], [[], findings, ['tenant']])
  assert.match(team!.labels.tenant!, /^[0-9a-f-]{36}$/)
  assert.ok(sum(samples, 'codeant_active_tenants') > 0)
  assert.ok(sum(samples, 'codeant_event_loop_busy_seconds_total') > 0)
})

test('a stream tells its tokens across the borders of its pieces', () => {
  const text =
    'data: {"choices":[],"usage":{"prompt_tokens":31,"completion_tokens":12,"total_tokens":43}}\n\n'
  for (let at = 0; at < text.length; at++) {
    const reader = new TokenReader()
    for (const it of [text.slice(0, at), text.slice(at)]) reader.read(Buffer.from(it))
    assert.deepEqual(reader.tokens, { prompt: 31, completion: 12 }, `cut at ${at}`)
  }
})

test('the port of the metrics has nothing else, and the port of the callers has no metrics', async () => {
  const { origin } = new URL(gateway.metricsUrl!)
  assert.equal((await fetch(`${origin}/v2`)).status, 404)
  assert.equal((await fetch(`${origin}/metrics`, { method: 'POST' })).status, 405)
  assert.equal((await gateway.fetch('/metrics')).status, 404)
})

test('nothing that was asked is in the metrics or in the log', async () => {
  const text = await (await fetch(gateway.metricsUrl!)).text()
  assert.ok(!text.includes(CANARY))
  assert.ok(!gateway.log().includes(CANARY))
})

interface Times {
  readonly requests: number
  readonly failures: number
}
interface Summary {
  readonly tokens: { readonly prompt: number; readonly completion: number }
  readonly routes: readonly (Times & { readonly route: string })[]
  readonly inference: { readonly models: readonly (Times & { readonly model: string })[] }
}

async function summary(key: string): Promise<Summary> {
  return json(await gateway.fetch('/api/v1/metrics', { headers: { 'x-api-key': key } }))
}

async function scrape(): Promise<readonly Sample[]> {
  const answer = await fetch(gateway.metricsUrl!)
  assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  return readPrometheus(await answer.text())
}

function question(rows: number): RequestInit {
  const data = Array.from({ length: rows * 2 }, (_, i) => i)
  return jsonMessage({ inputs: [{ name: 'numbers', datatype: 'INT32', shape: [rows, 2], data }] })
}

function infer(rows: number): Promise<Response> {
  return gateway.fetch('/v2/models/echo/infer', question(rows))
}

async function keyOfAnotherTenant(): Promise<string> {
  const { database } = gateway.parts
  const key = newKey()
  await database.asSystem(async session => {
    const { id } = await createTenant(session, 'other')
    await addKey(session, id, key, { name: 'theirs', scopes: ['admin'] })
  })
  return key.text
}

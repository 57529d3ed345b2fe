// The models of this installation behind the protocol: they say there what they say here, and no more waits than was agreed.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { embeddedUpstream } from '../../deploy/gateway/src/upstreams/embedded.ts'
import type { EmbeddedModels } from '../../server/src/api/models.ts'
import { isSecret, type SecretAnswer, type SecretInput } from '../../server/src/inference/tasks/is-secret.ts'
import { binaryMessage, floats, jsonMessage, readBinary } from './support/binary-message.ts'
import { startGateway, type TestGateway } from './support/gateway.ts'

interface Golden {
  readonly input: SecretInput
  readonly output: SecretAnswer
}

const QUEUE = 40
const golden = readFileSync(new URL('../../models/secrets/golden.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(it => JSON.parse(it) as Golden)
  .slice(0, QUEUE)

let gateway: TestGateway

before(async () => {
  gateway = await startGateway({ 'inference.queue': String(QUEUE) })
})
after(() => gateway.stop())

test('the answers are those that the model was shipped with, many in one request', async () => {
  const { json, tensors } = await readBinary(await infer(question(golden.map(it => it.input))))
  assert.deepEqual(json.outputs[0]!.shape, [golden.length, 1])
  const probabilities = floats(tensors.get('logit')!).map(it => 1 / (1 + Math.exp(-it)))
  for (const [i, { output }] of golden.entries())
    assert.ok(Math.abs(probabilities[i]! - output.probability) < 1e-4, `golden answer ${i + 1}`)
})

test('more than may wait is refused at once, with when to come back, and what waits is answered', async () => {
  let release = () => {}
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  const upstream = embeddedUpstream({ models: held(released), version: '0', queue: 3 })
  const ask = (rows: number) => {
    const inputs = [{ name: 'x', datatype: 'INT32', shape: [rows, 1], data: Array(rows).fill(7) }]
    const body = Buffer.from(JSON.stringify({ inputs }))
    const call = { tenant: 'one', model: 'held', body, contentType: 'application/json', headers: {} }
    return upstream.infer(call, NEVER)
  }
  const waiting = ask(2)
  await new Promise(resolve => setImmediate(resolve))
  await assert.rejects(ask(2), { name: 'Refusal', code: 'overloaded', retryAfter: 1 })
  const last = ask(1)
  release()
  assert.deepEqual([(await waiting).status, (await last).status], [200, 200])
  assert.equal((await ask(3)).status, 200)
})

test('an answer that takes too long is told of as such', async () => {
  const models = held(new Promise(() => {}))
  const slow = await startGateway({ 'inference.timeoutSeconds': '1' }, parts => ({
    ...parts,
    encoders: embeddedUpstream({ models: { ...models, run: untilAborted }, version: '0', queue: 3 }),
  }))
  try {
    const inputs = [{ name: 'x', datatype: 'INT32', shape: [1, 1], data: [7] }]
    assert.equal((await slow.fetch('/v2/models/held/infer', jsonMessage({ inputs }))).status, 504)
  } finally {
    await slow.stop()
  }
})

test('who hangs up leaves no place taken', async () => {
  const init = question(golden.map(it => it.input))
  for (let i = 0; i < 5; i++)
    await new Promise<void>(resolve => {
      const headers = { ...(init.headers as Record<string, string>), 'x-api-key': gateway.key }
      const gone = request(`${gateway.url}/v2/models/secrets/infer`, { method: 'POST', headers })
      gone.on('error', () => resolve())
      gone.end(init.body as Buffer, () => setTimeout(() => gone.destroy(new Error('gone')), 5))
      gone.on('response', () => resolve())
    })
  // All places are needed for this one.
  let status = 503
  while (status === 503) status = (await infer(init)).status
  assert.equal(status, 200)
})

test('a list of zeros as a shape, or a million of rows, costs nothing', async () => {
  const input = (shape: number[]) => ({ name: 'characters', datatype: 'INT32', shape, data: [] })
  for (const shape of [[0, 152], [2 ** 40, 152], [-1, 152], [1.5, 152], [152], []])
    assert.equal((await infer(jsonMessage({ inputs: [input(shape)] }))).status, 400, String(shape))
})

const NEVER = new AbortController().signal

/** A model that gives back what it was given, but not before. */
function held(released: Promise<void>): EmbeddedModels {
  const dims = ['rows', 1]
  const signature = [{ name: 'x', type: 'int32' as const, dims }]
  return {
    names: ['held'],
    signature: async () => ({ sha256: '', inputs: signature, outputs: signature }),
    async run(_, row) {
      await released
      return row
    },
    weights: () => undefined,
    report: () => assert.fail(),
    close: async () => {},
  }
}

/** As the pool does with what nobody wants any more. */
const untilAborted: EmbeddedModels['run'] = (_model, _row, _urgency, signal) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })

function infer(init: RequestInit): Promise<Response> {
  return gateway.fetch('/v2/models/secrets/infer', init)
}

/** As bytes there and back. */
function question(inputs: readonly SecretInput[]): RequestInit {
  const tensors = Object.entries(isSecret.encode(inputs))
  const bytes = tensors.map(([, { data }]) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))
  return binaryMessage(
    {
      inputs: tensors.map(([name, { dims }], i) => ({
        name,
        datatype: 'INT32',
        shape: dims,
        parameters: { binary_data_size: bytes[i]!.length },
      })),
      parameters: { binary_data_output: true },
    },
    ...bytes,
  )
}

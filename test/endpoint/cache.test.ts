// Answers that are kept: given again to the same tenant for the same question only, under the id of whoever asks now.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { type KeptAnswer, memoryStore } from '../../deploy/gateway/src/cache/answer-store.ts'
import { findId, withId, withoutId } from '../../deploy/gateway/src/cache/message-id.ts'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { binaryMessage, int32, jsonMessage, readBinary } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { readPrometheus, sum } from './support/prometheus.ts'

const PAIRS = { inputs: { numbers: ['INT32', -1, 2] }, outputs: { numbers: ['INT32', -1, 2] } } as const

let triton: FakeServer
let gateway: TestGateway

before(async () => {
  triton = await fakeTriton({
    models: {
      known: { ...PAIRS, sha256: 'ab'.repeat(32), run: ({ numbers }) => ({ numbers: numbers! }) },
      unknown: { ...PAIRS, run: ({ numbers }) => ({ numbers: numbers! }) },
    },
  }).start()
  gateway = await startGateway({ 'inference.url': triton.url, 'metrics.port': '0' })
})
after(async () => {
  await gateway.stop()
  await triton.stop()
})

test('the same question is answered without the engine, under its own id', async () => {
  const ask = (id: string | undefined) => infer('known', jsonMessage({ ...(id && { id }), ...numbers(1) }))
  const first = await ask('first')
  assert.equal(first.headers.get('x-codeant-cache'), 'miss')
  const asked = engineAnswered()
  const answers = [await json<object>(first)]
  for (const id of ['second', 'a "quoted" one \u2713']) {
    const answer = await ask(id)
    assert.equal(answer.headers.get('x-codeant-cache'), 'hit')
    answers.push(await json<object>(answer))
    assert.deepEqual(answers.at(-1), { ...answers[0], id })
  }
  assert.equal(engineAnswered(), asked)
})

test('of many who ask in the same moment each gets its own answer, whoever of them hangs up', async () => {
  await infer('known', jsonMessage({ id: 'first', ...numbers(6) }))
  const asked = engineAnswered()
  const host = new URL(gateway.url)
  const request = (id: string) => {
    const body = JSON.stringify({ id, ...numbers(6) })
    const head = [
      'POST /v2/models/known/infer HTTP/1.1',
      `host: ${host.host}`,
      `x-api-key: ${gateway.key}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
    ]
    return `${head.join('\r\n')}\r\n\r\n${body}`
  }
  const idsIn = (text: string) => [...text.matchAll(/^\{"id":"([^"]+)"/gm)].map(([, id]) => id)
  const open = async () => {
    const socket = connect({ port: Number(host.port), host: host.hostname, noDelay: true })
    await once(socket, 'connect')
    return socket
  }
  const sockets = await Promise.all(Array.from({ length: 40 }, open))
  const answers = sockets.map(async (socket, i) => {
    let text = ''
    socket.setEncoding('utf8').on('data', piece => {
      text += piece
    })
    socket.on('error', () => {})
    // Every other asks for two things in one piece, and every fifth does not wait for what it asked.
    const wanted = i % 2 === 0 ? [`${i}`] : [`${i}`, `${i}-again`]
    socket.write(wanted.map(request).join(''))
    if (i % 5 === 0) {
      socket.destroy()
      return
    }
    while (idsIn(text).length < wanted.length) await once(socket, 'data')
    assert.deepEqual(idsIn(text), wanted)
    assert.equal(text.match(/^x-codeant-cache: hit\r$/gm)?.length, wanted.length)
    socket.destroy()
  })
  await Promise.all(answers)
  assert.equal(engineAnswered(), asked)
  assert.equal(
    (await infer('known', jsonMessage({ id: 'last', ...numbers(6) }))).headers.get('x-codeant-cache'),
    'hit',
  )
  assert.ok(!gateway.log().includes('could not be sent'))
})

test('tensors as bytes are kept as bytes, and their lengths still add up', async () => {
  const ask = (id: string) => {
    const input = { name: 'numbers', datatype: 'INT32', shape: [1, 2], parameters: { binary_data_size: 8 } }
    const message = { inputs: [input], id, parameters: { binary_data_output: true } }
    return infer('known', binaryMessage(message, int32(8, 9)))
  }
  const first = await readBinary(await ask('1'))
  const again = await ask('a-longer-id')
  assert.equal(again.headers.get('x-codeant-cache'), 'hit')
  const second = await readBinary(again)
  assert.equal(second.json.id, 'a-longer-id')
  assert.deepEqual(second.tensors, first.tensors)
  assert.deepEqual(second.tensors.get('numbers'), int32(8, 9))
})

test('another input, another tenant, or a wish for a fresh answer asks the engine', async () => {
  await infer('known', jsonMessage(numbers(2)))
  const of = async (init: RequestInit) => (await infer('known', init)).headers.get('x-codeant-cache')
  const { headers, ...same } = jsonMessage(numbers(2))
  assert.equal(await of({ ...same, headers }), 'hit')
  assert.equal(await of(jsonMessage(numbers(3))), 'miss')
  const asked = engineAnswered()
  assert.equal(await of({ ...same, headers: { ...headers, 'x-api-key': await otherTenant() } }), 'miss')
  assert.equal(await of({ ...same, headers: { ...headers, 'cache-control': 'no-cache' } }), 'miss')
  assert.equal(engineAnswered(), asked + 2)
})

test('nothing is kept of an engine that does not tell its weights, of a sequence, or of a failure', async () => {
  for (let i = 0; i < 2; i++)
    assert.equal((await infer('unknown', jsonMessage(numbers(1)))).headers.get('x-codeant-cache'), 'bypass')
  const sequence = jsonMessage({ parameters: { sequence_id: 7 }, ...numbers(1) })
  for (let i = 0; i < 2; i++)
    assert.notEqual((await infer('known', sequence)).headers.get('x-codeant-cache'), 'hit')
  triton.fault = () => ({ kind: 'status', status: 400 })
  const failed = await infer('known', jsonMessage(numbers(40)))
  assert.equal(failed.status, 400)
  triton.fault = undefined
  assert.equal((await infer('known', jsonMessage(numbers(40)))).headers.get('x-codeant-cache'), 'miss')
})

test('an administrator empties the cache of its own tenant, and hits are counted', async () => {
  const theirs = { 'x-api-key': await otherTenant(), 'content-type': 'application/json' }
  const ask = (headers?: Record<string, string>) =>
    infer('known', { ...jsonMessage(numbers(5)), ...(headers && { headers }) })
  await ask()
  await ask(theirs)
  const { cleared } = await json<{ cleared: number }>(
    await gateway.fetch('/api/v1/cache', { method: 'DELETE' }),
  )
  assert.ok(cleared > 0)
  assert.equal((await ask(theirs)).headers.get('x-codeant-cache'), 'hit')
  assert.equal((await ask()).headers.get('x-codeant-cache'), 'miss')
  const samples = readPrometheus(await (await fetch(gateway.metricsUrl!)).text())
  const hits = sum(samples, 'codeant_cache_lookups_total', { result: 'hit' })
  const misses = sum(samples, 'codeant_cache_lookups_total', { result: 'miss' })
  assert.equal(sum(samples, 'codeant_cache_hit_ratio'), hits / (hits + misses))
  const { cache } = await json<{ cache: { hits: number; misses: number } }>(
    await gateway.fetch('/api/v1/metrics'),
  )
  assert.ok(cache.hits > 0 && cache.hits < hits, 'its own hits, without those of the other')
})

test('memory is bounded, time is, and what is asked for stays', async () => {
  let time = 0
  const store = memoryStore({ bytes: 20_000, ttlMs: 1000, now: () => time })
  const key = (digest: string) => ({ tenant: 'one', digest })
  const answer = (size: number): KeptAnswer => ({ json: ' '.repeat(size), contentType: '', seconds: 0 })
  await store.put(key('loved'), answer(600))
  for (let i = 0; i < 100; i++) {
    await store.put(key(String(i)), answer(600))
    assert.ok(await store.get(key('loved')), `after ${i}`)
    assert.ok(store.report.bytes <= 20_000)
  }
  assert.equal(store.report.entries + store.report.evicted, 101)
  await store.put(key('huge'), answer(19_000))
  assert.equal(await store.get(key('huge')), undefined)
  time = 1000
  assert.equal(await store.get(key('loved')), undefined)
  assert.equal(await store.clear('another'), 0)
  await store.clear('one')
  assert.deepEqual([store.report.entries, store.report.bytes], [0, 0])
})

test('an id is found in bytes where a reader of JSON finds it, and nowhere else', () => {
  const inner = { id: 'inner', text: '"id":"no"', list: [{ id: 1 }, '\\"id\\"'], ïd: '{[' }
  for (const id of ['x', '', 'with "quotes" and \\', 'ünï\u2028', undefined])
    for (const place of [0, 1, 2, 3])
      for (const space of [undefined, 2, '\t']) {
        const entries = Object.entries({ first: inner, second: [inner, 1.5e300], third: 'id' })
        if (id !== undefined) entries.splice(place, 0, ['id', id as never])
        const text = JSON.stringify(Object.fromEntries(entries), undefined, space)
        const found = findId(Buffer.from(text))
        assert.equal(found?.id, id, text)
        if (!found) continue
        const { id: _, ...rest } = JSON.parse(text) as Record<string, unknown>
        const without = withoutId(Buffer.from(text), found)
        assert.deepEqual(JSON.parse(without.toString()), rest)
        assert.deepEqual(JSON.parse(withId(without.toString(), 'new"one')), { id: 'new"one', ...rest })
      }
  for (const text of ['{"id":5}', '{"id":"a', '{"id"', '{"id":"\\u00zz"}'])
    assert.equal(findId(Buffer.from(text)), null, text)
})

function numbers(first: number): object {
  return { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data: [first, 4] }] }
}

function infer(model: string, init: RequestInit): Promise<Response> {
  return gateway.fetch(`/v2/models/${model}/infer`, init)
}

function engineAnswered(): number {
  return triton.questions.length
}

let other: Promise<string> | undefined

function otherTenant(): Promise<string> {
  other ??= (async () => {
    const key = newKey()
    await gateway.parts.database.asSystem(async session => {
      const { id } = await createTenant(session, 'other')
      await addKey(session, id, key, { name: 'theirs', scopes: ['admin'] })
    })
    return key.text
  })()
  return other
}

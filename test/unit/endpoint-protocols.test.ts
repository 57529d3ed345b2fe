// The client's side of both protocols, against strict fakes: what is sent is right to the letter, what comes back is held to
// what was promised, and time and chance are the test's own.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Trouble } from '@codeant/shared/endpoint.ts'
import { DEFAULT_REMOTE_SETTINGS, withRemoteSettings } from '@codeant/shared/endpoint.ts'
import { readSettings } from '@codeant/shared/settings.ts'
import { redact, redactPlain, restored } from '../../server/src/features/endpoint/redaction.ts'
import { endpointAddress } from '../../server/src/host/node/endpoint-address.ts'
import { Breaker } from '../../server/src/inference/remote/breaker.ts'
import { Chat } from '../../server/src/inference/remote/chat.ts'
import { type Clock, Connection } from '../../server/src/inference/remote/connection.ts'
import { type Letter, openEgress } from '../../server/src/inference/remote/egress.ts'
import { wrongShape } from '../../server/src/inference/remote/faces.ts'
import { EndpointError } from '../../server/src/inference/remote/failure.ts'
import { hedged, Latencies } from '../../server/src/inference/remote/hedge.ts'
import { type JsonSchema, jsonIn, violation } from '../../server/src/inference/remote/json-schema.ts'
import { OpenInference } from '../../server/src/inference/remote/open-inference.ts'
import { events } from '../../server/src/inference/remote/sse.ts'
import type { Tensors } from '../../server/src/inference/task.ts'
import { plainMarkdown } from '../../server/src/inference/tasks/explain-longer.ts'
import type { FakeServer, Fault } from '../support/endpoint/fake-server.ts'
import { type FakeModel, fakeTriton } from '../support/endpoint/fake-triton.ts'
import { fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { testParser } from '../support/engine.ts'

const { signal } = new AbortController()

/** Sleeps at once, and writes down for how long it was to sleep. */
function testClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = []
  return {
    slept,
    now: () => performance.now(),
    today: () => Date.parse('2026-11-22T12:00:00Z'),
    random: () => 0.5,
    sleep: async ms => void slept.push(ms),
  }
}

interface Connected {
  readonly connection: Connection
  readonly clock: ReturnType<typeof testClock>
  readonly told: (Trouble | undefined)[]
  readonly traces: readonly string[]
  readonly letters: Letter[]
  /** What answers cost, as their engine counted it. */
  readonly accounted: number[]
}

function connect(url: string, { key, restMs = 60_000 }: { key?: string; restMs?: number } = {}): Connected {
  const clock = testClock()
  const told: (Trouble | undefined)[] = []
  const letters: Letter[] = []
  const traces: string[] = []
  const accounted: number[] = []
  const send = openEgress({
    objection: () => undefined,
    redact: redactPlain,
    key: async () => key,
    journal: {
      begin(letter, _, trace) {
        letters.push(letter)
        traces.push(trace)
        return { end: ({ tokens }) => void (tokens !== undefined && accounted.push(tokens)) }
      },
    },
  })
  const connection = new Connection({
    base: new URL(url),
    send,
    clock,
    told: it => void told.push(it),
    restMs,
  })
  return { connection, clock, told, letters, traces, accounted }
}

/** Adds one to whole numbers and halves the others. */
const MODEL: FakeModel = {
  inputs: { whole: ['INT32', -1, -1], parts: ['FP32', -1, 2] },
  outputs: { more: ['INT32', -1, -1], less: ['FP32', -1, 2] },
  run: ({ whole, parts }) => ({
    more: { type: 'int32', dims: whole!.dims, data: Int32Array.from(whole!.data, it => it + 1) },
    less: { type: 'float32', dims: parts!.dims, data: Float32Array.from(parts!.data, it => it / 2) },
  }),
}
const INPUTS: Tensors = {
  whole: { type: 'int32', dims: [1, 3], data: Int32Array.of(1, -2, 2_000_000_000) },
  parts: { type: 'float32', dims: [1, 2], data: Float32Array.of(0.5, -1e30) },
}

async function withTriton(
  options: Parameters<typeof fakeTriton>[0],
  run: (server: FakeServer) => Promise<void>,
): Promise<void> {
  const server = await fakeTriton(options).start()
  try {
    await run(server)
  } finally {
    await server.stop()
  }
}

async function infer(connection: Connection, model = 'm', inputs = INPUTS) {
  const client = new OpenInference(connection, () => performance.now())
  const described = await client.describe(model, 2000, signal)
  const about = { purpose: 'second-opinion', workspace: '/w', tokens: 3, timeoutMs: 2000 } as const
  const options = { model: described, inputs, outputs: ['more', 'less'], wrong: () => undefined, ...about }
  return client.infer(options, signal)
}

for (const binary of [true, false])
  for (const wide of [true, false])
    test(`tensors go and come as ${binary ? 'bytes' : 'JSON'}, of ${wide ? 64 : 32} bits`, () => {
      const model = wide
        ? { ...MODEL, inputs: { ...MODEL.inputs, whole: ['INT64', -1, -1] as const } }
        : MODEL
      return withTriton({ models: { m: model }, binary }, async server => {
        const { outputs } = await infer(connect(server.url).connection)
        assert.deepEqual([...outputs.more!.data], [2, -1, 2_000_000_001])
        assert.deepEqual([...outputs.less!.data], [0.25, Math.fround(-5e29)])
        const [question] = server.questions
        const type = binary ? 'application/octet-stream' : 'application/json'
        assert.equal(question!.headers['content-type'], type)
        assert.equal(question!.headers['inference-header-content-length'] !== undefined, binary)
      })
    })

test('each request has a name of its own, under which both sides know it', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    const { connection, traces } = connect(server.url)
    await infer(connection)
    const seen = server.received.map(it => {
      const [version, id, span, flags] = String(it.headers.traceparent).split('-')
      assert.match(`${id} ${span}`, /^[0-9a-f]{32} [0-9a-f]{16}$/)
      assert.deepEqual([version, flags, it.headers['x-request-id']], ['00', '01', id])
      return id
    })
    assert.deepEqual(traces, seen)
    assert.equal(new Set(seen).size, seen.length)
  }))

test('health is told by the status alone, and a base address may have a path', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    const { connection } = connect(`${server.url}/`)
    const ask = (path: string) =>
      connection.exchange(
        {
          letter: { method: 'GET', path, purpose: 'check', tokens: 0 },
          read: async ({ status }) => status,
          timeoutMs: 2000,
          isCheap: true,
        },
        signal,
      )
    assert.deepEqual([await ask('/v2/health/live'), await ask('/v2/health/ready')], [200, 200])
    await assert.rejects(
      connect(`${server.url}/below`).connection.exchange(
        {
          letter: { method: 'GET', path: '/v2', purpose: 'check', tokens: 0 },
          read: async () => 0,
          timeoutMs: 2000,
          isCheap: true,
        },
        signal,
      ),
    )
    assert.equal(server.received.at(-1)!.path, '/below/v2')
  }))

test('a model that is not there, or takes something else, is not asked', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    const { connection, told } = connect(server.url)
    await assert.rejects(infer(connection, 'other'), { trouble: 'mismatch', failure: 'unavailable' })
    // It says nothing about the endpoint that it lacks a model.
    assert.deepEqual(told, [])
  }))

/** Faults of the answers, what they are called, and how often the question is sent. */
const ANSWERS: readonly (readonly [Fault, Trouble, number])[] = [
  [{ kind: 'status', status: 400 }, 'rejected', 1],
  [{ kind: 'status', status: 401 }, 'refused', 1],
  [{ kind: 'status', status: 403 }, 'refused', 1],
  [{ kind: 'status', status: 404 }, 'mismatch', 1],
  [{ kind: 'status', status: 413 }, 'rejected', 1],
  [{ kind: 'status', status: 429 }, 'busy', 3],
  [{ kind: 'status', status: 500 }, 'failing', 3],
  [{ kind: 'status', status: 503 }, 'busy', 3],
  [{ kind: 'status', status: 302, headers: { location: '/v2/elsewhere' } }, 'redirected', 1],
  [{ kind: 'reset' }, 'broken', 3],
  [{ kind: 'body', body: '{' }, 'garbled', 1],
  [{ kind: 'body', body: '[]' }, 'garbled', 1],
  [{ kind: 'body', body: '{"model_name":"n","outputs":[]}' }, 'garbled', 1],
  [
    {
      kind: 'body',
      body: '{"model_name":"m","outputs":[{"name":"more","datatype":"INT32","shape":[2],"data":[1]}]}',
    },
    'garbled',
    1,
  ],
  [
    {
      kind: 'body',
      body: '{"model_name":"m","outputs":[{"name":"more","datatype":"INT32","shape":[1],"data":["x"]}]}',
    },
    'garbled',
    1,
  ],
  [
    {
      kind: 'body',
      body: '{"model_name":"m","outputs":[{"name":"more","datatype":"BYTES","shape":[1],"data":[1]}]}',
    },
    'garbled',
    1,
  ],
]

test('each failure has its name, and only what may pass is tried again', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    for (const [fault, trouble, times] of ANSWERS) {
      const { connection, told } = connect(server.url)
      server.fault = ({ method }) => (method === 'POST' ? fault : undefined)
      const before = server.questions.length
      await assert.rejects(infer(connection), (it: EndpointError) => {
        assert.equal(it.trouble, trouble, JSON.stringify(fault))
        return true
      })
      assert.equal(server.questions.length - before, times, JSON.stringify(fault))
      const isToldOf = trouble !== 'rejected' && trouble !== 'mismatch'
      assert.deepEqual(told, isToldOf ? [trouble] : [], JSON.stringify(fault))
    }
  }))

test('the endpoint is taken at its word when it says how long to wait', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    const { connection, clock } = connect(server.url)
    let faults = 1
    server.fault = ({ method }) =>
      method === 'POST' && faults-- > 0
        ? { kind: 'status', status: 429, headers: { 'retry-after': '1' } }
        : undefined
    await infer(connection)
    assert.deepEqual(clock.slept, [1000])
    // Longer than anybody waits: it fails now, and is left alone until then.
    server.fault = ({ method }) =>
      method === 'POST'
        ? { kind: 'status', status: 503, headers: { 'retry-after': 'Sun, 22 Nov 2026 12:01:00 GMT' } }
        : undefined
    await assert.rejects(infer(connection), { trouble: 'busy' })
    assert.ok(connection.breaker.restsFor > 59_000 && connection.breaker.restsFor <= 75_000)
    const before = server.received.length
    await assert.rejects(infer(connection), { trouble: 'busy' })
    assert.equal(server.received.length, before)
  }))

test('the key goes with every request, and is in nothing that is written down', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    server.key = 'secret'
    const { connection, letters } = connect(server.url, { key: 'secret' })
    await infer(connection)
    assert.ok(letters.length > 0 && !JSON.stringify(letters).includes('"secret"'))
    await assert.rejects(infer(connect(server.url).connection), { trouble: 'refused' })
  }))

test('an abort is heard at once, and is no failure of the endpoint', () =>
  withTriton({ models: { m: MODEL } }, async server => {
    server.fault = ({ method }) => (method === 'POST' ? { kind: 'hang' } : undefined)
    const { connection, told } = connect(server.url)
    const abort = new AbortController()
    const client = new OpenInference(connection, () => performance.now())
    const model = await client.describe('m', 2000, signal)
    const about = { purpose: 'second-opinion', workspace: '/w', tokens: 3, timeoutMs: 60_000 } as const
    const asked = client.infer(
      { model, inputs: INPUTS, outputs: ['more'], wrong: () => undefined, ...about },
      abort.signal,
    )
    const reason = new Error('nobody wants it any more')
    setTimeout(() => abort.abort(reason), 20)
    await assert.rejects(asked, reason)
    assert.deepEqual([told, connection.breaker.state], [[], 'closed'])
  }))

test('a breaker opens after five failures, lets one request try, and rests longer each time', () => {
  let now = 0
  const rests: number[] = []
  const breaker = new Breaker({
    now: () => now,
    random: () => 0.5,
    opened: ms => void rests.push(ms),
    restMs: 100,
  })
  for (let i = 0; i < 4; i++) breaker.fail()
  assert.equal(breaker.state, 'closed')
  breaker.fail()
  assert.deepEqual([breaker.state, breaker.admit(), rests], ['open', false, [100]])
  now += 100
  assert.deepEqual([breaker.state, breaker.admit(), breaker.admit()], ['half-open', true, false])
  breaker.fail()
  assert.deepEqual(rests, [100, 200])
  now += 200
  assert.equal(breaker.admit(), true)
  breaker.release()
  assert.equal(breaker.admit(), true)
  breaker.succeed()
  assert.equal(breaker.state, 'closed')
  breaker.fail({ atOnce: true })
  assert.deepEqual(rests, [100, 200, 100])
  for (let i = 0; i < 20; i++) {
    now += 1e9
    breaker.admit()
    breaker.fail()
  }
  assert.equal(rests.at(-1), 300_000)
})

test('a late request has a twin, an early one has not, and both have one answer', async () => {
  const attempts: AbortSignal[] = []
  const never = (own: AbortSignal) =>
    new Promise<string>((_, reject) => own.addEventListener('abort', () => reject(own.reason)))
  let sent = 0
  const answer = await hedged(
    own => {
      attempts.push(own)
      return attempts.length === 1 ? never(own) : Promise.resolve('second')
    },
    5,
    () => sent++,
    signal,
  )
  assert.deepEqual([answer, sent, attempts.length, attempts[0]!.aborted], ['second', 1, 2, true])
  assert.equal(
    await hedged(
      async () => 'first',
      1000,
      () => assert.fail('it was not late'),
      signal,
    ),
    'first',
  )
  await assert.rejects(
    hedged(
      () => Promise.reject(new Error('at once')),
      1000,
      () => assert.fail('it was not late'),
      signal,
    ),
    /at once/,
  )
  const latencies = new Latencies()
  assert.equal(latencies.lateAfter, undefined)
  for (let i = 1; i <= 20; i++) {
    latencies.ask()
    latencies.add(i)
  }
  assert.equal(latencies.lateAfter, 20)
  latencies.hedge()
  latencies.hedge()
  assert.equal(latencies.lateAfter, undefined, 'at most one in ten')
})

test('events are read however they are cut', async () => {
  const stream = 'data: {"a":\ndata: 1}\n\n: a comment\nevent: x\ndata: ü\r\n\r\ndata:[DONE]\n\n'
  const bytes = new TextEncoder().encode(stream)
  for (let size = 1; size < bytes.length; size++) {
    const chunks = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const found: string[] = []
    for await (const it of events(chunks(), 1000)) found.push(it)
    assert.deepEqual(found, ['{"a":\n1}', 'ü', '[DONE]'], `in pieces of ${size}`)
  }
})

test('an answer is whole, or is none', async () => {
  const vllm = fakeVllm()
  await vllm.start()
  try {
    vllm.says = ['All is well, and more is said than fits into one piece.']
    const ask = async () => {
      const { connection, accounted } = connect(vllm.url)
      const chat = new Chat(connection, () => performance.now())
      const [model] = await chat.models(2000, signal)
      const answer = await chat.ask(
        {
          ...{ model: model!, mostTokens: 10, purpose: 'fix', workspace: '/w', tokens: 1, timeoutMs: 3000 },
          messages: [{ role: 'user', content: 'How is it?' }],
        },
        signal,
      )
      assert.deepEqual(accounted, answer.tokens === undefined ? [] : [answer.tokens])
      return answer
    }
    const text = vllm.says[0]
    assert.deepEqual(await ask(), { text, model: 'coder', tokens: undefined })
    vllm.streams = false
    assert.deepEqual(await ask(), { text, model: 'coder', tokens: 20 })
    vllm.streams = true
    for (const [change, trouble] of [
      [{ stops: { after: 2, isOpen: false } }, 'broken'],
      [{ stops: { after: 2, isOpen: true } }, 'slow'],
      [{ finish: 'length' }, 'rejected'],
      [{ finish: 'content_filter' }, 'rejected'],
    ] as const) {
      Object.assign(vllm, change)
      const before = vllm.questions.length
      await assert.rejects(ask(), { trouble }, JSON.stringify(change))
      assert.equal(vllm.questions.length - before, 1, 'text is never paid for twice')
      Object.assign(vllm, { stops: undefined, finish: 'stop' })
    }
  } finally {
    await vllm.stop()
  }
})

test('an answer is held to the form that was asked for', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: { ok: { type: 'boolean' }, kind: { type: 'string', enum: ['a', 'b'] } },
    required: ['ok', 'kind'],
    additionalProperties: false,
  }
  assert.equal(violation(schema, { ok: true, kind: 'a' }), undefined)
  for (const wrong of [
    null,
    [],
    'x',
    {},
    { ok: 1, kind: 'a' },
    { ok: true, kind: 'c' },
    { ok: true, kind: 'a', more: 1 },
    { ok: true, kind: 'a', constructor: 1 },
  ])
    assert.ok(violation(schema, wrong), JSON.stringify(wrong))
  for (const said of [
    '{"a":1}',
    ' {"a":1}\n',
    'Here:\n```json\n{"a":1}\n```',
    '<think>{"b":2}</think>{"a":1}',
    'Well, {"a":1} it is.',
  ])
    assert.deepEqual(jsonIn(said), { a: 1 }, said)
  assert.equal(jsonIn('nothing of the kind'), undefined)
})

test('what a model wrote loads nothing and leads nowhere', () => {
  assert.equal(
    plainMarkdown('![a](http://x/y.png) [b](http://x) [c][d] <b>e</b> `x < y` a < b\n[d]: http://x\n'),
    'a b c &lt;b>e&lt;/b> `x < y` a < b',
  )
})

test('the sizes of an answer are those that the model promises', () => {
  const faces = {
    inputs: { x: ['int32', 'batch', 'length'] as const },
    outputs: { y: ['float32', 'batch', 'length', 2] as const },
  }
  const x = { type: 'int32', dims: [1, 3], data: new Int32Array(3) } as const
  const y = (...dims: number[]) => ({ y: { type: 'float32' as const, dims, data: new Float32Array(6) } })
  assert.equal(wrongShape(faces, { x }, y(1, 3, 2)), undefined)
  assert.match(wrongShape(faces, { x }, y(1, 2, 3)) ?? '', /not float32 \[1,3,2\]/)
  assert.match(wrongShape(faces, { x }, {}) ?? '', /no output y/)
})

test('secrets are taken out, put back, and never invented', async () => {
  const parser = await testParser()
  const key = `AKIA${'Q3EGTSYNTHETIC27'}`
  const text = `password = "tr0ub4dor&3"\nclient = connect("${key}")\nagain = "${key}"\nPEM = """\n-----BEGIN PRIVATE KEY-----\nMIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX\n-----END PRIVATE KEY-----\n"""\n`
  const { text: clean, secrets } = redact(text, 'python', parser)
  assert.ok(!clean.includes('tr0ub4dor') && !clean.includes(key) && !clean.includes('MIIE'), clean)
  // The same secret has the same place, so that the code still says what belongs together.
  assert.equal(clean.match(/connect\("(\w+)"\)/)![1], clean.match(/again = "(\w+)"/)![1])
  assert.equal(restored(clean, secrets), text)
  assert.equal(restored('x = "REDACTED_SECRET_9"', secrets), undefined)
  assert.deepEqual(redactPlain(`{"content":"connect(\\"${key}\\")"}`), {
    text: '{"content":"connect(\\"REDACTED_SECRET_1\\")"}',
    count: 1,
  })
})

test('addresses that would give a key away are not used', () => {
  const used = (text: string, allowHttp = false) => {
    const it = endpointAddress(text, allowHttp)
    return it instanceof URL ? it.href : false
  }
  assert.equal(used('https://a.example.com'), 'https://a.example.com/')
  assert.equal(used('https://a.example.com/v1/'), 'https://a.example.com/')
  assert.equal(used('https://a.example.com/models/'), 'https://a.example.com/models')
  assert.equal(used('http://127.0.0.1:8000'), 'http://127.0.0.1:8000/')
  assert.equal(used('http://localhost.example.com'), false)
  assert.equal(used('http://a.example.com'), false)
  assert.equal(used('http://a.example.com', true), 'http://a.example.com/')
  assert.equal(used('https://me:key@a.example.com'), false)
  assert.equal(used('file:///etc/passwd'), false)
})

test('settings: a project can forbid and nothing else; what is of a wrong type does not count', () => {
  const read = (remote: unknown) => {
    const { settings, problems } = readSettings({ remote }, () => true)
    return [settings.remote?.forbid, problems.map(it => it.key)]
  }
  assert.deepEqual(read({ forbid: true }), [true, []])
  assert.deepEqual(read({ forbid: false }), [false, []])
  assert.deepEqual(read({ forbid: 'yes' }), [true, ['remote.forbid']])
  assert.deepEqual(read('no'), [true, ['remote']])
  assert.deepEqual(read({ enabled: true, endpoint: 'https://evil.example.com' }), [
    false,
    ['remote.enabled', 'remote.endpoint'],
  ])
  const given = {
    enabled: 'yes',
    timeout: '3',
    uses: ['fix', 'all', 7],
    endpoint: 'https://a.example.com',
    toString: 1,
  }
  assert.deepEqual(withRemoteSettings(DEFAULT_REMOTE_SETTINGS, given), {
    ...DEFAULT_REMOTE_SETTINGS,
    uses: ['fix'],
    endpoint: 'https://a.example.com',
  })
})

test('failures fall through to the next backend, but for what nobody could answer', () => {
  const failures = (
    [
      'unreachable',
      'slow',
      'refused',
      'busy',
      'failing',
      'broken',
      'garbled',
      'mismatch',
      'budget',
      'consent',
      'forbidden',
      'rejected',
    ] as const
  ).map(it => [it, new EndpointError(it, '').failure] as const)
  assert.deepEqual(
    failures.filter(([, failure]) => failure === 'rejected').map(([trouble]) => trouble),
    ['rejected'],
  )
})

test('no setting of a workspace can switch the endpoint on, or change it', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } }
    contributes: { configuration: { properties: Record<string, { scope: string; default: unknown }> } }
  }
  const { properties } = manifest.contributes.configuration
  const own = Object.keys(DEFAULT_REMOTE_SETTINGS).map(it => `codeant.remote.${it}`)
  assert.deepEqual(
    own.filter(it => properties[it]?.scope !== 'machine'),
    [],
  )
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, own)
  assert.equal(properties['codeant.remote.enabled']!.default, false)
})

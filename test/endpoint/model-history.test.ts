// How models did is written down by their weights: what became faster, slower or worse when those were exchanged can be seen.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ModelPeriod } from '@codeant/shared/endpoint-client.ts'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { Chronicle } from '../../deploy/gateway/src/models/chronicle.ts'
import { type Change, historyOf } from '../../deploy/gateway/src/models/history.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import type { Database } from '../../deploy/gateway/src/store/database.ts'
import { BOUNDS_MS, type ModelDay } from '../../deploy/gateway/src/store/model-days.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { fakeVllm } from '../support/endpoint/fake-vllm.ts'
import { codeant } from '../support/memory-terminal.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { jsonMessage } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

const WEIGHTS = 'ab'.repeat(32)
const PAIRS = { inputs: { numbers: ['INT32', -1, 2] }, outputs: { numbers: ['INT32', -1, 2] } } as const

interface History {
  readonly model: string
  readonly periods: readonly ModelPeriod[]
  readonly changes: readonly Change[]
}

let triton: FakeServer
let vllm: FakeServer
let gateway: TestGateway

before(async () => {
  triton = await fakeTriton({
    models: { known: { ...PAIRS, sha256: WEIGHTS, run: ({ numbers }) => ({ numbers: numbers! }) } },
  }).start()
  vllm = await fakeVllm().start()
  gateway = await startGateway({ 'inference.url': triton.url, 'chat.url': `${vllm.url}/v1` })
})
after(async () => {
  await gateway.stop()
  await triton.stop()
  await vllm.stop()
})

test('what engines answered, what memory did, and what failed is told apart, by the weights that answered', async () => {
  for (const number of [1, 2, 1]) assert.equal((await infer(number)).status, 200)
  triton.fault = () => ({ kind: 'status', status: 500 })
  assert.equal((await infer(3)).status, 502)
  triton.fault = undefined
  // Nonsense says nothing of a model, and one that is not there has no history.
  assert.equal((await gateway.fetch('/v2/models/known/infer', jsonMessage({ inputs: 1 }))).status, 400)
  assert.equal((await gateway.fetch('/v2/models/none/infer', jsonMessage(numbers(1)))).status, 404)
  const { periods, changes } = await history('known')
  const { p50Ms, from, ...rest } = periods[0]!
  assert.ok(p50Ms! > 0)
  assert.match(from, /^\d{4}-\d\d-\d\d$/)
  const { requests, failures, cached, weights, engine } = rest
  assert.deepEqual(
    { requests, failures, cached, weights, engine },
    {
      ...{ requests: 4, failures: 1, cached: 1 },
      ...{ weights: WEIGHTS, engine: 'oip' },
    },
  )
  assert.deepEqual([periods.length, changes], [1, []])
  assert.deepEqual((await history('none')).periods, [])
})

test('who writes text is counted with its tokens', async () => {
  const { data } = await json<{ data: { id: string }[] }>(await gateway.fetch('/v1/models'))
  const model = data[0]!.id
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }], max_tokens: 9 })
  const asked = await gateway.fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { usage } = await json<{ usage: { prompt_tokens: number; completion_tokens: number } }>(asked)
  let periods: readonly ModelPeriod[] = []
  // It is noted when the last piece has left, which may be a moment after it has arrived.
  for (let left = 100; left > 0 && periods.length === 0; left--) periods = (await history(model)).periods
  const [period] = periods
  assert.deepEqual(
    [period!.engine, period!.weights, period!.requests, period!.promptTokens, period!.completionTokens],
    ['openai', null, 1, usage.prompt_tokens, usage.completion_tokens],
  )
  assert.ok(usage.prompt_tokens > 0)
})

test('a team sees its own history only', async () => {
  await infer(1)
  const key = newKey()
  await gateway.parts.database.asSystem(async session => {
    const { id } = await createTenant(session, 'other')
    await addKey(session, id, key, { name: 'theirs', scopes: ['usage'] })
  })
  const theirs = await gateway.fetch('/api/v1/models/known/history', { headers: { 'x-api-key': key.text } })
  assert.deepEqual((await json<History>(theirs)).periods, [])
})

test('the command line shows it, and whose weights those are', () =>
  inFolder('', async ({ path }) => {
    const env = {
      ...{ CODEANT_CONFIG: `${path}/.config`, CODEANT_STATE: `${path}/.state` },
      ...{ CODEANT_ENDPOINT: gateway.url, CODEANT_ENDPOINT_KEY: gateway.key },
    }
    const { tenant } = (
      await gateway.parts.database.asSystem(session =>
        session.query<{ tenant: string }>(
          "SELECT tenant_id AS tenant FROM model_days WHERE model = 'known' LIMIT 1",
        ),
      )
    )[0]!
    const older = {
      model: 'known',
      engine: 'oip',
      weights: 'cd'.repeat(32),
      outcome: 'answered',
      ms: 400,
    } as const
    for (let i = 0; i < 3; i++) gateway.parts.chronicle.add({ tenant, ...older })
    await gateway.parts.chronicle.flush()
    await gateway.parts.database.asSystem(session =>
      session.query("UPDATE model_days SET day = day - 3 WHERE weights LIKE 'cdcd%'"),
    )
    const { code, out, err } = await codeant(['system', 'models'], { cwd: path, env })
    assert.equal(code, 0, err)
    assert.match(out, /known +oip +until \d{4}-\d\d-\d\d +3 +0 +0 +350 ms/)
    assert.match(out, /known +oip +– +\d+ +1 /)
    assert.match(out, /\d{4}-\d\d-\d\d +known +-\d\d(?:\.\d)? %.*points +too few/)
    const spanish = await codeant(['system', 'models'], { cwd: path, env, locale: 'es' })
    assert.match(spanish.out, /Al cambiar los pesos/)
  }))

test('what could not be written is written the next time', async () => {
  const written: (readonly unknown[])[] = []
  let isGone = true
  const session = {
    query: async (_: string, values: readonly unknown[]) => {
      written.push(values)
      return []
    },
  }
  const asTenant = async (_: string, work: (it: typeof session) => Promise<void>) => {
    if (isGone) throw new Error('gone')
    return work(session)
  }
  const said: unknown[] = []
  const chronicle = new Chronicle({ asTenant } as unknown as Database, it => said.push(it))
  const once = {
    tenant: 't',
    model: 'm',
    engine: 'e',
    weights: 'w',
    outcome: 'answered',
    ms: 3,
    rows: 2,
  } as const
  chronicle.add(once)
  await chronicle.flush()
  chronicle.add(once)
  isGone = false
  await chronicle.close()
  const [, , , , requests, , , rows, , , latency] = written[0]!
  assert.deepEqual([written.length, said.length, requests, rows], [1, 1, 2, 4])
  assert.deepEqual((latency as number[])[BOUNDS_MS.indexOf(5)], 2)
})

test('before and after are compared by percent, and little is called little', () => {
  const day = (
    date: string,
    weights: string,
    answers: Partial<Record<number, number>>,
    failures = 0,
  ): ModelDay => {
    const latency = Array.from({ length: BOUNDS_MS.length + 1 }, (_, i) => answers[BOUNDS_MS[i] ?? -1] ?? 0)
    const answered = latency.reduce((all, it) => all + it, 0)
    return {
      ...{ day: date, model: 'm', engine: 'e', weights, latency, failures, cached: 0, rows: answered * 2 },
      ...{ requests: answered + failures, promptTokens: 0, completionTokens: 0 },
    }
  }
  const { periods, changes } = historyOf([
    day('2026-11-01', 'old', { 100: 60, 200: 40 }, 10),
    day('2026-11-02', 'old', { 100: 60, 200: 40 }),
    day('2026-11-03', 'new', { 50: 200 }),
    day('2026-11-04', 'newest', { 50: 5 }),
  ])
  assert.deepEqual(
    periods.map(it => [it.weights, it.from, it.to, it.requests, it.rowsPerRequest]),
    [
      ['old', '2026-11-01', '2026-11-02', 210, 2],
      ['new', '2026-11-03', '2026-11-03', 200, 2],
      ['newest', '2026-11-04', '2026-11-04', 5, 2],
    ],
  )
  // Half of 200 answers are among the 120 that took 50 to 100 ms: the 100th of them.
  assert.deepEqual([periods[0]!.p50Ms, periods[1]!.p50Ms], [91.7, 35])
  const [better, little] = changes
  assert.deepEqual(better, {
    ...{ on: '2026-11-03', p50Percent: -61.8, p95Percent: -74.1, failurePoints: -4.8, isEnough: true },
    from: { engine: 'e', weights: 'old' },
    to: { engine: 'e', weights: 'new' },
  })
  assert.equal(little!.isEnough, false)
})

async function history(model: string): Promise<History> {
  const answer = await gateway.fetch(`/api/v1/models/${encodeURIComponent(model)}/history`)
  assert.equal(answer.status, 200, await answer.clone().text())
  return json<History>(answer)
}

function numbers(first: number): object {
  return { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data: [first, 4] }] }
}

function infer(first: number): Promise<Response> {
  return gateway.fetch('/v2/models/known/infer', jsonMessage(numbers(first)))
}

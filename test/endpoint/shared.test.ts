// What instances share in Redis: limits and answers of all of them together, and what becomes of both when it is gone.

import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { Redis } from 'ioredis'
import type { KeptAnswer } from '../../deploy/gateway/src/cache/answer-store.ts'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { memoryBuckets } from '../../deploy/gateway/src/limits/buckets.ts'
import { GatewayMetrics } from '../../deploy/gateway/src/metrics/gateway-metrics.ts'
import { sharedAnswers } from '../../deploy/gateway/src/redis/shared-answers.ts'
import { sharedBuckets } from '../../deploy/gateway/src/redis/shared-buckets.ts'
import { openSharedStore, type SharedStore } from '../../deploy/gateway/src/redis/shared-store.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { createTenant, listTenants } from '../../deploy/gateway/src/store/tenants.ts'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { jsonMessage } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { readPrometheus, sum } from './support/prometheus.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

const PAIRS = { inputs: { numbers: ['INT32', -1, 2] }, outputs: { numbers: ['INT32', -1, 2] } } as const

let redis: TestRedis | undefined
before(async () => {
  redis = await startRedis()
})
after(() => redis?.close())

const it = (what: string, run: (redis: TestRedis) => Promise<void>) =>
  test(what, async (context: TestContext) =>
    redis ? run(redis) : context.skip('neither redis-server nor valkey-server is installed here'),
  )

describe('a store that is there', () => {
  const opened: SharedStore[] = []
  after(() => Promise.all(opened.map(it => it.close())))
  const open = async ({ url }: TestRedis, prefix: string): Promise<SharedStore> => {
    const store = await openSharedStore({
      ...{ url, prefix, connections: 3, timeoutMs: 5000, retryMs: 50 },
      metrics: new GatewayMetrics(),
      changed: reason => assert.fail(reason),
    })
    opened.push(store)
    return store
  }

  it('gives away no more than there is, however many instances take at once', async redis => {
    const stores = await Promise.all([open(redis, 'a:'), open(redis, 'a:'), open(redis, 'a:')])
    const buckets = stores.map(it =>
      sharedBuckets(
        it,
        memoryBuckets(() => 0),
      ),
    )
    const began = performance.now()
    const taken = await Promise.all(
      Array.from({ length: 900 }, (_, i) => buckets[i % 3]!.take('somebody', 120)),
    )
    const given = taken.filter(it => it.isAllowed).length
    const back = ((performance.now() - began) / 60_000) * 120
    assert.ok(given >= 120 && given <= 120 + Math.ceil(back), `${given} were let through`)
    const refused = taken.find(it => !it.isAllowed)!
    assert.equal(refused.remaining, 0)
    assert.ok(refused.retryAfter > 0 && refused.retryAfter <= 0.5)
    assert.ok(refused.reset > 58 && refused.reset <= 60)
    assert.equal((await buckets[1]!.take('somebody else', 120)).remaining, 119)
  })

  it('keeps nobody’s address, and nothing for longer than it means something', async redis => {
    const store = await open(redis, 'names:')
    await sharedBuckets(
      store,
      memoryBuckets(() => 0),
    ).take('address 192.0.2.1', 10)
    const client = new Redis(redis.url)
    const keys = await client.keys('names:limit:*')
    assert.equal(keys.length, 1)
    assert.ok(!keys[0]!.includes('192.0.2.1'))
    const left = await client.pttl(keys[0]!)
    assert.ok(left > 0 && left <= 60_000)
    client.disconnect()
  })

  it('has of answers the bytes and the time that it may have, the oldest going first', async redis => {
    const store = await open(redis, 'bounded:')
    const answers = sharedAnswers(store, { bytes: 20_000, ttlMs: 60_000 })
    const key = (digest: string) => ({ tenant: 'one', digest })
    const answer = (size: number): KeptAnswer => ({ json: ' '.repeat(size), contentType: '', seconds: 0 })
    for (let i = 0; i < 100; i++) {
      await answers.put(key(String(i)), answer(600))
      assert.ok(answers.report.bytes <= 20_000)
    }
    assert.equal(answers.report.entries + answers.report.evicted, 100)
    assert.equal(await answers.get(key('0')), undefined)
    assert.ok(await answers.get(key('99')))
    await answers.put(key('99'), answer(600))
    assert.equal(answers.report.entries + answers.report.evicted, 100, 'the same question is one answer')
    await answers.put(key('huge'), answer(19_000))
    assert.equal(await answers.get(key('huge')), undefined)
    const client = new Redis(redis.url)
    for (const it of await client.keys('bounded:*')) assert.ok((await client.pttl(it)) > 0, it)
    client.disconnect()
    const short = sharedAnswers(await open(redis, 'short:'), { bytes: 20_000, ttlMs: 30 })
    await short.put(key('x'), answer(10))
    await new Promise(resolve => setTimeout(resolve, 60))
    assert.equal(await short.get(key('x')), undefined)
    await short.put(key('y'), answer(10))
    assert.equal(short.report.entries, 1, 'what is over is not counted')
  })

  it('gives back what was put, tensors and all, and forgets one tenant without touching another', async redis => {
    const store = await open(redis, 'forget:')
    const answers = sharedAnswers(store, { bytes: 10_000_000, ttlMs: 60_000 })
    const whole: KeptAnswer = {
      json: '{"ñ":1}',
      tail: new Uint8Array([0, 255, 7]),
      contentType: 'application/octet-stream',
      rows: 2,
      seconds: 0.25,
    }
    for (const tenant of ['one', 'other'])
      for (let i = 0; i < 700; i++) await answers.put({ tenant, digest: String(i) }, whole)
    const read = (await answers.get({ tenant: 'one', digest: '5' }))!
    assert.deepEqual({ ...read, tail: [...read.tail!] }, { ...whole, tail: [...whole.tail!] })
    assert.equal(await answers.clear('one'), 700)
    assert.equal(await answers.get({ tenant: 'one', digest: '5' }), undefined)
    assert.ok(await answers.get({ tenant: 'other', digest: '5' }))
    assert.equal(await answers.clear('one'), 0)
  })
})

describe('two gateways', () => {
  let triton: FakeServer
  let gateways: readonly TestGateway[] = []

  before(async () => {
    if (!redis) return
    triton = await fakeTriton({
      models: { known: { ...PAIRS, sha256: 'ab'.repeat(32), run: ({ numbers }) => ({ numbers: numbers! }) } },
    }).start()
    const settings = {
      'inference.url': triton.url,
      'metrics.port': '0',
      'redis.url': redis.url,
      'redis.timeoutMs': '500',
      'redis.retryMs': '50',
      'limits.route': '50',
      // All of them come from one address, as fast as they can: that one is no subject here.
      'limits.address': '0',
    }
    const first = await startGateway(settings)
    // One database, as instances have it.
    const { database, authenticators, keys } = first.parts
    const second = await startGateway(settings, it => ({ ...it, database, authenticators, keys }))
    gateways = [first, second]
  })
  after(async () => {
    redis?.thaw()
    for (const it of gateways) await it.stop()
    await triton?.stop()
  })

  it('let somebody ask so much at both of them together', async () => {
    const key = await makeKey()
    const statuses = await Promise.all(
      Array.from({ length: 80 }, (_, i) => ask(i % 2, '/api/v1/me', key).then(it => it.status)),
    )
    const given = statuses.filter(it => it === 200).length
    assert.ok(given >= 50 && given < 60, `${given} were let through`)
    assert.equal(statuses.filter(it => it === 429).length, 80 - given)
  })

  it('give the answers that the other one kept, and forget them together', async () => {
    const key = await makeKey()
    const theirs = await makeKey('other')
    assert.deepEqual([await infer(0, key, 1), await infer(1, key, 1)], ['miss', 'hit'])
    assert.deepEqual([await infer(0, theirs, 1), await infer(1, theirs, 1)], ['miss', 'hit'])
    const cleared = await ask(1, '/api/v1/cache', key, { method: 'DELETE' })
    assert.equal((await json<{ cleared: number }>(cleared)).cleared, 1)
    assert.deepEqual([await infer(0, key, 1), await infer(0, theirs, 1)], ['miss', 'hit'])
  })

  for (const [how, go, back] of [
    ['is killed', (it: TestRedis) => it.kill(), (it: TestRedis) => it.start()],
    ['hangs', async (it: TestRedis) => it.freeze(), async (it: TestRedis) => it.thaw()],
  ] as const)
    it(`answer on when the store ${how} under load, say so once, and come back by themselves`, async redis => {
      const key = await makeKey()
      const before = gateways.map(it => count(it.log(), 'redis: gone'))
      let isOver = false
      const seen = new Set<number>()
      const load = Array.from({ length: 8 }, async (_, i) => {
        for (let n = 0; !isOver; n++) {
          seen.add((await ask(i % 2, n % 2 ? '/v2' : '/api/v1/me', key)).status)
          seen.add((await inferring(i % 2, key, n)).status)
        }
      })
      try {
        await pause(100)
        await go(redis)
        await until(async () => (await up()).every(it => it === 0))
        for (const [i, it] of gateways.entries()) {
          const health = await ask(i, '/health/detailed', key)
          const { status, checks } = await json<{ status: string; checks: { name: string; ok: boolean }[] }>(
            health,
          )
          assert.deepEqual([health.status, status], [200, 'degraded'])
          assert.equal(checks.find(check => check.name === 'redis')!.ok, false)
          assert.equal((await fetch(`${it.url}/health/ready`)).status, 200)
        }
        const cleared = await ask(0, '/api/v1/cache', key, { method: 'DELETE' })
        assert.equal(cleared.status, 503, 'nobody is told that answers are forgotten which come back')
        // Everybody counts for themselves meanwhile.
        const alone = await makeKey()
        for (const i of [0, 1]) {
          const { headers } = await ask(i, '/api/v1/me', alone)
          assert.equal(headers.get('ratelimit-remaining'), '49')
        }
        await pause(200)
        await back(redis)
        await until(async () => (await up()).every(it => it === 1))
      } finally {
        isOver = true
        await Promise.all(load)
      }
      assert.deepEqual(
        [...seen].filter(it => it !== 200 && it !== 429),
        [],
      )
      for (const [i, it] of gateways.entries()) {
        assert.equal(count(it.log(), 'redis: gone') - before[i]!, 1)
        assert.equal(count(it.log(), 'redis: back'), count(it.log(), 'redis: gone'))
        assert.ok(!it.log().includes('of-a-test'), 'the password is in no log')
      }
      const shared = await makeKey(`who comes after it ${how}`)
      assert.deepEqual([await infer(0, shared, 1), await infer(1, shared, 1)], ['miss', 'hit'])
    })

  async function makeKey(tenant?: string): Promise<string> {
    const key = newKey()
    await gateways[0]!.parts.database.asSystem(async session => {
      const id = tenant ? (await createTenant(session, tenant)).id : (await listTenants(session))[0]!.id
      await addKey(session, id, key, { name: 'k', scopes: ['admin'] })
    })
    return key.text
  }

  function ask(at: number, path: string, key: string, init: RequestInit = {}): Promise<Response> {
    return fetch(gateways[at]!.url + path, { ...init, headers: { ...init.headers, 'x-api-key': key } })
  }

  function inferring(at: number, key: string, number: number): Promise<Response> {
    const data = [number, 4]
    const message = jsonMessage({ inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data }] })
    return ask(at, '/v2/models/known/infer', key, message)
  }

  async function infer(at: number, key: string, number: number): Promise<string | null> {
    return (await inferring(at, key, number)).headers.get('x-codeant-cache')
  }

  function up(): Promise<readonly number[]> {
    return Promise.all(
      gateways.map(async it =>
        sum(readPrometheus(await (await fetch(it.metricsUrl!)).text()), 'codeant_redis_up'),
      ),
    )
  }
})

it('a gateway starts without its store, and takes it on when it comes', async redis => {
  await redis.kill()
  const gateway = await startGateway({ 'redis.url': redis.url, 'redis.retryMs': '50', 'metrics.port': '0' })
  try {
    assert.equal(count(gateway.log(), 'redis: gone'), 1)
    assert.equal((await gateway.fetch('/v2')).status, 200)
    await redis.start()
    await until(async () => gateway.log().includes('redis: back'))
    const { status } = await json<{ status: string }>(await gateway.fetch('/health/detailed'))
    assert.equal(status, 'ready')
  } finally {
    await gateway.stop()
  }
})

it('an address that is none of Redis is refused at the start, and not shown', async () => {
  await assert.rejects(startGateway({ 'redis.url': 'http://user:hunter2@host' }), error => {
    assert.match(String(error), /redis:\/\//)
    assert.ok(!String(error).includes('hunter2'))
    return true
  })
})

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 400; !(await isSo()); left--) {
    assert.ok(left > 0, 'it never came')
    await pause(25)
  }
}

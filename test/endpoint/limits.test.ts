// How much one may ask, of whom: by address, by caller, by route, after wrong keys; and what is refused while nothing may change.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { newKey as newApiKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { memoryBuckets } from '../../deploy/gateway/src/limits/buckets.ts'
import { watchLoop } from '../../deploy/gateway/src/limits/loop-delay.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { listTenants } from '../../deploy/gateway/src/store/tenants.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { call } from './support/people.ts'

describe('a bucket', () => {
  test('gives so many at once, and then as many as a minute gives back', async () => {
    let time = 0
    const buckets = memoryBuckets(() => time)
    const take = async () => (await buckets.take('a', 60)).isAllowed
    for (let i = 0; i < 60; i++) assert.ok(await take(), String(i))
    assert.equal(await take(), false)
    const { retryAfter, remaining, reset } = await buckets.take('a', 60)
    assert.deepEqual([retryAfter, remaining, reset], [1, 0, 60])
    time += 1000
    assert.deepEqual([await take(), await take()], [true, false])
    // However long nobody asks, there are never more than the limit.
    time += 3_600_000
    assert.equal((await buckets.take('a', 60)).remaining, 59)
    assert.equal((await buckets.take('b', 60)).remaining, 59)
  })

  test('fills no memory, whoever comes with ever new names, and a clock that goes back gives nothing away', async () => {
    let time = 10_000
    const buckets = memoryBuckets(() => time)
    for (let i = 0; i < 60_000; i++) await buckets.take(`address ${i}`, 2)
    assert.equal((await buckets.take('address 59999', 2)).remaining, 0)
    time = 0
    assert.equal((await buckets.take('address 59999', 2)).isAllowed, false)
  })
})

describe('the gateway', () => {
  let gateway: TestGateway
  before(async () => {
    gateway = await startGateway({ 'limits.caller': '40', 'limits.route': '5', 'limits.failures': '5' })
  })
  after(() => gateway.stop())

  test('tells how much is left, and when to come again', async () => {
    const key = await newKey(gateway)
    const ask = (path: string) => call(gateway, 'GET', path, { token: key })
    const left: (string | null)[] = []
    for (let i = 0; i < 5; i++) {
      const { status, headers } = await ask('/api/v1/me')
      assert.equal(status, 200)
      left.push(headers.get('ratelimit-remaining'))
    }
    assert.deepEqual(left, ['4', '3', '2', '1', '0'])
    const refused = await ask('/api/v1/me')
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) >= 1)
    assert.deepEqual(
      [refused.headers.get('ratelimit-limit'), refused.headers.get('ratelimit-remaining')],
      ['5', '0'],
    )
    assert.equal((await json<{ error: { code: string } }>(refused)).error.code, 'too-many')
    // Another route has its own, and so has another key; what is asked by who watches is never limited.
    assert.equal((await ask('/api/v1/teams')).status, 200)
    assert.equal((await gateway.fetch('/api/v1/me')).status, 200)
    for (let i = 0; i < 10; i++) assert.equal((await fetch(`${gateway.url}/health/live`)).status, 200)
  })

  test('in the shape of the protocol that was spoken', async () => {
    const key = await newKey(gateway)
    const last = async (path: string) => {
      for (let i = 0; i < 5; i++) await call(gateway, 'GET', path, { token: key })
      const answer = await call(gateway, 'GET', path, { token: key })
      return [answer.status, typeof (await json<{ error: unknown }>(answer)).error]
    }
    assert.deepEqual(await last('/v2'), [429, 'string'])
    assert.deepEqual(await last('/v1/models'), [429, 'object'])
  })

  test('one key has so much on all routes together', async () => {
    const key = await newKey(gateway)
    const few = ['/api/v1/me', '/api/v1/teams', '/api/v1/sessions', '/v2', '/v2/models', '/v1/models']
    const some = [...few, '/api/v1/usage', '/health/detailed', '/v2/models/a', '/v2/models/a/ready']
    const statuses: number[] = []
    for (let i = 0; i < 5; i++)
      for (const path of some) statuses.push((await call(gateway, 'GET', path, { token: key })).status)
    assert.equal(statuses.slice(0, 40).includes(429), false)
    assert.ok(statuses.slice(40).every(it => it === 429))
  })

  test('who guesses keys is told to wait; who has a good one goes on, also from there', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 8; i++) statuses.push((await call(gateway, 'GET', '/v2', { token: 'guess' })).status)
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429, 429])
    const key = await newKey(gateway)
    assert.equal((await call(gateway, 'GET', '/v2', { token: key })).status, 200)
  })
})

describe('in strict mode and without changes', () => {
  let gateway: TestGateway
  before(async () => {
    gateway = await startGateway({ 'limits.strict': 'true', 'limits.caller': '0', 'limits.readOnly': 'true' })
  })
  after(() => gateway.stop())

  test('nothing that is kept changes, and engines answer on', async () => {
    const change = (method: string, path: string, body: object) =>
      call(gateway, method, path, { token: gateway.key, body })
    const key = await change('POST', '/api/v1/keys', { name: 'k', scopes: ['infer'] })
    assert.deepEqual(
      [key.status, (await json<{ error: { code: string } }>(key)).error.code],
      [403, 'read-only'],
    )
    const invitation = await change('POST', '/api/v1/invitations/accept', { code: `cai_${'x'.repeat(43)}` })
    assert.equal(invitation.status, 403)
    // A login with the provider is asked for with GET, and may make somebody known.
    for (const path of ['/login', '/login/callback?state=s'])
      assert.equal((await gateway.fetch(path)).status, 403, path)
    const graphql = async (query: string) =>
      (await change('POST', '/graphql', { query })).json() as Promise<{
        data?: { models?: unknown[] }
        errors?: { extensions: { code: string } }[]
      }>
    assert.ok((await graphql('{ models { name } }')).data?.models)
    const [refused] = (await graphql('mutation { clearCache }')).errors!
    assert.equal(refused!.extensions.code, 'read-only')
    const files = [{ path: 'a.py', content: 'x = 1\n' }]
    assert.equal((await change('POST', '/api/v1/analyze', { files })).status, 200)
    assert.equal((await gateway.fetch('/api/v1/keys')).status, 200)
  })

  test('nobody has more than a hundred a minute, though the settings give more', async () => {
    const { headers } = await gateway.fetch('/v2')
    assert.equal(headers.get('ratelimit-limit'), '100')
    let refused: Response | undefined
    for (let i = 0; i < 110 && !refused; i++) {
      const answer = await gateway.fetch('/api/v1/teams')
      if (answer.status === 429) refused = answer
    }
    assert.ok(refused)
  })
})

describe('when the process is late', () => {
  let gateway: TestGateway
  before(async () => {
    gateway = await startGateway({ 'limits.delayMs': '400' })
  })
  after(() => gateway.stop())

  test('requests are sent away, what watches over it is answered, and it is over by itself', async () => {
    await gateway.fetch('/v2')
    const until = performance.now() + 1500
    while (performance.now() < until);
    const refused = await gateway.fetch('/v2')
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '2'])
    assert.equal((await fetch(`${gateway.url}/health/live`)).status, 200)
    for (let left = 200; (await gateway.fetch('/v2')).status !== 200; left--) {
      assert.ok(left > 0, 'it never ends')
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  })

  test('a delay fades', context => {
    context.mock.timers.enable({ apis: ['setInterval'] })
    let time = 0
    const delay = watchLoop(() => time)
    time = 1100
    context.mock.timers.tick(100)
    assert.equal(delay.ms, 1000)
    for (let i = 0; i < 20; i++) {
      time += 100
      context.mock.timers.tick(100)
    }
    assert.ok(delay.ms < 20)
    delay.close()
  })
})

/** Of nobody in particular, with everything of its tenant: what others used up is not taken from it. */
async function newKey({ parts: { database } }: TestGateway): Promise<string> {
  const key = newApiKey()
  await database.asSystem(async session => {
    const [tenant] = await listTenants(session)
    await addKey(session, tenant!.id, key, { name: 'k', scopes: ['admin'] })
  })
  return key.text
}

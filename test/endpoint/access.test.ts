// Who may call what: keys, scopes, and the shapes of refusals.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

test('health needs no key, and says little', async () => {
  for (const path of [
    '/health',
    '/health/live',
    '/health/ready',
    '/ready',
    '/api/health',
    '/v2/health/live',
    '/v2/health/ready',
  ])
    assert.equal((await fetch(gateway.url + path)).status, 200, path)
  assert.equal((await fetch(`${gateway.url}/health/detailed`)).status, 401)
  const detailed = await json<{ checks: { name: string }[] }>(await gateway.fetch('/health/detailed'))
  assert.deepEqual(
    detailed.checks.map(it => it.name),
    ['database'],
  )
})

test('a refusal has the shape of the protocol that was spoken', async () => {
  const of = async (path: string) => {
    const answer = await fetch(gateway.url + path)
    const { error } = await json<{ error: string | Record<string, unknown> }>(answer)
    const keys = typeof error === 'string' ? 'text' : Object.keys(error)
    return [answer.status, answer.headers.get('www-authenticate'), keys]
  }
  const realm = 'Bearer realm="codeant"'
  assert.deepEqual(await of('/api/v1/keys'), [401, realm, ['code', 'message']])
  assert.deepEqual(await of('/v2/models/secrets'), [401, realm, 'text'])
  assert.deepEqual(await of('/v1/nothing'), [404, null, ['message', 'type', 'param', 'code']])
})

test('every answer has a name, the caller’s where that can be one, and is kept by nobody on the way', async () => {
  const named = async (id: string) => {
    const { headers } = await fetch(`${gateway.url}/health`, { headers: { 'x-request-id': id } })
    assert.deepEqual(
      [headers.get('x-content-type-options'), headers.get('cache-control')],
      ['nosniff', 'no-store'],
    )
    return headers.get('x-request-id')
  }
  assert.equal(await named('editor-7:42'), 'editor-7:42')
  for (const id of ['a b', '{"level":60}', 'x'.repeat(129)])
    assert.match((await named(id))!, /^[0-9a-f-]{36}$/)
})

test('a key does what its scopes say, until it is revoked', async () => {
  const made = await makeKey({ name: 'editor', scopes: ['infer'] })
  const as = (path: string, headers: Record<string, string>) => fetch(gateway.url + path, { headers })
  assert.equal((await as('/v2', { 'x-api-key': made.key })).status, 200)
  assert.equal((await as('/v2', { authorization: `Bearer ${made.key}` })).status, 200)
  assert.equal((await as('/api/v1/keys', { 'x-api-key': made.key })).status, 403)
  const revoked = await gateway.fetch(`/api/v1/keys/${made.id}`, { method: 'DELETE' })
  assert.equal(revoked.status, 200)
  assert.equal((await as('/v2', { 'x-api-key': made.key })).status, 401)
})

test('a wrong end of a right key is refused, and so is a key in the address', async () => {
  const { key } = gateway
  const wrong = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')
  assert.equal((await fetch(`${gateway.url}/v2`, { headers: { 'x-api-key': wrong } })).status, 401)
  assert.equal((await fetch(`${gateway.url}/v2?api_key=${key}`)).status, 401)
})

test('a key gives away no scope that it does not have', async () => {
  const { key } = await makeKey({ name: 'keeper of keys', scopes: ['keys'] })
  const answer = await fetch(`${gateway.url}/api/v1/keys`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'more', scopes: ['admin'] }),
  })
  assert.equal(answer.status, 403)
})

test('no key is written to the log', async () => {
  await fetch(`${gateway.url}/v2?api_key=${gateway.key}`)
  assert.ok(gateway.log().includes('"route":"/v2"'))
  assert.ok(!gateway.log().includes(gateway.key))
})

async function makeKey(wishes: object): Promise<{ readonly id: string; readonly key: string }> {
  const answer = await gateway.fetch('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wishes),
  })
  assert.equal(answer.status, 201)
  return json(answer)
}

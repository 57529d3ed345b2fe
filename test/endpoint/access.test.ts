// Who may call what: keys, scopes, and the shapes of refusals.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isAmong } from '../../deploy/gateway/src/identity/addresses.ts'
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

test('a key is used from where it may be, whatever a header claims, and makes none for elsewhere', async () => {
  const addresses = ['127.0.0.0/8', '2001:db8::/32']
  const here = await makeKey({ name: 'here', scopes: ['infer', 'keys'], addresses })
  const there = await makeKey({ name: 'there', scopes: ['infer'], addresses: ['10.0.0.0/8'] })
  const as = (key: string, headers = {}) =>
    fetch(`${gateway.url}/v2`, { headers: { 'x-api-key': key, ...headers } })
  assert.equal((await as(here.key)).status, 200)
  const answer = await as(there.key, { 'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1' })
  assert.deepEqual(
    [answer.status, await json(answer)],
    [403, { error: 'This key may not be used from this address.' }],
  )
  const { keys } = await json<{ keys: { name: string; addresses: string[] | null }[] }>(
    await gateway.fetch('/api/v1/keys'),
  )
  assert.deepEqual(keys.find(it => it.name === 'there')!.addresses, ['10.0.0.0/8'])
  assert.equal(keys.find(it => it.name === 'first key')!.addresses, null)

  const make = (wishes: object) => askFor({ name: 'child', scopes: ['infer'], ...wishes }, here.key)
  assert.equal((await make({ addresses: ['0.0.0.0/0'] })).status, 403)
  assert.equal((await make({ addresses: ['127.0.0.0/8', '10.0.0.1'] })).status, 403)
  // What is not said is what the maker has, and not everything.
  const child = await json<{ addresses: string[] }>(await make({}))
  assert.deepEqual(child.addresses, addresses)
  for (const it of [
    ...['10.0.0.0/33', '10.0.0', 'example.com', '::1/129', '10.0.0.1/', '', '10.0.0.0/-1'],
    // It would be every address of IPv4.
    '::ffff:10.0.0.0/8',
  ])
    assert.equal((await askFor({ name: 'k', scopes: ['infer'], addresses: [it] })).status, 400, it)
})

test('an address is of a network or it is not, in either notation', () => {
  const ranges = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']
  for (const it of ['10.255.0.1', '192.0.2.7', '2001:db8:1::1', '::ffff:10.1.2.3'])
    assert.ok(isAmong(ranges, it), it)
  for (const it of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '::ffff:11.1.2.3', '::1', 'localhost', ''])
    assert.ok(!isAmong(ranges, it), it)
})

test('no key is written to the log', async () => {
  await fetch(`${gateway.url}/v2?api_key=${gateway.key}`)
  assert.ok(gateway.log().includes('"route":"/v2"'))
  assert.ok(!gateway.log().includes(gateway.key))
})

function askFor(wishes: object, key = gateway.key): Promise<Response> {
  return gateway.fetch('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(wishes),
  })
}

async function makeKey(wishes: object): Promise<{ readonly id: string; readonly key: string }> {
  const answer = await askFor(wishes)
  assert.equal(answer.status, 201)
  return json(answer)
}

test('each request has a line of its own in the log, with its own method and whoever sent it', async () => {
  const key = { 'x-api-key': gateway.key }
  for (const [name, method, path, headers] of [
    ['line-1', 'GET', '/v2', key],
    ['line-2', 'HEAD', '/v2', key],
    ['line-3', 'GET', '/v2', {}],
    ['line-4', 'GET', '/nothing', key],
    ['line-5', 'POST', '/nothing', key],
    ['line-6', 'GET', '/v2', key],
  ] as const)
    await fetch(`${gateway.url}${path}`, { method, headers: { ...headers, 'x-request-id': name } })
  while (!gateway.log().includes('"line-6"')) await new Promise(setImmediate)
  const lines = gateway
    .log()
    .split('\n')
    .filter(it => it.includes('"reqId":"line-'))
    .map(it => JSON.parse(it))
    .sort((a, b) => (a.reqId < b.reqId ? -1 : 1))
  assert.deepEqual(
    lines.map(it => [it.method, it.route, it.status, it.actor?.slice(0, 4) ?? 'nobody']),
    [
      ['GET', '/v2', 200, 'key:'],
      ['HEAD', '/v2', 200, 'key:'],
      ['GET', '/v2', 401, 'nobody'],
      ['GET', 'none', 404, 'nobody'],
      ['POST', 'none', 404, 'nobody'],
      ['GET', '/v2', 200, 'key:'],
    ],
  )
})

// What makes answers and bodies smaller on the way, what is never made smaller, and what need not be sent again.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { codingFor } from '../../deploy/gateway/src/plugins/compression.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

let gateway: TestGateway
before(async () => {
  gateway = await startGateway({ 'http.bodyLimit': '200000' })
})
after(() => gateway.stop())

const DESCRIPTION = '/api/v1/openapi.json'

test('the coding is the best of what the caller takes', () => {
  for (const [accepted, coding] of [
    [undefined, undefined],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate', undefined],
    ['gzip;q=x', undefined],
  ] as const)
    assert.equal(codingFor(accepted), coding, accepted)
})

test('what is long and holds no secret is compressed, and says the same', async () => {
  const plain = await gateway.fetch(DESCRIPTION, { headers: { 'accept-encoding': 'identity' } })
  assert.equal(plain.headers.get('content-encoding'), null)
  const text = await plain.text()
  for (const coding of ['br', 'gzip']) {
    const answer = await gateway.fetch(DESCRIPTION, { headers: { 'accept-encoding': coding } })
    assert.deepEqual(
      [answer.headers.get('content-encoding'), answer.headers.get('vary')],
      [coding, 'accept-encoding'],
    )
    assert.ok(Number(answer.headers.get('content-length')) < text.length / 3)
    assert.equal(await answer.text(), text)
  }
})

test('a stream is compressed as it comes', async () => {
  const { teams } = await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))
  const path = `/api/v1/tenants/${teams[0]!.id}/export`
  const answer = await gateway.fetch(path, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(answer.headers.get('content-encoding'), 'gzip')
  assert.ok('audit' in (await json<object>(answer)))
})

test('what holds a secret, and what an engine said, leaves as it is', async () => {
  const key = await gateway.fetch('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
    body: JSON.stringify({ name: 'k'.repeat(200), scopes: ['infer'] }),
  })
  assert.equal(key.status, 201)
  assert.equal(key.headers.get('content-encoding'), null)
  const compressible = gateway.app.describedRoutes.filter(it => it.isCompressible).map(it => it.url)
  for (const it of compressible)
    assert.doesNotMatch(it, /^\/v[12]\b|key|session|invit|oauth|login|token|devices/)
  assert.ok(compressible.length > 5)
})

test('who has an answer already is not sent it again', async () => {
  for (const [path, keeping] of [
    [DESCRIPTION, 'public, max-age=300'],
    ['/api/v1/docs', 'public, max-age=300'],
    ['/.well-known/jwks.json', 'public, max-age=300'],
    ['/api/v1/models', 'private, no-cache'],
  ] as const) {
    const { headers, status } = await gateway.fetch(path)
    assert.equal(status, 200)
    const mark = headers.get('etag')!
    assert.deepEqual([headers.get('cache-control'), mark.slice(0, 3)], [keeping, 'W/"'], path)
    const again = await gateway.fetch(path, { headers: { 'if-none-match': `"other", ${mark}` } })
    assert.deepEqual([again.status, again.headers.get('etag'), await again.text()], [304, mark, ''], path)
    const other = await gateway.fetch(path, { headers: { 'if-none-match': '"other"' } })
    assert.equal(other.status, 200)
  }
})

test('a body may come compressed, and is held to the limit by what comes out of it', async () => {
  const send = (body: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    gateway.fetch('/api/v1/analyze', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', ...headers },
      body: body as Uint8Array<ArrayBuffer>,
    })
  const small = JSON.stringify({ files: [{ path: 'a.py', content: 'def f(items=[]):\n    return items\n' }] })
  const answer = await send(gzipSync(small))
  assert.equal(answer.status, 200)
  assert.match(await answer.text(), /"ruleId"/)
  // 64 MB in 64 kB.
  const bomb = gzipSync(`{"files":[{"path":"a.py","content":"${' '.repeat(64_000_000)}"}]}`)
  assert.ok(bomb.length < 200_000)
  const before = process.memoryUsage().arrayBuffers
  assert.equal((await send(bomb)).status, 413)
  assert.ok(process.memoryUsage().arrayBuffers - before < 32_000_000, 'it was not inflated to its end')
  assert.equal((await send(Buffer.from('no gzip at all'))).status, 400)
  assert.equal((await send(gzipSync(small).subarray(0, 40))).status, 400)
  assert.equal((await send(gzipSync(small), { 'content-encoding': 'br' })).status, 415)
  assert.equal((await send(gzipSync(small))).status, 200, 'and nothing is left of those before')
})

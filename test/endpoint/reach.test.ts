// By which names the gateway is asked, and which pages elsewhere may ask it: what a browser is kept from doing for somebody else.

import assert from 'node:assert/strict'
import { type IncomingHttpHeaders, request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { startGateway, type TestGateway } from './support/gateway.ts'

describe('names', () => {
  let laptop: TestGateway
  let server: TestGateway
  before(async () => {
    laptop = await startGateway({ 'http.publicUrl': 'https://codeant.example.com' })
    server = await startGateway({
      'http.hosts': 'gateway.internal, *.svc.example',
      'http.publicUrl': 'https://codeant.example.com',
    })
  })
  after(async () => {
    await laptop.stop()
    await server.stop()
  })

  test('on a computer of its own it answers to those of the computer and to the public one', async () => {
    for (const host of ['localhost:8520', '127.0.0.1', '[::1]:1', 'app.localhost', 'CodeAnt.example.com'])
      assert.equal((await asked(laptop, { host })).status, 200, host)
    // What a page can give the address of this computer, and what only looks like ours.
    for (const host of [
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'codeant.example.com.',
      '10.0.0.1',
    ])
      assert.equal((await asked(laptop, { host })).status, 421, host)
  })

  test('elsewhere to those that are listed', async () => {
    for (const host of ['gateway.internal', 'a.svc.example:8520', 'a.b.svc.example', 'codeant.example.com'])
      assert.equal((await asked(server, { host })).status, 200, host)
    for (const host of ['localhost', 'svc.example', 'xsvc.example', 'evil.example'])
      assert.equal((await asked(server, { host })).status, 421, host)
  })

  test('who is refused hears so as every refusal is told, and before anything else is looked at', async () => {
    const { status, text } = await asked(laptop, { host: 'evil.example' }, '/nowhere')
    assert.equal(status, 421)
    assert.equal(JSON.parse(text).error.code, 'misdirected')
    const oip = await asked(laptop, { host: 'evil.example', 'x-api-key': laptop.key }, '/v2/models')
    assert.deepEqual([oip.status, typeof JSON.parse(oip.text).error], [421, 'string'])
  })

  test('health answers to every name: a cluster asks each pod by its address', async () => {
    for (const path of [
      '/health',
      '/health/live',
      '/health/ready',
      '/ready',
      '/v2/health/live',
      '/v2/health/ready',
    ])
      for (const gateway of [laptop, server])
        assert.equal((await asked(gateway, { host: '10.42.0.17:8520' }, path)).status, 200, path)
    // That which tells more than yes or no is no probe.
    assert.equal((await asked(server, { host: '10.42.0.17' }, '/health/detailed')).status, 421)
  })

  test('the figures, which need no key, are read under the names of the computer that they are on', async () => {
    const watched = await startGateway({ 'metrics.port': '0' })
    try {
      const metrics = { url: watched.metricsUrl!.replace(/\/metrics$/, '') }
      assert.equal((await asked(metrics, { host: 'localhost:9090' }, '/metrics')).status, 200)
      assert.equal((await asked(metrics, { host: 'evil.example' }, '/metrics')).status, 421)
    } finally {
      await watched.stop()
    }
  })

  test('what a proxy says counts where it is believed, and never makes a foreign name ours', async () => {
    const forwarded = { host: '127.0.0.1', 'x-forwarded-host': 'evil.example' }
    assert.equal((await asked(laptop, forwarded)).status, 200)
    const behind = await startGateway({ 'http.trustProxy': 'true' })
    try {
      assert.equal((await asked(behind, forwarded)).status, 421)
      // A page elsewhere may write this header itself, and a proxy may hand it on.
      const invented = { host: 'evil.example', 'x-forwarded-host': 'localhost' }
      assert.equal((await asked(behind, invented)).status, 421)
      assert.equal((await asked(behind, { host: 'localhost', 'x-forwarded-host': 'localhost' })).status, 200)
    } finally {
      await behind.stop()
    }
  })
})

describe('addresses behind proxies', () => {
  const OFFICE = '198.51.100.7'
  const offices = new Map<string, Promise<{ readonly gateway: TestGateway; readonly key: string }>>()
  after(async () => {
    for (const it of offices.values()) await (await it).gateway.stop()
  })

  /** A gateway with a key of the office. */
  async function open(trustProxy: string): Promise<{ readonly gateway: TestGateway; readonly key: string }> {
    const gateway = await startGateway({ 'http.trustProxy': trustProxy })
    const key = newKey()
    await gateway.parts.database.asSystem(async session => {
      const { id } = await createTenant(session, 'office')
      await addKey(session, id, key, { name: 'office', scopes: ['infer'], addresses: [OFFICE] })
    })
    return { gateway, key: key.text }
  }

  /** Whether its key is taken from who is handed on so. */
  async function takesFrom(trustProxy: string, forwarded: string | undefined): Promise<boolean> {
    const opened = offices.get(trustProxy) ?? open(trustProxy)
    offices.set(trustProxy, opened)
    const { gateway, key } = await opened
    const headers = { 'x-api-key': key, ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) }
    const { status } = await asked(gateway, headers, '/v2/models')
    assert.ok(status === 200 || status === 403, String(status))
    return status === 200
  }

  test('nobody is believed unless somebody said so', async () => {
    assert.equal(await takesFrom('false', OFFICE), false)
  })

  test('one proxy is believed about whom it saw, and about nothing that it was told', async () => {
    assert.equal(await takesFrom('true', OFFICE), true)
    assert.equal(await takesFrom('true', `203.0.113.9, ${OFFICE}`), true)
    assert.equal(await takesFrom('true', `${OFFICE}, 203.0.113.9`), false)
    assert.equal(await takesFrom('true', undefined), false)
  })

  test('of several, as far as those go that are listed', async () => {
    const listed = '127.0.0.0/8, 10.0.0.0/8, 2001:db8::/32'
    assert.equal(await takesFrom(listed, `${OFFICE}, 2001:db8::5, 10.1.2.3`), true)
    assert.equal(await takesFrom(listed, `${OFFICE}, 203.0.113.9, 10.1.2.3`), false)
    assert.equal(await takesFrom(listed, `${OFFICE}, 10.1.2.3, 203.0.113.9`), false)
    assert.equal(await takesFrom('10.0.0.0/8', OFFICE), false, 'who connects is not listed')
  })

  test('is a setting that is read strictly', async () => {
    for (const it of ['yes', '1', '10.0.0.0/33', 'proxy.internal', '::ffff:10.0.0.0/8', ','])
      await assert.rejects(startGateway({ 'http.trustProxy': it }), it)
  })
})

describe('pages elsewhere', () => {
  const origin = 'https://app.example.com'
  let gateway: TestGateway
  before(async () => {
    gateway = await startGateway({ 'http.origins': `${origin}, http://localhost:3000` })
  })
  after(() => gateway.stop())

  test('that are listed may ask, and read what is worth reading', async () => {
    const { status, headers } = await asked(gateway, { origin, 'x-api-key': gateway.key }, '/v2/models')
    assert.deepEqual([status, headers['access-control-allow-origin'], headers.vary], [200, origin, 'Origin'])
    assert.match(headers['access-control-expose-headers']!, /retry-after/)
    // A cookie is never let along: what is asked with one is for our own pages.
    assert.equal(headers['access-control-allow-credentials'], undefined)
  })

  test('are told what they may send, without a key', async () => {
    const question = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    }
    const { status, headers } = await asked(gateway, question, '/api/v1/analyze', 'OPTIONS')
    assert.deepEqual([status, headers['access-control-allow-origin']], [204, origin])
    assert.match(headers['access-control-allow-methods']!, /\bPOST\b/)
    assert.match(headers['access-control-allow-headers']!, /\bauthorization\b.*\bx-api-key\b/)
  })

  test('hear why they are refused', async () => {
    const { status, headers } = await asked(gateway, { origin }, '/v2/models')
    assert.deepEqual([status, headers['access-control-allow-origin']], [401, origin])
  })

  test('that are not listed are told nothing, however like a listed one they look', async () => {
    const others = [
      'https://app.example.com.evil.example',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://APP.example.com',
      'https://evil.example',
      'null',
      '*',
      gateway.url,
    ]
    for (const it of others)
      for (const method of ['GET', 'OPTIONS']) {
        const wanted = { origin: it, 'access-control-request-method': 'GET' }
        const { status, headers } = await asked(gateway, wanted, '/api/v1/openapi.json', method)
        assert.equal(headers['access-control-allow-origin'], undefined, it)
        // Also what is kept on the way must not be given to a page for which it was not made.
        assert.match(String(headers.vary), /^Origin\b/)
        assert.equal(status, method === 'GET' ? 200 : 404)
      }
  })

  test('are all strangers where none is listed', async () => {
    const closed = await startGateway()
    try {
      const { headers } = await asked(closed, { origin }, '/api/v1/openapi.json')
      assert.equal(headers['access-control-allow-origin'], undefined)
      assert.doesNotMatch(String(headers.vary), /origin/i)
    } finally {
      await closed.stop()
    }
  })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Not with `fetch`, which would not let us say under which name we ask. */
function asked(
  { url }: Pick<TestGateway, 'url'>,
  headers: Readonly<Record<string, string>>,
  path = '/api/v1/openapi.json',
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, headers }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', (it: string) => {
        text += it
      })
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }))
    })
    sent.on('error', reject).end()
  })
}

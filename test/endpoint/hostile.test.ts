// Requests as nobody means well: too large, malformed, with more in their names than a name. Each gets its refusal, none reaches a log.

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { SCOPES, type Scope } from '../../deploy/gateway/src/identity/scopes.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { addSession } from '../../deploy/gateway/src/store/sessions.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { addUser } from '../../deploy/gateway/src/store/users.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { call, form, join } from './support/people.ts'

const CANARY = 'CANARY_9d1c7f'
const UNLIMITED = {
  'limits.failures': '0',
  'limits.caller': '0',
  'limits.route': '0',
  'limits.address': '0',
}

let gateway: TestGateway

before(async () => {
  // It answers to whatever name it is given here, or all that is tried below would be refused for its name.
  const names = { 'http.hosts': '127.0.0.1, a, evil.example' }
  gateway = await startGateway({ ...UNLIMITED, ...names, 'http.bodyLimit': '65536', 'log.level': 'trace' })
})
after(() => gateway.stop())

describe('every route that takes a body', () => {
  const bodies: Readonly<Record<string, { readonly body: string; readonly type?: string }>> = {
    'too large': { body: JSON.stringify({ name: CANARY.repeat(10_000) }) },
    'no json': { body: `{"name": "${CANARY}` },
    'nothing that is text': { body: `\u0000\u0001${CANARY}` },
    'a list': { body: JSON.stringify([CANARY]) },
    'a null': { body: 'null' },
    'a prototype': { body: `{"__proto__": {"admin": "${CANARY}"}}` },
    'a constructor': { body: `{"constructor": {"prototype": {"admin": "${CANARY}"}}}` },
    'deep beyond reason': { body: `${'['.repeat(20_000)}"${CANARY}"${']'.repeat(20_000)}` },
    'another type': { body: CANARY, type: 'application/x-java-serialized-object' },
    'no type': { body: CANARY, type: 'x' },
  }

  test('refuses what is none, without breaking and without repeating it to the log', async () => {
    for (const { method, url } of gateway.app.routeAccess.filter(it => /^(POST|PUT|PATCH)$/.test(it.method)))
      for (const [what, { body, type = 'application/json' }] of Object.entries(bodies)) {
        const answer = await fetch(gateway.url + filled(url), {
          method,
          headers: { 'x-api-key': gateway.key, 'content-type': type },
          body,
        })
        assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${url}, ${what}: ${answer.status}`)
        assert.match(answer.headers.get('content-type')!, /^application\/json/)
      }
    assert.ok(!gateway.log().includes(CANARY))
  })
})

describe('addresses', () => {
  test('no path leads out, and none is taken for another', async () => {
    const paths = [
      '/v2/models/..%2f..%2fetc%2fpasswd',
      '/v2/models/../../api/v1/keys/',
      '/v2/models/%2e%2e/ready',
      '/v2/models/a%00b',
      '/v2/models/a%0d%0aset-cookie:x=1',
      '/v2//models',
      '//api/v1/keys',
      '/API/V1/KEYS',
      '/api/v1/keys;admin',
      '/api/v1/keys%3fadmin',
      `/v2/models/${'a'.repeat(300)}`,
      `/api/v1/teams/' OR 1=1 --/members`,
      `/api/v1/devices/${encodeURIComponent("' OR '1'='1")}`,
      '/api/v1/audit?limit=1;DROP TABLE audit',
      '/api/v1/audit?limit=1&limit=2',
      '/api/v1/audit?before=-1',
      '/api/v1/docs/..%2f..%2fmain.ts',
      '/%',
      '/%E0%A4%A',
    ]
    for (const path of paths) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nhost: a\r\nx-api-key: ${gateway.key}\r\nconnection: close\r\n\r\n`,
      )
      const status = Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1])
      assert.ok(status >= 400 && status < 500, `${path}: ${answer.slice(0, 200)}`)
      assert.doesNotMatch(answer, /set-cookie|root:|api_keys/i)
    }
  })
})

describe('headers', () => {
  test('none is repeated that could end a line or a log', async () => {
    const answer = await raw(
      `GET /health HTTP/1.1\r\nhost: evil.example\r\nx-request-id: a\tb{"level":60}\r\nx-forwarded-host: evil.example\r\nconnection: close\r\n\r\n`,
    )
    assert.match(answer, /^HTTP\/1.1 200/)
    assert.doesNotMatch(answer, /evil|level/)
    assert.doesNotMatch(gateway.log(), /evil\.example|"level":60/)
  })

  test('a link says where the endpoint is, and never what a header claims', async () => {
    const answer = await raw(
      'POST /oauth/device HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-host: evil.example\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 11\r\nconnection: close\r\n\r\nclient_id=a',
    )
    assert.match(answer, /"verification_uri":"http:\/\/127\.0\.0\.1:\d+\/device"/)
    assert.doesNotMatch(answer, /evil/)
  })

  test('two lengths, two ways to send a body, or a line that is none are refused: nobody in between reads them otherwise', async () => {
    for (const head of [
      'content-length: 2\r\ncontent-length: 3',
      'content-length: 2\r\ntransfer-encoding: chunked',
      'transfer-encoding: chunked, identity',
      'a b: c',
    ]) {
      const answer = await raw(`POST /oauth/token HTTP/1.1\r\nhost: a\r\n${head}\r\n\r\n{}`)
      assert.match(answer, /^HTTP\/1.1 400/, head)
    }
  })

  test('credentials that are none are refused alike', async () => {
    const attempts: Record<string, string>[] = [
      { authorization: 'Basic YTpi' },
      { authorization: `Bearer ${'x'.repeat(5000)}` },
      { authorization: `Bearer ${gateway.key} ${gateway.key}` },
      { 'x-api-key': `${gateway.key}, ${gateway.key}` },
      { 'x-api-key': `${gateway.key}%` },
      { cookie: `key=${gateway.key}` },
    ]
    for (const headers of attempts)
      assert.equal(
        (await fetch(`${gateway.url}/v2`, { headers })).status,
        401,
        JSON.stringify(headers).slice(0, 60),
      )
  })

  test('a field of a form that comes twice is no field', async () => {
    const answer = await fetch(`${gateway.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&grant_type=x&refresh_token=a',
    })
    assert.deepEqual([answer.status, (await json<{ error: string }>(answer)).error], [400, 'invalid_request'])
  })
})

describe('access tokens against every route', () => {
  test('one that expired, one whose session ended, and one without the scope are refused', async () => {
    const { database, people } = gateway.parts
    const gone = await join(gateway, 'gone@example.com', 'admin')
    await form(gateway, '/oauth/revoke', { token: gone.refresh_token })
    const tokens: Record<string, string> = { ended: gone.access_token }
    const tenant = await database.asSystem(session => createTenant(session, 'theirs'))
    const over = await database.asTenant(tenant.id, async session => {
      const user = await addUser(session, tenant.id, { email: 'a@example.com', name: '', role: 'admin' })
      const expiresAt = new Date(Date.now() - 1)
      return addSession(session, tenant.id, { userId: user!.id, client: 'c', expiresAt })
    })
    const subject = { user: over.userId, session: over.id }
    const signed = async (of: string) => (await people!.tokens.sign({ ...subject, tenant: of })).text
    tokens['of a session that is over'] = await signed(tenant.id)
    tokens['that names a session of another tenant'] = await signed(await ownTeam())
    for (const { method, url } of closed())
      for (const [what, token] of Object.entries(tokens)) {
        const { status } = await call(gateway, method, filled(url), { token, ...bodyOf(method) })
        assert.equal(status, 401, `${method} ${url}, ${what}`)
      }
    const readOnly = await join(gateway, 'read-only@example.com', 'read-only')
    const may: readonly Scope[] = ['usage', 'audit']
    for (const { method, url, access } of closed()) {
      if (access === 'known' || access === 'open' || may.includes(access)) continue
      const { status } = await call(gateway, method, filled(url), {
        token: readOnly.access_token,
        ...bodyOf(method),
      })
      assert.equal(status, 403, `${method} ${url}`)
    }
  })

  test('an admin of another team finds nothing of this one', async () => {
    const { database } = gateway.parts
    const key = newKey()
    const tenant = await database.asSystem(session => createTenant(session, 'others'))
    await database.asTenant(tenant.id, session =>
      addKey(session, tenant.id, key, { name: 'k', scopes: [...SCOPES] }),
    )
    await join(gateway, 'here@example.com', 'user')
    const team = await ownTeam()
    const as = (method: string, path: string, body?: object) =>
      call(gateway, method, path, { token: key.text, ...(body && { body }) })
    const { members } = await json<{ members: { id: string }[] }>(
      await gateway.fetch(`/api/v1/teams/${team}/members`),
    )
    const { sessions } = await json<{ sessions: { id: string }[] }>(await gateway.fetch('/api/v1/sessions'))
    const refusals: [string, string, object?][] = [
      ['GET', `/api/v1/teams/${team}/members`],
      ['GET', `/api/v1/teams/${team}/invitations`],
      ['GET', `/api/v1/tenants/${team}/export`],
      ['PATCH', `/api/v1/teams/${team}`, { name: 'mine now' }],
      ['PATCH', `/api/v1/teams/${team}/members/${members[0]!.id}`, { role: 'admin' }],
      ['PATCH', `/api/v1/teams/${tenant.id}/members/${members[0]!.id}`, { role: 'admin' }],
      ['POST', `/api/v1/teams/${team}/invitations`, { email: 'me@example.com', role: 'admin' }],
      ['DELETE', `/api/v1/sessions/${sessions[0]!.id}`],
    ]
    for (const [method, path, body] of refusals)
      assert.equal((await as(method, path, body)).status, 404, path)
    for (const path of ['/api/v1/sessions', '/api/v1/audit', '/api/v1/usage'])
      assert.ok(!(await (await as('GET', path)).text()).includes(members[0]!.id), path)
  })
})

test('nothing that was asked, and nothing that opens a door, is in the log', async () => {
  const files = [{ path: `${CANARY}.py`, content: `${CANARY} = eval(input())\n` }]
  const analysed = await call(gateway, 'POST', '/api/v1/analyze', { token: gateway.key, body: { files } })
  assert.equal(analysed.status, 200)
  await call(gateway, 'GET', `/v2/models/${CANARY}`, { token: gateway.key })
  await call(gateway, 'GET', `/${CANARY}?${CANARY}`, { token: CANARY })
  const grant = await join(gateway, 'canary@example.com', 'user')
  const log = gateway.log()
  assert.ok(log.includes('"route":"/api/v1/analyze"'))
  for (const secret of [CANARY, gateway.key, grant.access_token, grant.refresh_token, 'canary@example.com'])
    assert.ok(!log.includes(secret), secret)
})

function closed() {
  return gateway.app.routeAccess.filter(it => it.access !== 'open')
}

function filled(url: string): string {
  return url.replace(':id', '00000000-0000-4000-8000-000000000000').replace(/:\w+/g, 'nobody')
}

function bodyOf(method: string): { readonly body?: object } {
  return method === 'GET' || method === 'HEAD' ? {} : { body: {} }
}

async function ownTeam(): Promise<string> {
  const { teams } = await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))
  return teams[0]!.id
}

/** Bytes as they are: what a client that means well would never send. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.end(request))
    socket.setEncoding('utf8').on('data', it => (answer += it))
    socket.once('close', () => resolve(answer)).once('error', reject)
  })
}

// Every route there is, against everybody who may not call it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { SCOPES, type Scope } from '../../deploy/gateway/src/identity/scopes.ts'
import type { RouteAccess } from '../../deploy/gateway/src/plugins/access.ts'
import { addKey, type KeyWishes, revokeKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

/** What tells nobody anything that is not for everybody. */
const OPEN = [
  '/.well-known/jwks.json',
  '/api/health',
  '/api/v1/docs',
  '/api/v1/docs/page.css',
  '/api/v1/docs/page.js',
  '/api/v1/invitations/accept',
  '/api/v1/openapi.json',
  '/device',
  // For the page on which a device is let in: a cookie says who, and a route of the page's own checks it.
  '/device/approval',
  '/device/device.js',
  '/device/login',
  '/graphql',
  '/graphql/graphql.js',
  '/health',
  '/health/live',
  '/health/ready',
  '/login',
  '/login/callback',
  '/oauth/device',
  '/oauth/revoke',
  '/oauth/token',
  '/ready',
  '/v2/health/live',
  '/v2/health/ready',
]
const SOME_ID = '00000000-0000-4000-8000-000000000000'

let gateway: TestGateway
let tenant: string

before(async () => {
  // So many wrong keys from one address are otherwise stopped: see limits.test.ts.
  gateway = await startGateway({ 'limits.failures': '0', 'limits.caller': '0', 'limits.address': '0' })
  const made = await gateway.parts.database.asSystem(session => createTenant(session, 'other'))
  tenant = made.id
})
after(() => gateway.stop())

test('what is open is open on purpose', () => {
  const open = gateway.app.routeAccess.filter(it => it.access === 'open').map(it => it.url)
  assert.deepEqual([...new Set(open)].sort(), OPEN)
})

test('no route lets in who has no key, an invented one, one that expired, or one that was revoked', async () => {
  const all = SCOPES.filter(it => it !== 'admin')
  const keys = {
    none: undefined,
    invented: newKey().text,
    garbage: 'x',
    expired: await makeKey({ name: 'expired', scopes: all, expiresAt: new Date(Date.now() - 1) }),
    revoked: await makeKey({ name: 'revoked', scopes: all }, true),
  }
  for (const route of closed())
    for (const [what, key] of Object.entries(keys)) {
      const answer = await call(route, key)
      assert.equal(answer.status, 401, `${route.method} ${route.url}, ${what}`)
      // A HEAD has no body, and what it says is in the headers.
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="codeant"')
    }
})

test('no route lets in who lacks its scope', async () => {
  const keys = new Map<Scope, string>()
  for (const { method, url, access } of closed()) {
    if (access === 'known' || access === 'open') continue
    if (!keys.has(access)) {
      const others = SCOPES.filter(it => it !== access && it !== 'admin')
      keys.set(access, await makeKey({ name: `all but ${access}`, scopes: others }))
    }
    assert.equal((await call({ method, url, access }, keys.get(access))).status, 403, `${method} ${url}`)
  }
})

test('no route lets in a key from where it may not be used', async () => {
  const elsewhere = await makeKey({ name: 'elsewhere', scopes: ['admin'], addresses: ['10.0.0.0/8', '::1'] })
  for (const route of closed())
    assert.equal((await call(route, elsewhere)).status, 403, `${route.method} ${route.url}`)
})

test('the right key is let in everywhere', async () => {
  const key = await makeKey({ name: 'all', scopes: ['admin'] })
  for (const route of closed()) {
    const { status } = await call(route, key)
    assert.ok(status !== 401 && status !== 403, `${route.method} ${route.url}: ${status}`)
  }
})

test('a tenant neither sees nor revokes the keys of another', async () => {
  const theirs = await makeKey({ name: 'theirs', scopes: ['keys'] })
  const mine = await json<{ keys: { id: string; prefix: string }[] }>(await gateway.fetch('/api/v1/keys'))
  assert.ok(mine.keys.every(it => !theirs.includes(it.prefix)))
  const headers = { 'x-api-key': theirs }
  const url = `${gateway.url}/api/v1/keys/${mine.keys[0]!.id}`
  assert.equal((await fetch(url, { method: 'DELETE', headers })).status, 404)
  assert.equal((await gateway.fetch('/v2')).status, 200)
})

function closed(): readonly RouteAccess[] {
  return gateway.app.routeAccess.filter(it => it.access !== 'open')
}

function call({ method, url }: RouteAccess, key: string | undefined): Promise<Response> {
  const path = url.replace(':id', SOME_ID).replace(/:\w+/g, 'nobody')
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return fetch(gateway.url + path, {
    method,
    headers: {
      ...(key !== undefined && { 'x-api-key': key }),
      ...(hasBody && { 'content-type': 'application/json' }),
    },
    ...(hasBody && { body: '{}' }),
  })
}

/** Of the other tenant. */
function makeKey(wishes: KeyWishes, isRevoked = false): Promise<string> {
  return gateway.parts.database.asTenant(tenant, async session => {
    const key = newKey()
    const { id } = await addKey(session, tenant, key, wishes)
    if (isRevoked) await revokeKey(session, id)
    return key.text
  })
}

// How people come in and what they may do there: invitations, sessions, tokens, roles, codes of devices.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from 'jose'
import { accessTokens } from '../../deploy/gateway/src/identity/access-tokens.ts'
import { sealWith } from '../../deploy/gateway/src/identity/seal.ts'
import { signingKeys } from '../../deploy/gateway/src/identity/signing-keys.ts'
import { openDatabase } from '../../deploy/gateway/src/store/database.ts'
import { openEmbedded } from '../../deploy/gateway/src/store/embedded.ts'
import { migrate } from '../../deploy/gateway/src/store/migrate.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { approve, call, form, type Grant, invite, join } from './support/people.ts'

let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

describe('invitations', () => {
  test('who has the code comes in once, as whom it was made for', async () => {
    const { team, code, id } = await invite(gateway, 'ana@example.com', 'developer')
    const answer = await call(gateway, 'POST', '/api/v1/invitations/accept', { body: { code, name: 'Ana' } })
    assert.equal(answer.status, 201)
    const grant = await json<Grant>(answer)
    const me = await json<{ user: { email: string; role: string }; scopes: string[]; team: { id: string } }>(
      await call(gateway, 'GET', '/api/v1/me', { token: grant.access_token }),
    )
    assert.deepEqual(
      [me.team.id, me.user.email, me.user.role, me.scopes],
      [team, 'ana@example.com', 'developer', ['infer', 'chat', 'analyze', 'functions', 'usage', 'keys']],
    )
    const again = await call(gateway, 'POST', '/api/v1/invitations/accept', { body: { code } })
    assert.equal(again.status, 404)
    const { entries } = await json<{ entries: { action: string; actor: string; target: string }[] }>(
      await gateway.fetch('/api/v1/audit?limit=3'),
    )
    assert.deepEqual(
      entries.map(it => [it.action, it.actor.replace(/:.*/, ''), it.target === 'ana@example.com']),
      [
        ['session.open', 'user', false],
        ['invitation.accept', 'user', true],
        ['invitation.create', 'key', true],
      ],
    )
    assert.equal(
      (await gateway.fetch(`/api/v1/teams/${team}/invitations/${id}`, { method: 'DELETE' })).status,
      404,
    )
  })

  test('one that was taken back lets nobody in', async () => {
    const { team, code, id } = await invite(gateway, 'gone@example.com', 'user')
    assert.equal(
      (await gateway.fetch(`/api/v1/teams/${team}/invitations/${id}`, { method: 'DELETE' })).status,
      200,
    )
    assert.equal((await call(gateway, 'POST', '/api/v1/invitations/accept', { body: { code } })).status, 404)
  })

  test('of two who use a code at once, one comes in', async () => {
    const { code } = await invite(gateway, 'twice@example.com', 'user')
    const answers = await Promise.all(
      [1, 2, 3].map(() => call(gateway, 'POST', '/api/v1/invitations/accept', { body: { code } })),
    )
    assert.deepEqual(answers.map(it => it.status).sort(), [201, 404, 404])
  })

  test('nobody makes anybody more than they are', async () => {
    const made = await call(gateway, 'POST', '/api/v1/keys', {
      token: gateway.key,
      body: { name: 'provisioning', scopes: ['team', 'infer', 'chat', 'analyze', 'functions', 'usage'] },
    })
    const { key } = await json<{ key: string }>(made)
    const { teams } = await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))
    const ask = (role: string) =>
      call(gateway, 'POST', `/api/v1/teams/${teams[0]!.id}/invitations`, {
        token: key,
        body: { email: `${role}@example.com`, role },
      })
    assert.deepEqual(
      [(await ask('user')).status, (await ask('developer')).status, (await ask('admin')).status],
      [201, 403, 403],
    )
  })
})

describe('sessions', () => {
  test('a refresh token is used once; one that comes again ends the session, and with it the access token', async () => {
    const first = await join(gateway, 'refresh@example.com', 'user')
    const second = await refreshed(first.refresh_token)
    assert.equal(second.status, 200)
    const { access_token, refresh_token } = await json<Grant>(second)
    assert.equal((await call(gateway, 'GET', '/v2', { token: access_token })).status, 200)
    const stolen = await refreshed(first.refresh_token)
    assert.deepEqual([stolen.status, (await json<{ error: string }>(stolen)).error], [400, 'invalid_grant'])
    assert.equal((await refreshed(refresh_token)).status, 400)
    assert.equal((await call(gateway, 'GET', '/v2', { token: access_token })).status, 401)
    const { entries } = await json<{ entries: { action: string }[] }>(
      await gateway.fetch('/api/v1/audit?limit=1'),
    )
    assert.equal(entries[0]!.action, 'session.reuse')
  })

  test('of two who refresh at once, none is left with a session that a thief could have', async () => {
    const { refresh_token } = await join(gateway, 'race@example.com', 'user')
    const answers = await Promise.all([refreshed(refresh_token), refreshed(refresh_token)])
    assert.deepEqual(answers.map(it => it.status).sort(), [200, 400])
  })

  test('people see and end their own sessions, an admin those of the team', async () => {
    const own = await join(gateway, 'own@example.com', 'developer')
    const other = await join(gateway, 'other@example.com', 'user')
    const list = async (token: string) =>
      (
        await json<{ sessions: { id: string; isThis: boolean }[] }>(
          await call(gateway, 'GET', '/api/v1/sessions', { token }),
        )
      ).sessions
    const mine = await list(own.access_token)
    assert.deepEqual([mine.length, mine[0]!.isThis], [1, true])
    const [theirs] = await list(other.access_token)
    const end = (id: string, token: string) => call(gateway, 'DELETE', `/api/v1/sessions/${id}`, { token })
    assert.equal((await end(theirs!.id, own.access_token)).status, 404)
    assert.ok((await list(gateway.key)).some(it => it.id === theirs!.id))
    assert.equal((await end(theirs!.id, gateway.key)).status, 204)
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: other.access_token })).status, 401)
    assert.equal((await refreshed(other.refresh_token)).status, 400)
  })

  test('logging out ends the session at once, and never fails', async () => {
    const { access_token, refresh_token } = await join(gateway, 'out@example.com', 'user')
    for (const token of [refresh_token, refresh_token, 'nonsense'])
      assert.equal((await form(gateway, '/oauth/revoke', { token })).status, 200)
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: access_token })).status, 401)
  })

  test('who is shut out is out at once, with sessions and keys; a smaller role makes their keys smaller', async () => {
    const { access_token } = await join(gateway, 'leaver@example.com', 'developer')
    const made = await call(gateway, 'POST', '/api/v1/keys', {
      token: access_token,
      body: { name: 'mine', scopes: ['infer', 'keys'] },
    })
    const { key } = await json<{ key: string }>(made)
    const { user, team } = await json<{ user: { id: string }; team: { id: string } }>(
      await call(gateway, 'GET', '/api/v1/me', { token: access_token }),
    )
    const change = (body: object) =>
      call(gateway, 'PATCH', `/api/v1/teams/${team.id}/members/${user.id}`, { token: gateway.key, body })
    const status = async (path: string, token: string) => (await call(gateway, 'GET', path, { token })).status
    assert.deepEqual([await status('/v2', key), await status('/api/v1/keys', key)], [200, 200])
    assert.equal((await change({ role: 'user' })).status, 200)
    assert.deepEqual([await status('/v2', key), await status('/api/v1/keys', key)], [200, 403])
    assert.equal((await change({ isDisabled: true })).status, 200)
    assert.deepEqual([await status('/v2', key), await status('/v2', access_token)], [401, 401])
  })

  test('the last admin stays one', async () => {
    const { access_token } = await join(gateway, 'admin@example.com', 'admin')
    const { user, team } = await json<{ user: { id: string }; team: { id: string } }>(
      await call(gateway, 'GET', '/api/v1/me', { token: access_token }),
    )
    for (const body of [{ role: 'user' }, { isDisabled: true }])
      assert.equal(
        (
          await call(gateway, 'PATCH', `/api/v1/teams/${team.id}/members/${user.id}`, {
            token: access_token,
            body,
          })
        ).status,
        409,
      )
  })
})

describe('access tokens', () => {
  test('anybody can verify one with the published keys; it lives ten minutes at most and says nothing of the person', async () => {
    const { access_token, expires_in } = await join(gateway, 'token@example.com', 'user')
    const published = await json<JSONWebKeySet>(await fetch(`${gateway.url}/.well-known/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(access_token, createLocalJWKSet(published), {
      issuer: 'codeant',
      audience: 'codeant-gateway',
      algorithms: ['ES256'],
    })
    assert.ok(expires_in <= 600 && payload.exp! - payload.iat! === expires_in)
    assert.deepEqual(Object.keys(payload).sort(), ['aud', 'exp', 'iat', 'iss', 'sid', 'sub', 'tid'])
    assert.equal(protectedHeader.typ, 'at+jwt')
    assert.ok(published.keys.every(it => it.d === undefined && it.alg === 'ES256'))
  })

  test('one that was made otherwise is refused, whatever it says', async () => {
    const { access_token } = await join(gateway, 'forged@example.com', 'user')
    const [, body, signature] = access_token.split('.') as [string, string, string]
    const header = decodeProtectedHeader(access_token)
    const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const published = await json<JSONWebKeySet>(await fetch(`${gateway.url}/.well-known/jwks.json`))
    const claims = decodeJwt(access_token)
    const withPublicKey = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: header.kid!, typ: 'at+jwt' })
      .sign(Buffer.from(JSON.stringify(published.keys[0])))
    const forged = {
      'no algorithm': `${text({ ...header, alg: 'none' })}.${body}.`,
      'no algorithm, a signature': `${text({ ...header, alg: 'none' })}.${body}.${signature}`,
      'the public key as a secret': withPublicKey,
      'another body': `${text(header)}.${text({ ...claims, tid: crypto.randomUUID() })}.${signature}`,
      'another kind': `${text({ ...header, typ: 'JWT' })}.${body}.${signature}`,
      'an unknown key': `${text({ ...header, kid: '../../etc/passwd' })}.${body}.${signature}`,
      'a key of its own': `${text({ ...header, jwk: published.keys[0] })}.${body}.${signature}`,
      'no key': `${text({ alg: 'ES256', typ: 'at+jwt' })}.${body}.${signature}`,
      'no header': `e30.${body}.${signature}`,
      'no json': `AAAA.AAAA.AAAA`,
    }
    for (const [what, token] of Object.entries(forged))
      assert.equal((await call(gateway, 'GET', '/api/v1/me', { token })).status, 401, what)
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: access_token })).status, 200)
  })

  test('who it is for and who made it are held to, and so is the time', async () => {
    let time = Date.now()
    const now = () => time
    const { keys } = gateway.parts.people!
    const subject = { tenant: crypto.randomUUID(), user: crypto.randomUUID(), session: crypto.randomUUID() }
    const ours = accessTokens({ keys, issuer: 'codeant', seconds: 600, now })
    const elsewhere = accessTokens({ keys, issuer: 'elsewhere', seconds: 600, now })
    const { text } = await ours.sign(subject)
    assert.deepEqual(await ours.verify(text), subject)
    assert.equal(await ours.verify((await elsewhere.sign(subject)).text), undefined)
    time += 600_000
    assert.equal(await ours.verify(text), undefined)
  })

  test('a key signs for a month, is published for a day more, and is gone then; a new secret begins a new one', async () => {
    const engine = await openEmbedded()
    try {
      await migrate(engine)
      const database = openDatabase(engine)
      let time = Date.now()
      const now = () => time
      const keys = signingKeys({ database, seal: sealWith('secret', 'test'), now })
      const first = await keys.current()
      assert.equal((await keys.current()).kid, first.kid)
      time += 30 * 86_400_000
      const second = await keys.current()
      assert.notEqual(second.kid, first.kid)
      const kids = async () => (await keys.published()).map(it => it.kid)
      assert.deepEqual(await kids(), [second.kid, first.kid])
      const changed = signingKeys({ database, seal: sealWith('another', 'test'), now })
      assert.notEqual((await changed.current()).kid, second.kid)
      assert.ok(await changed.verifier(second.kid))
      time += 86_400_000
      assert.equal(await keys.verifier(first.kid), undefined)
      assert.ok(await keys.verifier(second.kid))
    } finally {
      await engine.close()
    }
  })

  test('private keys lie sealed, and another secret opens none', async () => {
    const seal = sealWith('secret', 'signing keys')
    const sealed = seal.seal('private')
    assert.equal(seal.open(sealed), 'private')
    assert.notEqual(seal.seal('private'), sealed)
    assert.throws(() => sealWith('other', 'signing keys').open(sealed))
    assert.throws(() => sealWith('secret', 'other purpose').open(sealed))
    const rows = await gateway.parts.database.asSystem(session =>
      session.query<{ sealed_key: string }>('SELECT * FROM signing_keys'),
    )
    assert.ok(rows.length > 0 && rows.every(it => !JSON.stringify(it).includes('PRIVATE KEY')))
  })
})

describe('devices', () => {
  test('a code that somebody approves lets the device in as that person, once', async () => {
    const ana = await join(gateway, 'device@example.com', 'developer')
    const begun = await json<Device>(await form(gateway, '/oauth/device', { client_id: 'codeant on laptop' }))
    assert.match(begun.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    assert.ok(begun.verification_uri.startsWith(gateway.url))
    assert.equal((await fetch(begun.verification_uri_complete)).status, 200)
    assert.deepEqual(await polled(begun.device_code), [400, 'authorization_pending'])
    assert.deepEqual(await polled(begun.device_code), [400, 'slow_down'])
    const code = begun.user_code.toLowerCase()
    const shown = await json(
      await call(gateway, 'GET', `/api/v1/devices/${code}`, { token: ana.access_token }),
    )
    assert.deepEqual(shown, { client: 'codeant on laptop' })
    assert.equal((await approve(gateway, code, ana.access_token)).status, 200)
    const answer = await form(gateway, '/oauth/token', { grant_type: DEVICE, device_code: begun.device_code })
    const { access_token } = await json<Grant>(answer)
    const me = await json<{ user: { email: string } }>(
      await call(gateway, 'GET', '/api/v1/me', { token: access_token }),
    )
    assert.equal(me.user.email, 'device@example.com')
    assert.deepEqual(await polled(begun.device_code), [400, 'expired_token'])
    assert.equal((await approve(gateway, code, ana.access_token)).status, 404)
  })

  test('an admin approves for somebody of the team; nobody else does; nobody in particular has to say for whom', async () => {
    const ana = await join(gateway, 'for-whom@example.com', 'user')
    await join(gateway, 'somebody@example.com', 'user')
    const { user_code, device_code } = await json<Device>(await form(gateway, '/oauth/device', {}))
    const email = 'somebody@example.com'
    assert.equal((await approve(gateway, user_code, ana.access_token, email)).status, 403)
    assert.equal((await approve(gateway, user_code, ana.access_token, 'nobody@example.com')).status, 403)
    assert.equal((await approve(gateway, user_code, gateway.key)).status, 400)
    assert.equal((await approve(gateway, user_code, gateway.key, 'nobody@example.com')).status, 404)
    assert.equal((await approve(gateway, user_code, gateway.key, email)).status, 200)
    const answer = await form(gateway, '/oauth/token', { grant_type: DEVICE, device_code })
    assert.equal(answer.status, 200)
  })

  test('one that is refused hears so', async () => {
    const { user_code, device_code } = await json<Device>(await form(gateway, '/oauth/device', {}))
    assert.equal((await gateway.fetch(`/api/v1/devices/${user_code}`, { method: 'DELETE' })).status, 204)
    assert.deepEqual(await polled(device_code), [400, 'access_denied'])
  })
})

test('without a provider there is none to log in with, and the page is told so', async () => {
  for (const path of ['/login', '/login/callback?code=a&state=b'])
    assert.equal((await fetch(gateway.url + path, { redirect: 'manual' })).status, 404)
  assert.deepEqual(await json(await fetch(`${gateway.url}/device/login`)), {
    provider: null,
    user: null,
    waiting: null,
  })
})

interface Device {
  readonly verification_uri_complete: string
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
}

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

function refreshed(refresh_token: string): Promise<Response> {
  return form(gateway, '/oauth/token', { grant_type: 'refresh_token', refresh_token })
}

async function polled(device_code: string): Promise<readonly [number, string]> {
  const answer = await form(gateway, '/oauth/token', { grant_type: DEVICE, device_code })
  return [answer.status, (await json<{ error: string }>(answer)).error]
}

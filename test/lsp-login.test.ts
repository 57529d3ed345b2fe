// The language server and a person's login: the one that the command line keeps, kept up by whoever needs it, and what happens when it ends.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  ENDPOINT_CHANGED,
  ENDPOINT_SIGN_IN,
  ENDPOINT_SIGN_IN_CODE,
  ENDPOINT_SIGN_OUT,
  type SignInCode,
  type SignInResult,
} from '@codeant/shared/endpoint.ts'
import { EndpointLogins } from '../server/src/host/node/endpoint-logins.ts'
import { startGateway, type TestGateway } from './endpoint/support/gateway.ts'
import { approve, call, join as comeIn, form, type Grant } from './endpoint/support/people.ts'
import { fakeVllm } from './support/endpoint/fake-vllm.ts'
import { withEndpoint } from './support/endpoint/lsp-endpoint.ts'

let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

test('the login of the command line serves the editor, which makes it new when it is too old', () =>
  withEndpoint(
    { remote: { endpoint: gateway.url, timeout: 20 }, threshold: 0.2 },
    async ({ client, folder, slip, touch, until, learned, status }) => {
      const logins = new EndpointLogins({ CODEANT_CONFIG: join(folder.path, '.config') })
      const keep = (grant: Grant, accessUntil: number) => {
        const { access_token: accessToken, refresh_token: refreshToken } = grant
        const login = { base: `${gateway.url}/`, accessToken, refreshToken, accessUntil }
        mkdirSync(dirname(logins.file), { recursive: true })
        writeFileSync(logins.file, JSON.stringify({ [gateway.url]: login }), { mode: 0o600 })
      }
      writeFileSync(join(folder.path, '.models', 'bug-finder', 'bug-finder.onnx'), 'damaged')
      slip()
      await until('nobody is logged in', () => status()?.endpoint?.trouble === 'refused')

      const first = await comeIn(gateway, 'editor@example.com', 'user')
      // As the command line keeps it, a minute too old.
      keep(first, Date.now() - 60_000)
      client.notify(ENDPOINT_CHANGED, {})
      touch()
      await until('the gateway answers', () => learned().length === 1)
      await until('all is well', () => status()?.endpoint?.state === 'ready')
      const renewed = logins.get(gateway.url)!
      assert.notEqual(renewed.refreshToken, first.refresh_token)

      // Somebody logs out on another computer.
      await form(gateway, '/oauth/revoke', { token: renewed.refreshToken })
      touch()
      await until('the session is over', () => status()?.endpoint?.trouble === 'refused')
      assert.deepEqual(learned(), [])

      keep(await comeIn(gateway, 'again@example.com', 'user'), Date.now() + 600_000)
      client.notify(ENDPOINT_CHANGED, {})
      touch()
      await until('the next login serves', () => learned().length === 1)
      assert.ok(!client.log.join('').includes(first.refresh_token))
    },
  ))

test('an editor logs in with a code that it shows, may take that back, and logs out', () =>
  withEndpoint({ remote: { endpoint: gateway.url } }, async ({ client, folder, consents }) => {
    const leo = await comeIn(gateway, 'leo@example.com', 'user')
    const shown: SignInCode[] = []
    let decide = (code: string) => approve(gateway, code, leo.access_token)
    client.connection.onNotification(ENDPOINT_SIGN_IN_CODE, (it: SignInCode) => {
      shown.push(it)
      void decide(it.code)
    })
    const signIn = () => client.request<SignInResult>(ENDPOINT_SIGN_IN, { editor: 'an editor' })
    assert.deepEqual(await signIn(), { kind: 'signed-in', origin: gateway.url, who: 'leo@example.com' })
    assert.deepEqual(shown[0], {
      host: new URL(gateway.url).host,
      code: shown[0]!.code,
      page: `${gateway.url}/device`,
      pageWithCode: `${gateway.url}/device?code=${shown[0]!.code}`,
    })
    const logins = new EndpointLogins({ CODEANT_CONFIG: join(folder.path, '.config') })
    const { accessToken } = logins.get(gateway.url)!

    decide = code => call(gateway, 'DELETE', `/api/v1/devices/${code}`, { token: leo.access_token })
    assert.deepEqual(await signIn(), { kind: 'denied', origin: gateway.url })
    assert.equal(logins.get(gateway.url)?.accessToken, accessToken)

    const signOut = () => client.request(ENDPOINT_SIGN_OUT, {})
    assert.deepEqual(await signOut(), { host: new URL(gateway.url).host, isEnded: true })
    assert.equal(await signOut(), null)
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: accessToken })).status, 401)
    assert.deepEqual(consents, [], 'nothing of the workspace was to be sent')
  }))

test('an engine without logins says that a key serves', async () => {
  const engine = await fakeVllm().start()
  try {
    await withEndpoint({ remote: { endpoint: engine.url } }, async ({ client }) => {
      const ask = () => client.request<SignInResult>(ENDPOINT_SIGN_IN, { editor: 'an editor' })
      assert.deepEqual(await ask(), { kind: 'no-logins', origin: engine.url })
      await engine.stop()
      assert.deepEqual(await ask(), { kind: 'trouble', origin: engine.url, trouble: 'unreachable' })
    })
  } finally {
    await engine.stop()
  }
})

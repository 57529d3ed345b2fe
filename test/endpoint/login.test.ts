// People log in with the company's provider, a real one on a real port, and let a device in: and whoever should not come in does not.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { call, form, type Grant } from './support/people.ts'
import { type Account, startProvider, TestBrowser, type TestProvider } from './support/provider.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const ANA: Account = { sub: 'ana-1', email: 'ana@example.com', email_verified: true, name: 'Ana' }

let provider: TestProvider
const gateways: TestGateway[] = []

before(async () => {
  provider = await startProvider()
})
after(async () => {
  for (const it of gateways) await it.stop()
  await provider.close()
})

describe('a device', () => {
  let gateway: TestGateway
  before(async () => {
    gateway = await start({ 'oidc.domains': 'example.com', 'oidc.join': 'developer' })
  })

  test('is let in by who logged in with the provider', async () => {
    provider.account = ANA
    const browser = new TestBrowser()
    const { user_code, device_code } = await begun(gateway)
    const at = await logIn(gateway, browser, user_code)
    assert.equal(at, `${gateway.url}/device?code=${user_code}`)
    assert.deepEqual(await json(await browser.fetch(`${gateway.url}/device/login`)), {
      provider: { name: new URL(provider.issuer).host, url: `${gateway.url}/login` },
      user: { email: ANA.email, role: 'developer', team: 'default' },
    })
    const answer = await approve(gateway, browser, user_code)
    assert.deepEqual([answer.status, await json(answer)], [200, { email: ANA.email, client: 'laptop' }])
    const grant = await json<Grant>(await form(gateway, '/oauth/token', { grant_type: DEVICE, device_code }))
    const me = await json<{ user: { email: string; name: string; role: string } }>(
      await call(gateway, 'GET', '/api/v1/me', { token: grant.access_token }),
    )
    assert.deepEqual([me.user.email, me.user.name, me.user.role], [ANA.email, 'Ana', 'developer'])
    // For one device: the next one needs a login of its own.
    const next = await begun(gateway)
    assert.equal((await approve(gateway, browser, next.user_code)).status, 401)
  })
})

function start(settings: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const { issuer, client } = provider
  return startGateway({
    'oidc.issuer': issuer,
    'oidc.clientId': client.id,
    'oidc.clientSecret': client.secret,
    'oidc.scopes': 'openid email profile groups',
    ...settings,
  }).then(it => {
    gateways.push(it)
    return it
  })
}

function begun(gateway: TestGateway): Promise<{ user_code: string; device_code: string }> {
  return form(gateway, '/oauth/device', { client_id: 'laptop' }).then(it => json(it))
}

/** Back at the gateway's page: its address. */
function logIn({ url }: TestGateway, browser: TestBrowser, code?: string): Promise<string> {
  const from = code === undefined ? `${url}/login` : `${url}/login?code=${code}`
  return browser.until(from, it => it.startsWith(`${url}/device`))
}

function approve({ url }: TestGateway, browser: TestBrowser, code: string, origin = url): Promise<Response> {
  return browser.fetch(`${url}/device/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ code, isAllowed: true }),
  })
}

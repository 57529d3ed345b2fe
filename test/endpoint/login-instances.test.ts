// A login that one instance of the gateway begins and another one ends: they share a PostgreSQL and the operator's secret, and no memory.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, startGateway } from './support/gateway.ts'
import { form } from './support/people.ts'
import { startPostgres } from './support/postgres.ts'
import { startProvider, TestBrowser } from './support/provider.ts'

test('a login ends at another instance than the one where it began', async context => {
  const postgres = await startPostgres()
  if (!postgres) return context.skip('PostgreSQL is not installed here')
  const provider = await startProvider()
  provider.account = { sub: 'ana', email: 'ana@example.com', email_verified: true }
  const settings = {
    'database.url': postgres.url,
    'identity.secret': 'of-both-instances',
    'oidc.issuer': provider.issuer,
    'oidc.clientId': provider.client.id,
    'oidc.clientSecret': provider.client.secret,
    'oidc.domains': 'example.com',
    'oidc.join': 'user',
  }
  const first = await startGateway(settings)
  // As people reach both: through what balances the load.
  const second = await startGateway({ ...settings, 'http.publicUrl': first.url })
  try {
    const { user_code, device_code } = await json<{ user_code: string; device_code: string }>(
      await form(first, '/oauth/device', { client_id: 'laptop' }),
    )
    const browser = new TestBrowser()
    const callback = await browser.until(`${first.url}/login?code=${user_code}`, it =>
      it.startsWith(`${first.url}/login/callback`),
    )
    // The same browser, of whose requests this one comes to the other instance.
    for (const [name, value] of browser.cookies(first.url)) browser.cookies(second.url).set(name, value)
    const at = await browser.next(callback.replace(first.url, second.url))
    assert.equal(at, `${first.url}/device?code=${user_code}`)
    const approval = await browser.fetch(`${second.url}/device/approval`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: first.url },
      body: JSON.stringify({ code: user_code, isAllowed: true }),
    })
    assert.equal(approval.status, 200)
    // What came back once does not come back again, there neither.
    assert.match(await browser.next(callback), /problem=expired/)
    const grant = await form(first, '/oauth/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code,
    })
    assert.equal(grant.status, 200)
  } finally {
    await Promise.all([first.stop(), second.stop(), provider.close()])
    await postgres.close()
  }
})

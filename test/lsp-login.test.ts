// The language server and a person's login: the one that the command line keeps, kept up by whoever needs it, and what happens when it ends.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { ENDPOINT_CHANGED } from '@codeant/shared/endpoint.ts'
import { EndpointLogins } from '../server/src/host/node/endpoint-logins.ts'
import { startGateway, type TestGateway } from './endpoint/support/gateway.ts'
import { join as comeIn, form, type Grant } from './endpoint/support/people.ts'
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

// The pages of the endpoint in a real browser: they run under their own policy, ask nobody else, and fit a telephone in the dark.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page, Route } from 'playwright-core'
import { json, startGateway, type TestGateway } from '../endpoint/support/gateway.ts'
import { form, type Grant } from '../endpoint/support/people.ts'
import { startProvider, type TestProvider } from '../endpoint/support/provider.ts'
import { type BrowserOptions, openBrowser } from './support/browser.ts'
import { withEditors } from './support/require-editors.ts'
import { waitFor } from './support/wait-for.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const TELEPHONE = { width: 360, height: 740 }

let provider: TestProvider
let gateway: TestGateway

before(async () => {
  provider = await startProvider()
  provider.account = { sub: 'ana', email: 'ana.con.un.nombre.largo@example.com', email_verified: true }
  gateway = await startGateway({
    'oidc.issuer': provider.issuer,
    'oidc.clientId': provider.client.id,
    'oidc.clientSecret': provider.client.secret,
    'oidc.domains': 'example.com',
    'oidc.join': 'developer',
  })
})
after(async () => {
  await gateway.stop()
  await provider.close()
})

test(
  'somebody logs in with the provider and lets a device in, on a telephone in Spanish',
  withEditors(['chromium'], () =>
    looking({ locale: 'es-ES' }, async page => {
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize(TELEPHONE)
      const { user_code, device_code } = await begun()
      await page.goto(`${gateway.url}/device?code=${user_code}&problem=mfa`)
      await page.getByText('segundo factor').waitFor()
      await fits(page)
      await page.getByRole('button', { name: /^Iniciar sesión con 127/ }).click()
      await page.getByText('Eres ana.con.un.nombre.largo@example.com').waitFor()
      await page.getByText('Quiere entrar: laptop').waitFor()
      // What the provider gave to this page stays in no address.
      assert.equal(page.url(), `${gateway.url}/device?code=${user_code}`)
      await fits(page)
      await page.getByRole('button', { name: 'Autorizar' }).click()
      await page.getByText('laptop ha entrado como ana').waitFor()
      const grant = await json<Grant>(
        await form(gateway, '/oauth/token', { grant_type: DEVICE, device_code }),
      )
      assert.ok(grant.access_token)
      assert.equal(await page.evaluate('document.cookie'), '')
    }),
  ),
)

test(
  'with a key it is let in as well, and a wrong one is told',
  withEditors(['chromium'], () =>
    looking({ locale: 'en-US' }, async page => {
      const { user_code, device_code } = await begun()
      await page.goto(`${gateway.url}/device?code=${user_code.toLowerCase()}`)
      await page.getByText('With a key instead').click()
      await page.getByLabel('Your key').fill('ca_wrong')
      await page.getByRole('button', { name: 'Let it in' }).click()
      await page.getByText('Give an API key').waitFor()
      await page.getByLabel('Your key').fill(gateway.key)
      await page.getByLabel('Your key').blur()
      await page.getByText('It wants in: laptop').waitFor()
      await page.getByRole('button', { name: 'Refuse' }).click()
      await page.getByText('It was refused.').waitFor()
      const answer = await form(gateway, '/oauth/token', { grant_type: DEVICE, device_code })
      assert.equal((await json<{ error: string }>(answer)).error, 'access_denied')
    }),
  ),
)

test(
  'the description is read and tried out, narrow and wide',
  withEditors(['chromium'], () =>
    looking({ locale: 'es-ES' }, async page => {
      // Whoever types before the description has come finds the same.
      const held: Route[] = []
      await page.route('**/openapi.json', route => void held.push(route))
      await page.goto(`${gateway.url}/api/v1/docs`, { waitUntil: 'commit' })
      await page.getByLabel('Clave').fill(gateway.key)
      await page.getByLabel('Buscar').fill('get /api/v1/me ')
      await (await waitFor('the description is asked for', () => held[0])).continue()
      const operation = page.locator('details.operation:visible')
      await operation.locator('summary').first().click()
      await operation.getByRole('button', { name: 'Enviar' }).click()
      await operation.getByText('200 OK').waitFor()
      assert.match(await operation.locator('pre').first().innerText(), /"admin"/)
      await fits(page)
      await page.setViewportSize(TELEPHONE)
      await page.getByLabel('Buscar').fill('')
      await fits(page)
    }),
  ),
)

test(
  'a question is asked over GraphQL, and the schema is shown where it may be',
  withEditors(['chromium'], () =>
    looking({ locale: 'es-ES' }, async page => {
      await page.goto(`${gateway.url}/graphql`)
      await page.getByLabel('Clave').fill(gateway.key)
      await page.getByRole('button', { name: 'Preguntar', exact: true }).click()
      await page.getByText('200 OK').waitFor()
      assert.match(await page.locator('#answer').innerText(), /"bug-finder"/)
      await page.getByRole('button', { name: 'Mostrar qué' }).click()
      await page.getByText('no muestra su esquema').waitFor()
      await fits(page)
      await page.setViewportSize(TELEPHONE)
      await fits(page)
      if (process.env.LOOK) await page.screenshot({ path: process.env.LOOK, fullPage: true })
    }),
  ),
)

/** What goes wrong in the page, and whom else it asks, fails the test. */
async function looking(options: BrowserOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const { page, outside, close } = await openBrowser(options)
  const wrong: string[] = []
  page.on('pageerror', it => wrong.push(it.message))
  // A policy that forbids what the page does is told here, too.
  page.on('console', it => {
    if (it.type() === 'error' && !/status of 40[014]/.test(it.text())) wrong.push(it.text())
  })
  try {
    await look(page)
    assert.deepEqual([wrong, outside], [[], []])
  } finally {
    await close()
  }
}

/** Nothing is wider than the window. */
async function fits(page: Page): Promise<void> {
  const [wide, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  )
  assert.ok(wide <= window, `${wide} in ${window}`)
}

async function begun(): Promise<{ user_code: string; device_code: string }> {
  return json(await form(gateway, '/oauth/device', { client_id: 'laptop' }))
}

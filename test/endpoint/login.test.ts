// People log in with the company's provider, a real one on a real port, and let a device in: and whoever should not come in does not.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { browserCookie } from '../../deploy/gateway/src/identity/browser-cookie.ts'
import type { LoginRefused } from '../../deploy/gateway/src/identity/login-problem.ts'
import { personOf } from '../../deploy/gateway/src/identity/provider-person.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { addUser } from '../../deploy/gateway/src/store/users.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { call, form, type Grant, invite } from './support/people.ts'
import {
  type Account,
  PUBLIC_CLIENT,
  startProvider,
  TestBrowser,
  type TestProvider,
} from './support/provider.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const STRONG = 'urn:example:strong'
const TEAM = '11111111-2222-4333-8444-555555555555'

let provider: TestProvider
/** Whoever has an address of the company joins. */
let open: TestGateway
/** Who was invited comes in, and only with a second factor. */
let strict: TestGateway
/** The provider decides about roles and teams, and takes the gateway without a secret. */
let ruled: TestGateway

before(async () => {
  provider = await startProvider()
  ;[open, strict, ruled] = await Promise.all([
    start({ 'oidc.domains': 'example.com', 'oidc.join': 'developer' }),
    start({ 'oidc.amr': 'mfa, hwk', 'oidc.acr': STRONG }),
    start({
      'oidc.clientId': PUBLIC_CLIENT,
      'oidc.roles': 'leads=admin, staff=user',
      'oidc.teamClaim': 'org',
      'oidc.teams': `acme=${TEAM}, closed=${TEAM.replaceAll('1', '9')}`,
    }),
  ])
})
after(async () => {
  await Promise.all([open, strict, ruled].map(it => it.stop()))
  await provider.close()
})

describe('a device', () => {
  test('is let in by who logged in with the provider', async () => {
    provider.account = account('ana', { name: 'Ana' })
    const browser = new TestBrowser()
    const { user_code, device_code } = await begun(open)
    assert.equal(await logIn(open, browser, user_code), `${open.url}/device?code=${user_code}`)
    assert.deepEqual(await seen(open, browser, user_code), {
      provider: { name: new URL(provider.issuer).host, url: `${open.url}/login` },
      user: { email: 'ana@example.com', role: 'developer', team: 'default' },
      waiting: { client: 'laptop' },
    })
    // What waits is told to nobody who is not in.
    assert.equal((await seen(open, new TestBrowser(), user_code)).waiting, null)
    const answer = await approve(open, browser, user_code)
    assert.deepEqual(
      [answer.status, await json(answer)],
      [200, { email: 'ana@example.com', client: 'laptop' }],
    )
    const grant = await json<Grant>(await form(open, '/oauth/token', { grant_type: DEVICE, device_code }))
    const me = await json<Me>(await call(open, 'GET', '/api/v1/me', { token: grant.access_token }))
    assert.deepEqual([me.user.email, me.user.name, me.user.role], ['ana@example.com', 'Ana', 'developer'])
    // For one device: the next one needs a login of its own.
    assert.equal((await approve(open, browser, (await begun(open)).user_code)).status, 401)
    assert.equal((await seen(open, browser)).user, null)
  })

  test('is refused by them as well', async () => {
    provider.account = account('rita')
    const browser = new TestBrowser()
    const { user_code, device_code } = await begun(open)
    await logIn(open, browser, user_code)
    assert.equal((await approve(open, browser, user_code, { isAllowed: false })).status, 200)
    const answer = await form(open, '/oauth/token', { grant_type: DEVICE, device_code })
    assert.equal((await json<{ error: string }>(answer)).error, 'access_denied')
  })

  test('is not there under a code that nobody shows', async () => {
    provider.account = account('nora')
    const browser = new TestBrowser()
    await logIn(open, browser)
    assert.equal((await approve(open, browser, 'BBBB-BBBB')).status, 404)
    // And whoever is somebody else says so, which ends it.
    const path = `${open.url}/device/login`
    assert.equal((await browser.fetch(path, { method: 'DELETE', headers: { origin: open.url } })).status, 204)
    assert.equal((await seen(open, browser)).user, null)
    // The provider would say the same again, without asking: so it is asked to ask.
    const prompt = async (query: string) =>
      new URL(await browser.next(`${open.url}/login${query}`)).searchParams.get('prompt')
    assert.deepEqual([await prompt(''), await prompt('?fresh=true')], [null, 'login'])
  })
})

describe('somebody', () => {
  test('comes in as what they were invited as, and the invitation is used up', async () => {
    const { code } = await invite(strict, 'Inga@Example.org', 'read-only')
    provider.account = account('inga', { email: 'inga@example.org', ...STRONGLY })
    assert.deepEqual(await outcome(strict), { email: 'inga@example.org', role: 'read-only', team: 'default' })
    assert.equal((await call(strict, 'POST', '/api/v1/invitations/accept', { body: { code } })).status, 404)
  })

  test('whom nobody invited stays outside', async () => {
    provider.account = account('stranger', STRONGLY)
    assert.equal(await outcome(strict), 'unknown')
  })

  test('whose address the provider did not verify stays outside, whatever else is said of it', async () => {
    for (const email_verified of [false, undefined, 'no', 0, null]) {
      provider.account = account('ulla', { email_verified })
      assert.equal(await outcome(open), 'unverified', String(email_verified))
    }
    provider.account = { sub: 'nobody-in-particular' }
    assert.equal(await outcome(open), 'unverified')
  })

  test('of another domain stays outside, however like ours it looks', async () => {
    for (const email of [
      'eve@evil.example',
      'eve@notexample.com',
      'eve@example.com.evil.example',
      'eve@sub.example.com',
    ])
      assert.equal(await outcome(open, account('eve', { email })), 'domain', email)
  })

  test('is known by what the provider calls them, not by their address', async () => {
    provider.account = account('mia')
    const before = await userOf(open)
    provider.account = account('mia', { email: 'mia.new@example.com' })
    assert.equal(await userOf(open), before)
    // The address of before was given to somebody else there: they are not taken for her.
    provider.account = account('mia-2', { email: 'mia@example.com' })
    assert.equal(await outcome(open), 'taken')
    // Unless an admin says that it is her, with a new account.
    const path = `/api/v1/teams/${await teamOf(open)}/members/${before}/identities`
    assert.equal((await open.fetch(path, { method: 'DELETE' })).status, 204)
    assert.equal(await userOf(open), before)
    assert.deepEqual(
      (await audit(open)).filter(it => it.target === before).map(it => it.action),
      ['identity.bind', 'identity.unbind', 'identity.bind'],
    )
  })

  test('who was shut out stays so, whether they came before or not', async () => {
    provider.account = account('gone')
    const gone = await userOf(open)
    const session = await logged(open)
    await shutOut(open, gone)
    assert.equal(await outcome(open), 'removed')
    assert.equal((await seen(open, session)).user, null)
    // Neither does another account with that address, nor one that never came with the provider.
    assert.equal(await outcome(open, account('gone-2', { email: 'gone@example.com' })), 'removed')
    const never = await member(open, await teamOf(open), 'never@example.com')
    await shutOut(open, never)
    assert.equal(await outcome(open, account('never')), 'removed')
  })

  test('who proved less than is demanded is told so', async () => {
    await invite(strict, 'max@example.com', 'user')
    for (const it of [
      {},
      { amr: ['pwd'], acr: STRONG },
      { amr: ['pwd', 'mfa'] },
      { amr: ['mfa'], acr: 'urn:example:weak' },
    ])
      assert.equal(await outcome(strict, account('max', it)), 'mfa', JSON.stringify(it))
    assert.notEqual(await outcome(strict, account('max', STRONGLY)), 'mfa')
    // At every login, not only at the first.
    assert.equal(await outcome(strict, account('max', { amr: ['pwd'] })), 'mfa')
    const ended = (outcome: string) => strict.parts.metrics.logins.value({ outcome })
    assert.ok(ended('mfa') === 5 && ended('in') > 0, 'they are counted')
    assert.match(strict.log(), /amr is \[\\"pwd\\"\]/)
  })

  test('who changes their mind at the provider is back where they were', async () => {
    const { user_code } = await begun(open)
    provider.account = undefined
    const at = await logIn(open, new TestBrowser(), user_code)
    assert.equal(at, `${open.url}/device?code=${user_code}&problem=refused`)
  })
})

describe('teams and roles', () => {
  before(async () => {
    await ruled.parts.database.asSystem(session =>
      session.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [TEAM, 'acme']),
    )
  })

  test('are what the provider says, at every login', async () => {
    const role = async (groups: readonly string[]) => {
      const found = await outcome(ruled, account('lea', { groups, org: 'acme' }))
      return typeof found === 'string' ? found : `${found.role} of ${found.team}`
    }
    assert.equal(await role(['staff', 'leads', 'golf']), 'admin of acme')
    assert.equal(await role(['staff']), 'user of acme')
    // Who is in none of the groups any more does not go on as what they were.
    assert.equal(await role(['golf']), 'unknown')
    assert.equal(await role([]), 'unknown')
  })

  test('whose team is not said, or another one, stay outside', async () => {
    const groups = ['staff']
    assert.equal(await outcome(ruled, account('tim', { groups })), 'team')
    assert.equal(await outcome(ruled, account('tim', { groups, org: 'evil' })), 'team')
    // One that the settings name and that is not there (any more).
    assert.equal(await outcome(ruled, account('tim', { groups, org: 'closed' })), 'team')
    // Somebody of the other team here, whom the provider now counts to this one.
    const other = await teamOf(ruled)
    const userId = await member(ruled, other, 'old@example.com')
    await ruled.parts.database.asSystem(session =>
      session.query(
        'INSERT INTO provider_identities (issuer, subject, tenant_id, user_id) VALUES ($1, $2, $3, $4)',
        [provider.issuer, 'old', other, userId],
      ),
    )
    assert.equal(await outcome(ruled, account('old', { groups, org: 'acme' })), 'team')
  })

  test('who belongs to another team lets a device into that one, and sees nothing of this one', async () => {
    const theirs = await open.parts.database.asSystem(session => createTenant(session, 'theirs'))
    try {
      await member(open, theirs.id, 'theo@example.com')
      provider.account = account('theo')
      const browser = await logged(open)
      const { user_code, device_code } = await begun(open)
      assert.equal((await approve(open, browser, user_code)).status, 200)
      const grant = await json<Grant>(await form(open, '/oauth/token', { grant_type: DEVICE, device_code }))
      const token = { token: grant.access_token }
      const { teams } = await json<{ teams: { id: string }[] }>(
        await call(open, 'GET', '/api/v1/teams', token),
      )
      assert.deepEqual(
        teams.map(it => it.id),
        [theirs.id],
      )
      // Whom both know is let into neither, and whom none knows is not put into any.
      for (const it of [theirs.id, await teamOf(open)]) await member(open, it, 'both@example.com')
      assert.equal(await outcome(open, account('both')), 'team')
      assert.equal(await outcome(open, account('none')), 'team')
    } finally {
      await open.parts.database.asSystem(session =>
        session.query('DELETE FROM tenants WHERE id = $1', [theirs.id]),
      )
    }
  })
})

describe('an attacker', () => {
  /** Back from the provider, and not yet at the gateway. */
  const comingBack = async (browser: TestBrowser, sub: string) => {
    provider.account = account(sub)
    return browser.until(`${open.url}/login`, it => it.startsWith(`${open.url}/login/callback`))
  }
  const problemAt = async (browser: TestBrowser, url: string) =>
    new URL(await browser.next(url)).searchParams.get('problem')
  const changed = (url: string, name: string, value: string) => {
    const other = new URL(url)
    other.searchParams.set(name, value)
    return other.href
  }

  test('cannot make up the state', async () => {
    const browser = new TestBrowser()
    const callback = await comingBack(browser, 'state')
    assert.equal(await problemAt(browser, changed(callback, 'state', 'x'.repeat(43))), 'expired')
    const none = new URL(callback)
    none.searchParams.delete('state')
    assert.equal(await problemAt(browser, none.href), 'expired')
    assert.equal((await seen(open, browser)).user, null)
  })

  test('cannot log somebody else in as themselves: what began in one browser ends in it', async () => {
    const theirs = await comingBack(new TestBrowser(), 'attacker')
    const victim = new TestBrowser()
    assert.equal(await problemAt(victim, theirs), 'expired')
    // Nor when the victim is on their way as well.
    const more = await comingBack(new TestBrowser(), 'attacker')
    await comingBack(victim, 'victim')
    assert.equal(await problemAt(victim, more), 'expired')
    assert.equal((await seen(open, victim)).user, null)
  })

  test('cannot use a token that was made for another login', async () => {
    const browser = new TestBrowser()
    provider.account = account('nonce')
    const there = await browser.next(`${open.url}/login`)
    const back = await browser.until(changed(there, 'nonce', 'of-another-login'), it =>
      it.startsWith(`${open.url}/login/callback`),
    )
    assert.equal(await problemAt(browser, back), 'provider')
    assert.match(open.log(), /nonce/)
  })

  test('cannot use a code that they intercepted, nor one a second time', async () => {
    const browser = new TestBrowser()
    const callback = await comingBack(browser, 'code')
    const code = new URL(callback).searchParams.get('code')!
    // In a login of their own: the verifier is another one.
    const attacker = new TestBrowser()
    const own = await comingBack(attacker, 'thief')
    assert.equal(await problemAt(attacker, changed(own, 'code', code)), 'expired')
    const fresh = await comingBack(browser, 'code')
    const cookie = browser.cookies(open.url).get('codeant-login')!
    assert.equal(await problemAt(browser, fresh), null)
    // Also by who kept the cookie: the provider is not even asked.
    browser.cookies(open.url).set('codeant-login', cookie)
    const refusals = () => open.log().split('no such login began').length
    const before = refusals()
    assert.equal(await problemAt(browser, fresh), 'expired')
    assert.equal(refusals(), before + 1)
    const again = await comingBack(browser, 'code')
    const used = new URL(fresh).searchParams.get('code')!
    assert.equal(await problemAt(browser, changed(again, 'code', used)), 'expired')
  })

  test('cannot pass off another provider for ours', async () => {
    const browser = new TestBrowser()
    const callback = await comingBack(browser, 'mix')
    assert.equal(await problemAt(browser, changed(callback, 'iss', 'https://evil.example')), 'provider')
  })

  test('cannot send anybody elsewhere', async () => {
    const browser = new TestBrowser()
    for (const query of [
      'code=https://evil.example',
      'code=//evil.example',
      'next=https://evil.example',
      'code=BCDF-GHJK&redirect_uri=https://evil.example',
      'code=BCDF-GHJK%0d%0aset-cookie:x=1',
    ])
      assert.equal((await browser.fetch(`${open.url}/login?${query}`)).status, 400, query)
    const there = new URL(await browser.next(`${open.url}/login?code=BCDF-GHJK`))
    assert.equal(there.origin, provider.issuer)
    assert.equal(there.searchParams.get('redirect_uri'), `${open.url}/login/callback`)
    const callback = await comingBack(browser, 'redirect')
    const at = new URL(
      await browser.next(`${callback}&redirect_uri=https://evil.example&next=//evil.example`),
    )
    assert.equal(at.href.replace(/\?.*/, ''), `${open.url}/device`)
    assert.doesNotMatch(at.href, /evil/)
  })

  test('cannot put a browser into a login of theirs beforehand', async () => {
    const attacker = await logged(open, account('fixer'))
    const planted = attacker.cookies(open.url).get('codeant-browser')!
    const victim = new TestBrowser()
    victim
      .cookies(open.url)
      .set('codeant-browser', planted)
      .set('codeant-login', `cab_${'x'.repeat(43)}`)
    provider.account = account('fixed')
    await logIn(open, victim)
    assert.notEqual(victim.cookies(open.url).get('codeant-browser'), planted)
    assert.equal((await seen(open, victim)).user?.email, 'fixed@example.com')
    // Of two cookies with one name nobody knows whose they are.
    const own = victim.cookies(open.url).get('codeant-browser')
    const cookie = `codeant-browser=${planted}; codeant-browser=${own}`
    assert.equal(
      (await json<Seen>(await fetch(`${open.url}/device/login`, { headers: { cookie } }))).user,
      null,
    )
  })

  test('cannot let a device in from a page of their own', async () => {
    const browser = await logged(open, account('csrf'))
    const { user_code } = await begun(open)
    const foreign = [
      'https://evil.example',
      'null',
      `${open.url}.evil.example`,
      open.url.replace('http:', 'https:'),
      '',
    ]
    for (const origin of foreign)
      assert.equal((await approve(open, browser, user_code, { origin })).status, 403, origin)
    const answer = await browser.fetch(`${open.url}/device/approval`, {
      method: 'POST',
      headers: { origin: open.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: `code=${user_code}&isAllowed=true`,
    })
    assert.equal(answer.status, 415)
    assert.equal((await browser.fetch(`${open.url}/device/login`, { method: 'DELETE' })).status, 403)
    assert.equal((await approve(open, browser, user_code)).status, 200)
  })

  test('reads neither cookies nor logs', async () => {
    provider.account = account('secret')
    const begin = await fetch(`${open.url}/login`, { redirect: 'manual' })
    const [cookie] = begin.headers.getSetCookie()
    assert.match(cookie!, /^codeant-login=cab_[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/)
    const sent = new URL(begin.headers.get('location')!).searchParams
    assert.deepEqual(
      [sent.get('response_type'), sent.get('code_challenge_method'), sent.get('scope')],
      ['code', 'S256', 'openid email profile groups'],
    )
    const browser = new TestBrowser()
    const callback = await comingBack(browser, 'secret')
    const answer = await browser.fetch(callback)
    assert.match(
      answer.headers.getSetCookie().join(),
      /codeant-browser=[^;]+; Path=\/; HttpOnly; SameSite=Strict/,
    )
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
    const { searchParams } = new URL(callback)
    for (const it of [
      searchParams.get('code')!,
      searchParams.get('state')!,
      sent.get('nonce')!,
      'secret@',
      provider.client.secret,
    ])
      assert.ok(!open.log().includes(it))
  })
})

describe('the provider', () => {
  test('may be down: the endpoint starts and answers keys, the page says so, and it is used as soon as it is back', async () => {
    const away = await startProvider()
    await away.close()
    const settings = { 'oidc.issuer': away.issuer, 'oidc.domains': 'example.com', 'oidc.join': 'user' }
    const gateway = await start(settings)
    try {
      assert.equal((await gateway.fetch('/v2/models')).status, 200)
      const answer = await fetch(`${gateway.url}/login?code=BCDF-GHJK`, { redirect: 'manual' })
      assert.deepEqual(
        [answer.status, answer.headers.get('location')],
        [303, `${gateway.url}/device?code=BCDF-GHJK&problem=provider`],
      )
      const back = await startProvider(Number(new URL(away.issuer).port))
      try {
        // Under the same name another key than the one that signs what it says: somebody stands in between.
        const { keys } = await json<{ keys: object[] }>(await fetch(`${back.issuer}/jwks`))
        const { publicKey } = await generateKeyPair('RS256')
        const forged = await exportJWK(publicKey)
        back.keys = { keys: keys.map(it => ({ ...it, ...forged })) }
        back.account = account('forged')
        const at = await logIn(gateway, new TestBrowser())
        assert.equal(at, `${gateway.url}/device?problem=provider`)
        assert.match(gateway.log(), /signature/)
      } finally {
        await back.close()
      }
    } finally {
      await gateway.stop()
    }
  })
})

test('with TLS, no neighbour can have put a cookie there, and none travels without it', () => {
  const cookie = browserCookie('login', 'https://codeant.example.com')
  const written = cookie.write('x', { sameSite: 'Lax', seconds: 600 })
  assert.equal(written, '__Host-codeant-login=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure')
  assert.equal(cookie.read({ cookie: 'codeant-login=planted; __Host-codeant-login=x' }), 'x')
  assert.equal(cookie.read({ cookie: '__Host-codeant-login=x; __Host-codeant-login=y' }), undefined)
})

test('how long ago somebody proved who they are counts as well, and whoever does not say it did not', () => {
  const now = Date.now()
  const seconds = Math.floor(now / 1000)
  const demands = { ...open.parts.config.oidc, maxAge: 300 }
  const at = (auth_time: unknown) => {
    const token = { iss: 'i', sub: 's', auth_time }
    return () => personOf({ token, person: { email: 'a@example.com', email_verified: true } }, demands, now)
  }
  assert.equal(at(seconds - 200)().subject, 's')
  for (const it of [seconds - 3600, undefined, String(seconds), null])
    assert.throws(at(it), (error: LoginRefused) => error.problem === 'mfa')
})

const STRONGLY = { amr: ['pwd', 'mfa'], acr: STRONG }

interface Me {
  readonly user: { readonly id: string; readonly email: string; readonly name: string; readonly role: string }
}

interface Seen {
  readonly provider: object | null
  readonly user: { readonly email: string; readonly role: string; readonly team: string } | null
  readonly waiting: { readonly client: string } | null
}

/** Of the company, unless it is said otherwise. */
function account(sub: string, more: Partial<Account> = {}): Account {
  return { sub, email: `${sub}@example.com`, email_verified: true, ...more }
}

function start(settings: Readonly<Record<string, string>>): Promise<TestGateway> {
  const { id, secret } = provider.client
  const client: Record<string, string> = settings['oidc.clientId']
    ? {}
    : { 'oidc.clientId': id, 'oidc.clientSecret': secret }
  return startGateway({
    'oidc.issuer': provider.issuer,
    ...client,
    'oidc.scopes': 'openid email profile groups',
    ...settings,
  })
}

async function begun(gateway: TestGateway): Promise<{ user_code: string; device_code: string }> {
  return json(await form(gateway, '/oauth/device', { client_id: 'laptop' }))
}

/** Back at the gateway's page: its address. */
function logIn({ url }: TestGateway, browser: TestBrowser, code?: string): Promise<string> {
  const from = code === undefined ? `${url}/login` : `${url}/login?code=${code}`
  return browser.until(from, it => it.startsWith(`${url}/device`))
}

async function logged(gateway: TestGateway, who = provider.account): Promise<TestBrowser> {
  provider.account = who
  const browser = new TestBrowser()
  await logIn(gateway, browser)
  return browser
}

/** Who came in, or why nobody did. */
async function outcome(
  gateway: TestGateway,
  who = provider.account,
): Promise<string | NonNullable<Seen['user']>> {
  provider.account = who
  const browser = new TestBrowser()
  const at = await logIn(gateway, browser)
  const { user } = await seen(gateway, browser)
  const problem = new URL(at).searchParams.get('problem')
  assert.equal(user === null, problem !== null, 'in or out')
  return problem ?? user!
}

async function seen({ url }: TestGateway, browser: TestBrowser, code?: string): Promise<Seen> {
  return json(await browser.fetch(`${url}/device/login${code === undefined ? '' : `?code=${code}`}`))
}

/** The id of whoever logs in now. */
async function userOf(gateway: TestGateway): Promise<string> {
  const browser = await logged(gateway)
  const token = browser.cookies(gateway.url).get('codeant-browser')!
  return (await json<Me>(await call(gateway, 'GET', '/api/v1/me', { token }))).user.id
}

function approve(
  { url }: TestGateway,
  browser: TestBrowser,
  code: string,
  { origin = url, isAllowed = true } = {},
): Promise<Response> {
  return browser.fetch(`${url}/device/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin && { origin }) },
    body: JSON.stringify({ code, isAllowed }),
  })
}

async function teamOf(gateway: TestGateway): Promise<string> {
  return (await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))).teams[0]!.id
}

async function member(gateway: TestGateway, tenant: string, email: string): Promise<string> {
  const made = await gateway.parts.database.asSystem(session =>
    addUser(session, tenant, { email, name: '', role: 'user' }),
  )
  return made!.id
}

async function shutOut(gateway: TestGateway, user: string): Promise<void> {
  const path = `/api/v1/teams/${await teamOf(gateway)}/members/${user}`
  const answer = await call(gateway, 'PATCH', path, { token: gateway.key, body: { isDisabled: true } })
  assert.equal(answer.status, 200)
}

async function audit(gateway: TestGateway): Promise<readonly { action: string; target: string }[]> {
  const answer = await gateway.fetch('/api/v1/audit?limit=100')
  return (await json<{ entries: { action: string; target: string }[] }>(answer)).entries
}

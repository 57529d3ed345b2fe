// Logging in with a code, against a token endpoint that says whatever a test wants: how often it is asked, and what is believed.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openInBrowser } from '../../server/src/host/node/browser.ts'
import { EgressLog } from '../../server/src/host/node/egress-log.ts'
import { LockTimeout, withLock } from '../../server/src/host/node/file-lock.ts'
import type { Letter, Send } from '../../server/src/inference/remote/egress.ts'
import { EndpointError } from '../../server/src/inference/remote/failure.ts'
import {
  awaitGrant,
  beginDeviceLogin,
  type DeviceCode,
  LoginRefused,
  refreshGrant,
} from '../../server/src/inference/remote/oauth.ts'
import { inFolder } from '../support/temporary-folder.ts'

const BASE = new URL('https://codeant.example.com/team/')
const { signal } = new AbortController()
const GRANT = { access_token: 'a', token_type: 'Bearer', expires_in: 600, refresh_token: 'r' }
const BEGUN = {
  device_code: 'cad_secret',
  user_code: 'BCDF-GHJK',
  verification_uri: 'https://codeant.example.com/device',
  expires_in: 60,
}

type Said = readonly [status: number, body: unknown] | 'gone'

/** Says one thing after the other, the last for ever, and writes down what it was asked. */
function saying(...all: readonly Said[]): Send & { readonly asked: string[] } {
  const asked: string[] = []
  const send: Send = async ({ url, body, credentials }) => {
    asked.push(`${url.pathname} ${body}`)
    for (const it of credentials ?? [])
      assert.ok(String(body).includes(it), 'named, so that nobody writes it down')
    const said = all[Math.min(asked.length, all.length) - 1]!
    if (said === 'gone') throw new EndpointError('unreachable', 'no answer')
    const [status, answer] = said
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
    return { status, header: () => undefined, body: [Buffer.from(text)] as never, account: () => {} }
  }
  return Object.assign(send, { asked })
}

/** Sleeping takes no time, and is written down in seconds. */
function clock() {
  const slept: number[] = []
  return {
    slept,
    now: () => slept.reduce((sum, it) => sum + it * 1000, 0),
    sleep: async (ms: number) => void slept.push(ms / 1000),
  }
}

const pending = (error: string): Said => [400, { error }]
const CODE: DeviceCode = {
  deviceCode: 'cad_secret',
  userCode: 'BCDF-GHJK',
  page: BASE,
  pageWithCode: BASE,
  seconds: 600,
  intervalSeconds: 3,
}

test('it asks as often as it was told to, and less often when that is too often or nobody answers', async () => {
  const send = saying(
    pending('authorization_pending'),
    pending('slow_down'),
    pending('authorization_pending'),
    'gone',
    [502, '<html>'],
    [200, GRANT],
  )
  const time = clock()
  assert.deepEqual(await awaitGrant(send, BASE, CODE, time, signal), {
    accessToken: 'a',
    refreshToken: 'r',
    seconds: 600,
  })
  assert.deepEqual(time.slept, [3, 3, 8, 8, 13, 18])
  assert.equal(
    send.asked[0],
    '/team/oauth/token grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=cad_secret',
  )
})

test('who is refused, or waits too long, is told so', async () => {
  const reasonOf = (...said: readonly Said[]) =>
    awaitGrant(saying(...said), BASE, CODE, clock(), signal).then(
      () => 'let in',
      (error: LoginRefused) => (error instanceof LoginRefused ? error.reason : error),
    )
  assert.equal(await reasonOf(pending('access_denied')), 'denied')
  assert.equal(await reasonOf(pending('expired_token')), 'expired')
  assert.equal(await reasonOf(pending('authorization_pending')), 'expired')
  assert.equal(await reasonOf([200, { access_token: 'a' }]), 'expired', 'half a grant is none')
})

test('what is no page of the web is not shown as one, and what is no login at all is told apart from nobody there', async () => {
  const begin = (said: Said) => beginDeviceLogin(saying(said), BASE, 'a computer', signal)
  const begun = await begin([200, BEGUN])
  assert.deepEqual([begun?.userCode, begun?.intervalSeconds], ['BCDF-GHJK', 5])
  assert.equal(begun?.pageWithCode.href, 'https://codeant.example.com/device')
  for (const page of ['javascript:alert(1)', 'file:///etc/passwd', 'vscode://x/y', '/device', 'https://a b'])
    assert.equal(await begin([200, { ...BEGUN, verification_uri: page }]), undefined, page)
  const painted = await begin([200, { ...BEGUN, verification_uri_complete: 'javascript:alert(1)' }])
  assert.equal(painted?.pageWithCode.protocol, 'https:')
  assert.equal(await begin([200, { ...BEGUN, user_code: '\u001b[2J' }]), undefined)
  for (const none of [
    [404, {}],
    [405, ''],
    [401, {}],
    [200, 'a page of a proxy'],
  ] as const)
    assert.equal(await begin(none), undefined)
  await assert.rejects(begin([503, {}]), { trouble: 'busy' })
  await assert.rejects(begin([302, '']), { trouble: 'redirected' })
  await assert.rejects(begin('gone'), { trouble: 'unreachable' })
})

test('a login is over only when the endpoint says so; anything else may pass', async () => {
  const refresh = (said: Said) => refreshGrant(saying(said), BASE, 'car_secret', signal)
  assert.equal(await refresh(pending('invalid_grant')), undefined)
  assert.equal((await refresh([200, GRANT]))?.refreshToken, 'r')
  await assert.rejects(refresh(pending('invalid_request')), { trouble: 'rejected' })
  await assert.rejects(refresh([503, {}]), { trouble: 'busy' })
  await assert.rejects(refresh([200, 'nonsense']), { trouble: 'garbled' })
})

test('a question that is asked again and again is kept once, so that it pushes out nothing that was sent of code', () =>
  inFolder('', async ({ path }) => {
    const journal = new EgressLog({ CODEANT_STATE: path }, { info() {}, warn() {}, error() {} })
    const letter = (body: string, purpose: Letter['purpose'] = 'account'): Letter => {
      return { method: 'POST', url: BASE, purpose, body, tokens: 0 }
    }
    for (const it of ['poll …', 'poll …', 'poll …', 'revoke …'])
      journal.begin(letter(it), 0, '').end({ status: 400 })
    for (const it of ['code', 'code']) journal.begin(letter(it, 'fix'), 0, '').end({ status: 200 })
    const { entries } = journal
    const [first] = entries
    assert.deepEqual(
      entries.map(it => it.contentOf),
      [undefined, first!.id, first!.id, undefined, undefined, undefined],
    )
    // Whoever reads it later, in another window, finds the same.
    const later = new EgressLog({ CODEANT_STATE: path }, { info() {}, warn() {}, error() {} })
    assert.deepEqual(
      entries.map(it => later.payload(it.id)),
      ['poll …', 'poll …', 'poll …', 'revoke …', 'code', 'code'],
    )
    assert.equal(readdirSync(journal.folder).filter(it => it.endsWith('.txt')).length, 4)
  }))

test('one at a time; whoever died, or took far too long, keeps nobody out, and whoever lives does', () =>
  inFolder('', async ({ path }) => {
    const file = join(path, 'folder', 'lock')
    const counter = join(path, 'counter')
    writeFileSync(counter, '0')
    const patience = { patienceMs: 5000, longestMs: 30_000 }
    const count = async () => {
      const before = Number(readFileSync(counter, 'utf8'))
      await new Promise(setImmediate)
      writeFileSync(counter, String(before + 1))
    }
    await Promise.all(Array.from({ length: 20 }, () => withLock(file, patience, count)))
    assert.equal(readFileSync(counter, 'utf8'), '20')
    await assert.rejects(
      withLock(file, patience, () => Promise.reject(new Error('broken'))),
      /broken/,
    )
    assert.equal(existsSync(file), false)

    // Nobody has this number: it is larger than any there can be.
    writeFileSync(file, `${hostname()} 4194305 x`)
    await withLock(file, patience, count)
    writeFileSync(file, 'another-computer 1 x')
    await assert.rejects(withLock(file, { patienceMs: 50, longestMs: 30_000 }, count), LockTimeout)
    utimesSync(file, new Date(0), new Date(0))
    await withLock(file, patience, count)
    assert.equal(readFileSync(counter, 'utf8'), '22')
  }))

test('nothing but a page of the web is opened', async () => {
  assert.equal(await openInBrowser(new URL('file:///etc/passwd'), { DISPLAY: ':0' }), false)
})

/** Where there is one, a browser would open before somebody's eyes. */
const hasOpener =
  process.platform !== 'linux' ||
  ['/usr/bin/wslview', '/usr/bin/xdg-open', '/usr/local/bin/xdg-open'].some(it => existsSync(it))

test(
  'no program of the folder one stands in opens it',
  { skip: hasOpener && 'a browser would really be opened here' },
  () =>
    inFolder('', async ({ path }) => {
      const before = process.cwd()
      mkdirSync(join(path, 'bin'))
      for (const it of ['xdg-open', 'bin/xdg-open'])
        writeFileSync(join(path, it), `#!/bin/sh\ntouch ${path}/ran\n`, { mode: 0o755 })
      process.chdir(path)
      try {
        const env = { DISPLAY: ':0', PATH: `.:${path}/bin` }
        assert.equal(await openInBrowser(new URL('https://codeant.example.com'), env), false)
      } finally {
        process.chdir(before)
      }
      assert.equal(existsSync(join(path, 'ran')), false)
    }),
)

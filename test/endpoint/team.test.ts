// `codeant team` and `codeant keys` at a real gateway: an admin with a key lets somebody in, who comes in, is changed, and goes.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { EgressLog } from '../../server/src/host/node/egress-log.ts'
import { EndpointLogins } from '../../server/src/host/node/endpoint-logins.ts'
import { codeant, type Ran, type RunOptions } from '../support/memory-terminal.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { startGateway, type TestGateway } from './support/gateway.ts'
import { call } from './support/people.ts'

type Run = (args: readonly string[], options?: Partial<RunOptions>) => Promise<Ran>

let gateway: TestGateway
before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

/** Two people at two computers: an admin who has the first key, and somebody whom nobody knows. */
function withPeople(
  work: (admin: Run, other: Run, homeOfOther: NodeJS.ProcessEnv) => Promise<void>,
): Promise<void> {
  return inFolder('', async folder => {
    const homeOf = (name: string) => ({
      CODEANT_CONFIG: join(folder.path, name, 'config'),
      CODEANT_STATE: join(folder.path, name, 'state'),
    })
    const at = (home: NodeJS.ProcessEnv): Run => {
      return (args, options = {}) => codeant(args, { cwd: folder.path, env: home, ...options })
    }
    const admin = at(homeOf('admin'))
    await admin(['auth', 'login', gateway.url], { typed: [gateway.key], isInteractive: false })
    await work(admin, at(homeOf('other')), homeOf('other'))
  })
}

test('somebody is invited, comes in, is changed, shut out and let in again', () =>
  withPeople(async (admin, other, homeOfOther) => {
    const invited = await admin(['team', 'invite', 'ana@example.com', '--role', 'developer', '--days', '3'])
    assert.equal(invited.code, 0, invited.err)
    assert.match(invited.out, /ana@example\.com is invited as developer/)
    const join = /codeant (team join cai_[\w-]{43} --endpoint http:\S+)/.exec(invited.out)![1]!.split(' ')
    assert.match((await admin(['team', 'list'])).out, /ana@example\.com +developer +invited until /)

    const joined = await other([...join, '--name', 'Ana'])
    assert.match(joined.out, /Logged in at \S+ as ana@example\.com \(developer, team default\)/)
    assert.equal((await other(join)).code, 2)
    // The code is in nothing that is written down.
    const log = new EgressLog(homeOfOther, { info() {}, warn() {}, error() {} })
    const [sent] = log.entries
    assert.equal(log.payload(sent!.id)?.includes('cai_'), false)
    assert.match(log.payload(sent!.id)!, /"client":"CodeAnt on /)

    assert.match(
      (await admin(['team', 'role', 'Ana@Example.com', '--role', 'user'])).out,
      /was developer and is user now/,
    )
    assert.match((await other(['auth', 'status'])).out, /May +user: infer, chat, analyze, functions, usage\n/)
    const forbidden = await other(['team', 'list'], { locale: 'es' })
    assert.deepEqual([forbidden.code, forbidden.err], [2, 'codeant: no tienes permiso para eso\n'])

    assert.match((await admin(['team', 'remove', 'ana@example.com'])).out, /is shut out/)
    assert.match(
      (await admin(['team', 'list'], { locale: 'es' })).out,
      /ana@example\.com +Ana +user +sin acceso desde el/,
    )
    const { accessToken } = new EndpointLogins(homeOfOther).get(gateway.url)!
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: accessToken })).status, 401)
    assert.match((await admin(['team', 'restore', 'ana@example.com'])).out, /may come in again, as user/)
    assert.match((await admin(['team', 'list'])).out, /Team default: 1 member\n/)
  }))

test('an invitation is taken back; what cannot be done is said in the language of the person', () =>
  withPeople(async (admin, other) => {
    const invited = await admin(['team', 'invite', 'leo@example.com'])
    const code = /cai_[\w-]{43}/.exec(invited.out)![0]
    assert.match(
      (await admin(['team', 'remove', 'leo@example.com'])).out,
      /invitation of leo@example\.com is taken back/,
    )
    const cases: readonly (readonly [Run, readonly string[], RegExp, RegExp])[] = [
      [other, ['team', 'join', code, '--endpoint', gateway.url], /does not count/, /ya\) no vale/],
      [
        other,
        ['team', 'join', 'x', '--endpoint', gateway.url],
        /no code of an invitation/,
        /no es el código/,
      ],
      [other, ['team', 'list', '--endpoint', gateway.url], /not logged in at/, /No has iniciado sesión/],
      [admin, ['team', 'invite', 'leo'], /no e-mail address/, /no es una dirección/],
      [admin, ['team', 'invite', 'a@b.c', '--days', '31'], /from 1 to 30/, /del 1 al 30/],
      [
        admin,
        ['team', 'role', 'nobody@example.com', '--role', 'user'],
        /nobody with the address/,
        /no hay nadie/,
      ],
      [admin, ['team', 'remove'], /Usage: codeant team/, /Uso: codeant team/],
      [admin, ['keys', 'create', 'k', '--scopes', 'all'], /"all" is no scope/, /«all» no es un permiso/],
      [admin, ['keys', 'revoke', 'k'], /no key called "k"/, /ninguna clave «k»/],
    ]
    for (const [who, args, en, es] of cases)
      for (const [locale, reason] of [
        ['en', en],
        ['es', es],
      ] as const) {
        const { code, err } = await who(args, { locale })
        assert.deepEqual([code, reason.test(err)], [2, true], `${args.join(' ')}: ${err}`)
      }
  }))

test('a key is made, works, is listed without its text, and is revoked by its name', () =>
  withPeople(async admin => {
    const made = await admin([
      'keys',
      'create',
      'build server',
      '--scopes',
      'infer,usage',
      '--days',
      '1',
      '--from',
      '127.0.0.0/8, ::1',
    ])
    assert.match(made.out, /The key "build server" counts for a day/)
    const key = /ca_[0-9a-f]{12}_[\w-]{43}/.exec(made.out)![0]
    assert.equal((await call(gateway, 'GET', '/v2', { token: key })).status, 200)
    const list = await admin(['keys', 'list'])
    assert.match(list.out, /^Name +Key +May +Until +Last used\n/)
    assert.match(list.out, /build server +ca_[0-9a-f]{12}_… +infer,usage \(from 127\.0\.0\.0\/8, ::1\) +\d/)
    assert.ok(!list.out.includes(key))
    assert.match((await admin(['keys', 'revoke', key.slice(0, 15)])).out, /"build server" \(ca_.* is revoked/)
    assert.equal((await call(gateway, 'GET', '/v2', { token: key })).status, 401)
    assert.doesNotMatch((await admin(['keys', 'list'])).out, /build server/)
  }))

// `codeant auth` at a real gateway: a code in the terminal, a person who approves it elsewhere, and a login that keeps itself up.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EgressLog } from '../../server/src/host/node/egress-log.ts'
import { EndpointCredentials } from '../../server/src/host/node/endpoint-credentials.ts'
import { EndpointLogins } from '../../server/src/host/node/endpoint-logins.ts'
import { codeant, type Ran, type RunOptions } from '../support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { approve, call, join as comeIn, type Grant } from './support/people.ts'

const SILENT = { info() {}, warn() {}, error() {} }
let gateway: TestGateway
let ana: Grant

before(async () => {
  gateway = await startGateway()
  ana = await comeIn(gateway, 'ana@example.com', 'developer')
})
after(() => gateway.stop())

interface Home {
  readonly folder: TemporaryFolder
  readonly env: NodeJS.ProcessEnv
  readonly run: (args: readonly string[], options?: Partial<RunOptions>) => Promise<Ran>
}

function atHome(work: (home: Home) => Promise<void>): Promise<void> {
  return inFolder('', async folder => {
    const env = { CODEANT_CONFIG: join(folder.path, '.config'), CODEANT_STATE: join(folder.path, '.state') }
    await work({
      folder,
      env,
      run: (args, options = {}) => codeant(args, { cwd: folder.path, env, isInteractive: true, ...options }),
    })
  })
}

/** Does something with the code as soon as the terminal shows it. */
function withCode(act: (code: string) => Promise<unknown>): (out: string) => void {
  let isDone = false
  return out => {
    const code = /[B-Z]{4}-[B-Z]{4}/.exec(out)?.[0]
    if (!code || isDone) return
    isDone = true
    void act(code)
  }
}

const logIn = (home: Home, options: Partial<RunOptions> = {}) =>
  home.run(['auth', 'login', gateway.url], {
    watch: withCode(code => approve(gateway, code, ana.access_token)),
    ...options,
  })

test('a code is shown, approved elsewhere, and the login is kept where only its owner reads it', () =>
  atHome(async home => {
    const login = await logIn(home, { typed: [''] })
    assert.equal(login.code, 0, login.err)
    assert.match(login.out, /Your code: {2}[B-Z]{4}-[B-Z]{4}\n\nType it in at http:\S+\/device on any device/)
    assert.match(login.out, /as ana@example\.com \(developer, team default\)/)
    const [page] = login.browsed
    assert.match(page ?? '', /\/device\?code=[B-Z]{4}-[B-Z]{4}$/)

    const { file } = new EndpointLogins(home.env)
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600)
    const { accessToken, refreshToken } = new EndpointLogins(home.env).get(gateway.url)!

    const status = await home.run(['auth', 'status', '--locale', 'es'])
    assert.match(status.out, /Sesión +ana@example\.com, de /)
    assert.match(
      status.out,
      /Equipo +default\nPermisos +developer: infer, chat, analyze, functions, usage, keys\nHasta +\d/,
    )
    assert.match((await home.run(['system', 'status'])).out, /Endpoint +http:\S+, logged in/)

    const logout = await home.run(['auth', 'logout'])
    assert.match(logout.out, /the session is over there, too/)
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: accessToken })).status, 401)
    assert.match((await home.run(['auth', 'status'])).out, /Key +none\n/)
    assert.match((await home.run(['auth', 'logout'])).out, /no key and no login/)

    // Every request is written down, and no token is.
    const { entries, folder } = new EgressLog(home.env, SILENT)
    assert.ok(entries.some(it => it.purpose === 'account' && it.url.endsWith('/oauth/revoke')))
    const written = readAll(folder) + login.out + status.out
    for (const it of [accessToken, refreshToken]) assert.ok(!written.includes(it))
    assert.doesNotMatch(written, /cad_/)
  }))

test('nobody is let in whom somebody refused, and nothing is opened that nobody asked for', () =>
  atHome(async home => {
    const refused = await home.run(['auth', 'login', gateway.url], {
      watch: withCode(code =>
        call(gateway, 'DELETE', `/api/v1/devices/${code}`, { token: ana.access_token }),
      ),
    })
    assert.equal(refused.code, 2)
    assert.match(refused.err, /refused in the browser; nothing was changed/)
    assert.deepEqual([refused.browsed, new EndpointLogins(home.env).origins], [[], []])
  }))

test('without a terminal, or with --key, a key is kept in place of a login', () =>
  atHome(async home => {
    const login = await logIn(home)
    assert.equal(login.code, 0, login.err)
    const { accessToken } = new EndpointLogins(home.env).get(gateway.url)!
    const piped = await home.run(['auth', 'login', gateway.url], {
      typed: [gateway.key],
      isInteractive: false,
    })
    assert.match(piped.out, /^Key for [\s\S]*accepts it/)
    assert.deepEqual(new EndpointLogins(home.env).origins, [])
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: accessToken })).status, 401)
    assert.match((await home.run(['auth', 'status'])).out, /Key +….{4}, from .*\nTeam +default\nMay +admin\n/)
  }))

test('of many processes that find the token too old, one makes it new, and all have it', () =>
  atHome(async home => {
    await logIn(home)
    const logins = new EndpointLogins(home.env)
    const before = logins.get(gateway.url)!
    writeFileSync(logins.file, JSON.stringify({ [gateway.url]: { ...before, accessUntil: 0 } }), {
      mode: 0o600,
    })
    // As somebody who was killed in the middle would have left it.
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    writeFileSync(`${logins.file}.lock`, `${hostname()} ${pid} x`)
    const askers = await Promise.all([1, 2, 3].map(() => startAsker(home)))
    const own = new EndpointCredentials(home.env, SILENT)
    const texts = await Promise.all([
      ...askers.map(ask => ask()),
      ...[1, 2].map(async () => (await own.of(gateway.url))!.text),
    ])
    const after = logins.get(gateway.url)!
    assert.notEqual(after.refreshToken, before.refreshToken)
    assert.deepEqual([...new Set(texts)], [after.accessToken])
    // Had two of them sent the same token, the session would be over.
    assert.equal((await call(gateway, 'GET', '/api/v1/me', { token: after.accessToken })).status, 200)
    const { entries } = new EgressLog(home.env, SILENT)
    assert.equal(entries.filter(it => it.url.endsWith('/oauth/token') && it.status === 200).length, 2)
  }))

test('a session that an admin ended is over here, too, and that is said', () =>
  atHome(async home => {
    await logIn(home)
    const logins = new EndpointLogins(home.env)
    const login = logins.get(gateway.url)!
    const { sessions } = await json<{ sessions: { id: string; isThis: boolean }[] }>(
      await call(gateway, 'GET', '/api/v1/sessions', { token: login.accessToken }),
    )
    await gateway.fetch(`/api/v1/sessions/${sessions.find(it => it.isThis)!.id}`, { method: 'DELETE' })
    assert.match(
      (await home.run(['auth', 'status'])).out,
      /Answer +the endpoint does not accept the key, or the login is over/,
    )
    writeFileSync(logins.file, JSON.stringify({ [gateway.url]: { ...login, accessUntil: 0 } }), {
      mode: 0o600,
    })
    assert.match((await home.run(['auth', 'status'])).out, /Key +none: the login is over/)
    assert.deepEqual(logins.origins, [])
  }))

/** Another process, which asks for the credential when it is told to and not before. */
async function startAsker({ env }: Home): Promise<() => Promise<string>> {
  const module = new URL('../../server/src/host/node/endpoint-credentials.ts', import.meta.url)
  const program = `import { EndpointCredentials } from ${JSON.stringify(fileURLToPath(module))}
    const log = { info() {}, warn() {}, error() {} }
    console.log('ready')
    process.stdin.once('data', async () => {
      console.log((await new EndpointCredentials(process.env, log).of(${JSON.stringify(gateway.url)})).text)
      process.exit()
    })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  assert.equal((await lines.next()).value, 'ready')
  return async () => {
    child.stdin.write('now')
    return String((await lines.next()).value)
  }
}

function readAll(folder: string): string {
  return readdirSync(folder)
    .map(it => readFileSync(join(folder, it), 'utf8'))
    .join('\n')
}

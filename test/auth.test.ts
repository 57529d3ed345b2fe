// `codeant auth` and what `codeant system status` says of the endpoint, against a fake engine that wants a key.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { FakeServer } from './support/endpoint/fake-server.ts'
import { fakeVllm } from './support/endpoint/fake-vllm.ts'
import { codeant, type Ran } from './support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from './support/temporary-folder.ts'

const KEY = 'a-key-of-the-team-9f3c'
let engine: FakeServer

before(async () => {
  engine = await fakeVllm().start()
  engine.key = KEY
})
after(() => engine.stop())

function inHome(
  run: (
    codeant: (args: readonly string[], typed?: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ran>,
    folder: TemporaryFolder,
  ) => Promise<void>,
): Promise<void> {
  return inFolder('', folder => {
    const home = {
      CODEANT_CONFIG: join(folder.path, '.config'),
      CODEANT_STATE: join(folder.path, '.state'),
      CODEANT_MODELS: join(folder.path, '.no-models'),
    }
    return run(
      (args, typed = [], env = {}) => codeant(args, { cwd: folder.path, typed, env: { ...home, ...env } }),
      folder,
    )
  })
}

test('a key is kept for one address, is never printed, and goes when it is told to', () =>
  inHome(async (codeant, folder) => {
    const login = await codeant(['auth', 'login', engine.url], [KEY])
    assert.equal(login.code, 0, login.err)
    assert.match(login.out, /has no logins; a key serves[\s\S]*accepts it/)
    const file = join(folder.path, '.config', 'endpoint-keys.json')
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { [engine.url]: KEY })
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600)

    const status = await codeant(['auth', 'status'])
    assert.match(status.out, /…9f3c, from .*\n.*The endpoint answers and accepts it/)
    assert.ok(!`${login.out}${login.err}${status.out}`.includes(KEY))

    const logout = await codeant(['auth', 'logout'])
    assert.match(logout.out, /is removed/)
    assert.match((await codeant(['auth', 'status'])).out, /Key +none\n.*does not accept the key/)
    assert.match((await codeant(['auth', 'logout'])).out, /There was no key and no login/)
  }))

test('a wrong key is not kept; one that nobody can check is, and that is said', () =>
  inHome(async codeant => {
    const wrong = await codeant(['auth', 'login', engine.url], ['another'])
    assert.equal(wrong.code, 2)
    assert.match(wrong.err, /does not accept this key/)
    assert.match((await codeant(['auth', 'status'])).out, /Endpoint +none/)
    const gone = await fakeVllm().start()
    await gone.stop()
    const absent = await codeant(['auth', 'login', gone.url], [KEY])
    assert.equal(absent.code, 0)
    assert.match(absent.out, /could not be found out: the endpoint cannot be reached/)
    assert.equal((await codeant(['auth', 'login', engine.url], [''])).code, 2)
  }))

test('a program of its own says that nobody is there, and does not end before', () =>
  inFolder('', async ({ path }) => {
    const gone = await fakeVllm().start()
    await gone.stop()
    const program = fileURLToPath(new URL('../server/src/main.ts', import.meta.url))
    const env = { ...process.env, CODEANT_CONFIG: path, CODEANT_STATE: path, CODEANT_LOCALE: 'en' }
    const args = ['--import', 'tsx', program, 'auth', 'status', gone.url]
    const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
    assert.match(stdout, /Answer +the endpoint cannot be reached/)
    assert.equal(status, 0)
  }))

test('an address without encryption, or with a key in it, is not used', () =>
  inHome(async codeant => {
    for (const [address, reason] of [
      ['http://codeant.example.com', /is not encrypted/],
      ['https://me:key@codeant.example.com', /does not belong into the address/],
      ['codeant', /is no address/],
      ['ftp://codeant.example.com', /neither https: nor http:/],
    ] as const) {
      const { code, err } = await codeant(['auth', 'login', address], [KEY])
      assert.deepEqual([code, reason.test(err)], [2, true], err)
    }
  }))

test('a file that others can read is not used', { skip: process.platform === 'win32' }, () =>
  inHome(async (codeant, folder) => {
    await codeant(['auth', 'login', engine.url], [KEY])
    chmodSync(join(folder.path, '.config', 'endpoint-keys.json'), 0o644)
    const { code, err } = await codeant(['auth', 'status'])
    assert.equal(code, 2)
    assert.match(err, /can be read by others/)
    // The environment's goes before it.
    const { out } = await codeant(['auth', 'status', engine.url], [], { CODEANT_ENDPOINT_KEY: KEY })
    assert.match(out, /from CODEANT_ENDPOINT_KEY/)
  }),
)

test('the status of the system says what was sent, and for what', () =>
  inHome(async codeant => {
    const json = async () => JSON.parse((await codeant(['system', 'status', '--format', 'json'])).out)
    assert.deepEqual((await json()).endpoint.requests, 0)
    assert.match((await codeant(['system', 'status'])).out, /Sent out +0 bytes/)
    await codeant(['auth', 'login', engine.url, '--key'], [KEY])
    const { endpoint, bytesSent } = await json()
    assert.deepEqual([endpoint.hasKey, endpoint.byPurpose, bytesSent], [true, { check: 2 }, 0])
    const { out } = await codeant(['system', 'status'])
    assert.match(out, /Endpoint +http:\/\/127\.0\.0\.1:\d+\/, with a key/)
    assert.match(out, /Sent out +0 bytes in 2 requests since/)
    assert.ok(!out.includes(KEY))
  }))

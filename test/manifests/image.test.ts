// The image of the gateway is built without a daemon, twice the same, and runs as a cluster runs it: nobody's user, no capabilities,
// nothing of it to be written to.

import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

const TOOLS = ['buildah', 'mmdebstrap', 'runc']
const missing = TOOLS.filter(it => spawnSync(it, ['--version'], { stdio: 'ignore' }).error)
const whyNot =
  missing.length > 0
    ? `there is no ${missing.join(', no ')} here`
    : process.getuid?.() === 0
      ? undefined
      : 'only root can make a container without a daemon'
const TAG = 'localhost/codeant-gateway:test'
/** Layers that are folders work everywhere, also inside of a container. */
const env = { ...process.env, STORAGE_DRIVER: 'vfs' }

test('the image of the gateway', { timeout: 300_000, ...(whyNot && { skip: whyNot }) }, () =>
  inFolder('', async ({ path: folder }) => {
    const [once, again] = [build(), build()]
    assert.match(once, /^sha256:[0-9a-f]{64}$/)
    assert.equal(again, once, 'another image from the same sources')

    const container = buildah('from', TAG)
    const port = await freePort()
    let running: ChildProcess | undefined
    try {
      running = runIn(
        folder,
        buildah('mount', container),
        ['dist/gateway/main.mjs'],
        [
          `CODEANT_GATEWAY_HTTP_PORT=${port}`,
          'CODEANT_GATEWAY_DATA_FOLDER=/data/gateway',
          'CODEANT_GATEWAY_HTTP_HOST=127.0.0.1',
        ],
      )
      const ended = new Promise<number | null>(resolve => running!.once('exit', resolve))
      const ready = await answer(`http://127.0.0.1:${port}/health/ready`, ended)
      assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ready' }])
      const status = JSON.parse(
        execInside(
          'const { readFileSync } = require("node:fs"); console.log(JSON.stringify(readFileSync("/proc/1/status", "utf8")))',
        ),
      )
      assert.match(status, /^Uid:\t10001\t10001\t10001\t10001$/m)
      assert.match(status, /^CapEff:\t0+$/m)
      assert.match(status, /^NoNewPrivs:\t1$/m)
      for (const place of ['/app/x', '/usr/local/bin/x', '/etc/x'])
        assert.equal(execInside(writing(place)), 'EROFS', place)
      assert.equal(execInside(writing('/tmp/x')), 'written')
      // As the engine's first container does it.
      const written = execFileSync(
        'runc',
        [
          'exec',
          '--user',
          '10001:10001',
          NAME,
          '/usr/local/bin/node',
          'dist/gateway/main.mjs',
          'models',
          '/tmp/models',
        ],
        { encoding: 'utf8' },
      )
      assert.match(written, /^\/tmp\/models: .*bug-finder/)
      running.kill('SIGTERM')
      assert.equal(await ended, 0)
    } finally {
      running?.kill('SIGKILL')
      spawnSync('runc', ['delete', '--force', NAME], { stdio: 'ignore' })
      buildah('rm', container)
    }
  }),
)

const NAME = `codeant-test-${process.pid}`

function build(): string {
  const made = execFileSync(process.execPath, [join(root, 'deploy/image/build.mjs'), '--tag', TAG], {
    encoding: 'utf8',
    env,
  })
  return made.trim().split(' ').at(-1)!
}

function buildah(...given: string[]): string {
  return execFileSync('buildah', given, { encoding: 'utf8', env }).trim()
}

/** As `securityContext` in the manifests says, with the network of this machine. */
function runIn(
  folder: string,
  image: string,
  args: readonly string[],
  settings: readonly string[],
): ChildProcess {
  const bundle = join(folder, 'bundle')
  mkdirSync(bundle)
  execFileSync('runc', ['spec'], { cwd: bundle })
  const nobody = { bounding: [], effective: [], permitted: [], ambient: [], inheritable: [] }
  const memory = (destination: string) => ({
    ...{ destination, type: 'tmpfs', source: 'tmpfs' },
    options: ['nosuid', 'nodev', 'mode=1777', 'size=512m'],
  })
  writeFileSync(
    join(bundle, 'config.json'),
    JSON.stringify({
      ociVersion: '1.0.2',
      process: {
        ...{ terminal: false, user: { uid: 10001, gid: 10001 }, cwd: '/app', noNewPrivileges: true },
        args: ['/usr/local/bin/node', ...args],
        env: ['PATH=/usr/local/bin', 'NODE_ENV=production', ...settings],
        capabilities: nobody,
      },
      root: { path: image, readonly: true },
      mounts: [
        { destination: '/proc', type: 'proc', source: 'proc' },
        { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
        ...['/tmp', '/data'].map(memory),
      ],
      linux: { namespaces: ['pid', 'ipc', 'uts', 'mount'].map(type => ({ type })) },
    }),
  )
  return spawn('runc', ['run', '--bundle', bundle, NAME], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function execInside(code: string): string {
  const given = ['exec', '--user', '10001:10001', NAME, '/usr/local/bin/node', '-e', code]
  return execFileSync('runc', given, { encoding: 'utf8' }).trim()
}

function writing(place: string): string {
  return `try { require('node:fs').writeFileSync(${JSON.stringify(place)}, ''); console.log('written') } catch (it) { console.log(it.code) }`
}

async function answer(url: string, ended: Promise<number | null>): Promise<Response> {
  let over: number | null | undefined
  void ended.then(it => {
    over = it
  })
  for (;;) {
    if (over !== undefined) throw new Error(`the gateway ended with ${over}`)
    try {
      const response = await fetch(url)
      if (response.ok) return response
    } catch {
      // Not yet.
    }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

// The process as an orchestrator sees it: starts, says what it is, and when it is told to stop loses nothing.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { jsonMessage } from './support/binary-message.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const IN_FLIGHT = 200
const folder = temporaryFolder()

let triton: FakeServer
/** Lets the engine answer. */
let release = () => {}
const released = new Promise<void>(resolve => {
  release = resolve
})

before(async () => {
  triton = await fakeTriton({
    models: {
      slow: {
        inputs: { numbers: ['INT32', 1] },
        outputs: { numbers: ['INT32', 1] },
        async run({ numbers }) {
          await released
          return { numbers: numbers! }
        },
      },
    },
  }).start()
})
after(async () => {
  await triton.stop()
  folder.remove()
})

test(`SIGTERM with ${IN_FLIGHT} requests in flight: each is answered, ready says no at once, and the exit code is 0`, async () => {
  const gateway = start({
    CODEANT_GATEWAY_DATA_FOLDER: `${folder.path}/data`,
    CODEANT_GATEWAY_INFERENCE_URL: triton.url,
    CODEANT_GATEWAY_HTTP_DRAIN_DELAY_SECONDS: '3',
    CODEANT_GATEWAY_LOG_LEVEL: 'info',
  })
  const { url, key } = await gateway.listening
  const headers = { 'x-api-key': key }
  const question = { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1], data: [7] }] }
  const answers = Array.from({ length: IN_FLIGHT }, () => {
    const init = jsonMessage(question)
    return fetch(`${url}/v2/models/slow/infer`, { ...init, headers: { ...init.headers, ...headers } })
  })
  await until(() => triton.questions.length === IN_FLIGHT)
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)

  gateway.process.kill('SIGTERM')
  await until(async () => (await fetch(`${url}/health/ready`)).status === 503)
  assert.equal((await fetch(`${url}/v2/health/ready`)).status, 503)
  assert.equal((await fetch(`${url}/health/live`)).status, 200)

  release()
  const statuses = await Promise.all(answers.map(async it => (await it).status))
  assert.deepEqual(
    statuses,
    Array.from({ length: IN_FLIGHT }, () => 200),
  )
  assert.deepEqual(await gateway.exit, [0, null])
  const logged = gateway
    .output()
    .split('\n')
    .filter(it => it.startsWith('{'))
    .map(it => JSON.parse(it) as { readonly msg: string; readonly route?: string; readonly clean?: boolean })
  const lines = logged.filter(it => it.msg === 'request' && it.route === '/v2/models/:model/infer')
  assert.equal(lines.length, IN_FLIGHT, 'lines are gathered, and the end of the process loses none')
  assert.equal(logged.at(-1)?.clean, true)
})

test('a second start knows the first one’s key and makes no other', async () => {
  const gateway = start({ CODEANT_GATEWAY_DATA_FOLDER: `${folder.path}/data`, CODEANT_LOCALE: 'es' })
  const { url, key } = await gateway.listening
  assert.equal(key, '')
  assert.match(gateway.output(), /escucha en/)
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  gateway.process.kill('SIGINT')
  assert.deepEqual(await gateway.exit, [0, null])
})

test('what cannot start says why, and exits with 2', async () => {
  for (const [env, said] of [
    [{ CODEANT_GATEWAY_HTTP_PORT: 'x' }, /HTTP_PORT: http\.port cannot be "x"/],
    [{}, /CODEANT_GATEWAY_DATA_FOLDER/],
    [{ CODEANT_GATEWAY_DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' }, /cannot start/],
  ] as const) {
    const gateway = start(env)
    assert.deepEqual(await gateway.exit, [2, null])
    assert.match(gateway.output(), said)
    assert.ok(!gateway.output().includes('hunter2'))
  }
})

interface Started {
  readonly process: ChildProcess
  readonly listening: Promise<{ readonly url: string; readonly key: string }>
  readonly exit: Promise<unknown[]>
  readonly output: () => string
}

function start(env: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'deploy/gateway/src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      CODEANT_GATEWAY_HTTP_PORT: '0',
      CODEANT_GATEWAY_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listening = new Promise<{ url: string; key: string }>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      output += piece
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
      // The last sentence of the announcement.
      if (url && /Ctrl\+C/.test(output)) resolve({ url, key: /^ {2}(ca_\S+)$/m.exec(output)?.[1] ?? '' })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(output)))
  })
  listening.catch(() => {})
  return { process: child, listening, exit: once(child, 'close'), output: () => output }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 20))
}

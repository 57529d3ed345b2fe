// What is measured: a gateway before an engine that answers at once, bare routes beside it, and the requests that they get.

import { type ChildProcess, fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { gatewayBundle } from '../../../server/tools/bundles.ts'
import { fakeTriton } from '../../support/endpoint/fake-triton.ts'
import type { Target } from './load.ts'
import type { Served, ServerKind, Spent } from './served.ts'

export interface Server {
  readonly port: number
  /** The question of all comparisons. */
  readonly target: Target
  /** Another request to the same server. */
  asks(method: string, path: string, body?: string | (() => string), head?: readonly string[]): Target
  spent(collect?: boolean): Promise<Spent>
}

export interface Scene {
  readonly gateway: Server
  readonly bare: Server
  readonly bareBytes: Server
  close(): Promise<void>
}

const TOKENS = 256
const MODEL = 'echo'
export const INFER = `/v2/models/${MODEL}/infer`

/** An encoder's input of 256 tokens; another `seed` is another question. */
export function question(seed = 0): string {
  const data = Array.from({ length: TOKENS }, (_, i) => (i * 7919 + seed) % 32_000)
  const inputs = [{ name: 'tokens', datatype: 'INT32', shape: [1, TOKENS], data }]
  return JSON.stringify({ id: 'editor-7-42', inputs })
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** Beside what it needs at run time. */
const SERVED = `${ROOT}dist/gateway/measured.mjs`

/** As users get it: run from its source, every function that is made costs a name. */
async function bundleServed(): Promise<void> {
  await build({
    ...gatewayBundle(ROOT),
    sourcemap: false,
    entryPoints: [fileURLToPath(new URL('served.ts', import.meta.url))],
    outfile: SERVED,
    define: { CODEANT_VERSION: '"0"' },
  })
}

export async function openScene(): Promise<Scene> {
  await bundleServed()
  const engine = await fakeTriton({
    models: {
      [MODEL]: {
        inputs: { tokens: ['INT32', -1, TOKENS] },
        outputs: { logits: ['FP32', -1, 2] },
        sha256: 'ab'.repeat(32),
        run: () => ({ logits: { type: 'float32', dims: [1, 2], data: new Float32Array([0.25, 0.75]) } }),
      },
    },
  }).start()
  const children: ChildProcess[] = []
  const start = async (kind: ServerKind, argument: string): Promise<Server & { readonly key: string }> => {
    const child = fork(SERVED, [kind, argument], {
      execArgv: ['--expose-gc'],
      // Its log is written as ever, and goes nowhere.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    children.push(child)
    return serverOf(child, await message<Served>(child))
  }
  const gateway = await start('gateway', engine.url)
  const answer = await fetch(`http://127.0.0.1:${gateway.port}${INFER}`, {
    method: 'POST',
    headers: { 'x-api-key': gateway.key, 'content-type': 'application/json' },
    body: question(),
  })
  const bytes = Buffer.from(await answer.text()).toString('base64')
  return {
    gateway,
    bare: await start('bare', bytes),
    bareBytes: await start('bare-bytes', bytes),
    async close() {
      for (const it of children) it.disconnect()
      rmSync(SERVED, { force: true })
      await engine.stop()
    },
  }
}

function serverOf(child: ChildProcess, { port, key }: Served): Server & { readonly key: string } {
  const asks: Server['asks'] = (method, path, body, head = []) => {
    const request = (text: string) => {
      const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', `x-api-key: ${key}`, ...head]
      if (text !== '')
        lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(text)}`)
      return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`)
    }
    return { port, request: typeof body === 'function' ? () => request(body()) : request(body ?? '') }
  }
  return {
    key,
    port,
    target: asks('POST', INFER, question()),
    asks,
    async spent(collect = false) {
      const told = message<Spent>(child)
      child.send(collect ? 'collect' : 'spent')
      return told
    },
  }
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`ended with ${code}`))
    child.once('exit', ended).once('message', it => {
      child.off('exit', ended)
      resolve(it as T)
    })
  })
}

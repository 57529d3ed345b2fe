// The plug is pulled behind the gateway, and on the gateway itself: the editor says so once, goes on, and finds them back.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startGateway, type TestGateway } from './endpoint/support/gateway.ts'
import { BUG_FINDER_WEIGHTS, bugFinderModel } from './support/endpoint/bug-finder-model.ts'
import type { FakeServer } from './support/endpoint/fake-server.ts'
import { fakeTriton } from './support/endpoint/fake-triton.ts'
import { type EndpointSession, withEndpoint } from './support/endpoint/lsp-endpoint.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const folder = temporaryFolder()
let triton: FakeServer
let gateway: TestGateway

before(async () => {
  const model = await bugFinderModel(1, { sha256: BUG_FINDER_WEIGHTS })
  triton = await fakeTriton({ models: { 'bug-finder': model } }).start()
  gateway = await start('0')
})
after(async () => {
  await gateway.stop()
  await triton.stop()
  folder.remove()
})

function start(port: string): Promise<TestGateway> {
  return startGateway({
    'http.port': port,
    'data.folder': join(folder.path, 'data'),
    'inference.url': triton.url,
    'breaker.retryMs': '200',
  })
}

function answering(run: (session: EndpointSession) => Promise<void>): Promise<void> {
  const { key } = gateway
  return withEndpoint(
    { remote: { endpoint: gateway.url, timeout: 3 }, key: () => key, threshold: 0.2 },
    async session => {
      const { folder: own, slip, until, learned } = session
      // Nobody on this machine can answer: what is said comes from the engine.
      writeFileSync(join(own.path, '.models', 'bug-finder', 'bug-finder.onnx'), 'damaged')
      slip()
      await until('the engine answers', () => learned().length === 1)
      await run(session)
    },
  )
}

/** Somebody goes on typing until it is so. */
async function typingUntil(session: EndpointSession, what: string, isSo: () => boolean): Promise<void> {
  const typing = setInterval(session.touch, 500)
  await session.until(what, isSo).finally(() => clearInterval(typing))
}

function sayings({ client }: EndpointSession): readonly string[] {
  return client.log.filter(it => /window\/logMessage.*endpoint .*: (?!answers)/.test(it))
}

test('the engine behind the gateway is killed, and back', { timeout: 120_000 }, () =>
  answering(async session => {
    const { status, learned, until } = session
    await triton.stop()
    await typingUntil(session, 'the status says it', () => status()?.endpoint?.state === 'trouble')
    await until('nothing is said that only the engine would', () => learned().length === 0)
    assert.equal((await fetch(`${gateway.url}/health/ready`)).status, 200, 'the gateway itself is well')
    assert.equal(sayings(session).length, 1, sayings(session).join('\n'))
    await triton.start()
    await typingUntil(session, 'the engine answers again', () => learned().length === 1)
    await until('all is well', () => status()?.endpoint?.state === 'ready')
  }),
)

test('the gateway is stopped and started again at its address', { timeout: 120_000 }, () =>
  answering(async session => {
    const { status, learned, until, touch } = session
    const { port } = new URL(gateway.url)
    assert.equal(await gateway.stop(), true, 'what was in flight was answered')
    await typingUntil(session, 'the status says it', () => status()?.endpoint?.trouble === 'unreachable')
    await until('nothing is said that only the engine would', () => learned().length === 0)
    assert.equal(sayings(session).length, 1, sayings(session).join('\n'))
    gateway = await start(port)
    await until('it is found to be back though nobody asks', () => status()?.endpoint?.state === 'ready')
    touch()
    await until('it answers again, to the same key', () => learned().length === 1)
  }),
)

// The database under the gateway goes and comes back while somebody types: a real PostgreSQL, killed without a farewell.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ENDPOINT_SENT, type SentEntry } from '@codeant/shared/endpoint.ts'
import type { Hover } from 'vscode-languageserver-types'
import { type BatchJob, ended, submit } from './endpoint/support/batch.ts'
import { json, startGateway, type TestGateway } from './endpoint/support/gateway.ts'
import { startPostgres, type TestPostgres } from './endpoint/support/postgres.ts'
import { SLIP, withEndpoint } from './support/endpoint/lsp-endpoint.ts'

const IN_FLIGHT = 50

let postgres: TestPostgres | undefined
let gateway: TestGateway

before(async () => {
  postgres = await startPostgres()
  if (postgres)
    gateway = await startGateway({
      'database.url': postgres.url,
      'identity.secret': 'a secret of a test, long enough to be one',
      'batch.pollMs': '100',
    })
})
after(async () => {
  await gateway?.stop()
  await postgres?.close()
})

test('the database is gone and back: the editor goes on, everything is answered once, nothing is lost', {
  timeout: 120_000,
}, async t => {
  if (!postgres) return t.skip('PostgreSQL is not installed here')
  const database = postgres
  await withEndpoint(
    { remote: { endpoint: gateway.url, timeout: 20 }, key: () => gateway.key, threshold: 0.2 },
    async ({ client, folder, uri, slip, touch, until, learned, status }) => {
      writeFileSync(join(folder.path, '.models', 'bug-finder', 'bug-finder.onnx'), 'damaged')
      slip()
      await until('the endpoint answers while it is well', () => learned().length === 1)

      const files = [{ path: 'a.py', content: 'a = a\n' }]
      const taken = await submit(gateway, { projects: [{ name: 'kept', files }], locale: 'en' })
      assert.equal(taken.status, 202)
      const job = await json<BatchJob>(taken)

      const answers = Array.from({ length: IN_FLIGHT }, () => gateway.fetch('/api/v1/audit'))
      await database.kill()
      for (const it of await Promise.all(answers)) {
        assert.ok([200, 503].includes(it.status), `${it.status}`)
        if (it.status === 503) assert.equal(it.headers.get('retry-after'), '2')
      }
      assert.equal((await fetch(`${gateway.url}/health/ready`)).status, 503)
      assert.equal((await fetch(`${gateway.url}/health/live`)).status, 200)

      const typing = setInterval(touch, 500)
      await until('the status says it', () => status()?.endpoint?.trouble === 'busy').finally(() =>
        clearInterval(typing),
      )
      await until('nothing is said that only the endpoint would', () => learned().length === 0)
      const own = pathToFileURL(join(folder.path, 'a.py')).href
      await client.open(own, 'python', 'a = a\n')
      await until('this machine goes on', () => client.diagnostics(own).length > 0)
      assert.equal(
        await client.request<Hover | null>('textDocument/hover', {
          textDocument: { uri },
          position: SLIP.start,
        }),
        null,
      )
      const said = client.log.filter(it => it.includes('window/logMessage') && it.includes(': busy ('))
      assert.equal(said.length, 1, 'said once')

      await database.start()
      await until('it is found to be back though nobody asks', () => status()?.endpoint?.state === 'ready')
      touch()
      await until('it answers again', () => learned().length === 1)

      assert.deepEqual([(await ended(gateway, job.id)).state], ['done'])
      await gateway.parts.usage.flush()
      const { usage } = await json<{ usage: { route: string; requests: number; failures: number }[] }>(
        await gateway.fetch('/api/v1/usage'),
      )
      const counted = usage
        .filter(it => it.route.endsWith('/infer'))
        .reduce((sum, it) => sum + it.requests - it.failures, 0)
      const sent = await client.request<SentEntry[]>(ENDPOINT_SENT, {})
      const answered = sent.filter(it => it.url.endsWith('/infer') && it.status === 200)
      assert.equal(
        counted,
        answered.length,
        'every answer was counted, those before the end of the database too',
      )
      assert.ok(!gateway.log().includes('"msg":"failed"'), gateway.log())
    },
  )
})

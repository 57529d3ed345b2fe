// The editor and our own gateway: a real language server, a real gateway on a real port with the models of this repository,
// and a strict fake of vLLM behind it.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import {
  ENDPOINT_CHANGED,
  ENDPOINT_EXPLAIN,
  ENDPOINT_SENT,
  type EndpointExplainResult,
  type SentEntry,
} from '@codeant/shared/endpoint.ts'
import { startGateway, type TestGateway } from './endpoint/support/gateway.ts'
import { type FakeVllm, fakeVllm } from './support/endpoint/fake-vllm.ts'
import { withEndpoint } from './support/endpoint/lsp-endpoint.ts'

let gateway: TestGateway
let vllm: FakeVllm

before(async () => {
  vllm = fakeVllm()
  await vllm.start()
  gateway = await startGateway({ 'chat.url': `${vllm.url}/v1` })
})
after(async () => {
  await gateway.stop()
  await vllm.stop()
})

test('where this machine cannot answer, the gateway does, with the same weights and the key of the editor', async () => {
  let key = 'not the key'
  await withEndpoint(
    { remote: { endpoint: gateway.url, timeout: 20 }, key: () => key, threshold: 0.2 },
    async ({ client, folder, slip, touch, until, learned, status }) => {
      writeFileSync(join(folder.path, '.models', 'bug-finder', 'bug-finder.onnx'), 'damaged')
      slip()
      await until('the key is refused', () => status()?.endpoint?.trouble === 'refused')
      assert.deepEqual(learned(), [])
      key = gateway.key
      client.notify(ENDPOINT_CHANGED, {})
      touch()
      await until('the gateway answers', () => learned().length === 1)
      await until('all is well', () => status()?.endpoint?.state === 'ready')
      const [sent] = await client.request<SentEntry[]>(ENDPOINT_SENT, {})
      assert.deepEqual([sent?.purpose, sent?.status], ['second-opinion', 200])
      assert.ok(!gateway.log().includes('price'), 'nothing of the code is logged')
    },
  )
})

test('text comes from the engine behind the gateway', async () => {
  vllm.says = [JSON.stringify({ explanation: 'The line does nothing.' })]
  await withEndpoint(
    { remote: { endpoint: gateway.url, timeout: 20 }, key: () => gateway.key },
    async ({ client, folder }) => {
      const uri = pathToFileURL(join(folder.path, 'a.py')).href
      await client.open(uri, 'python', 'a = a\n')
      const result = await client.request<EndpointExplainResult>(ENDPOINT_EXPLAIN, {
        uri,
        rule: 'correctness/self-assignment',
        line: 0,
        character: 0,
      })
      assert.deepEqual(
        result.kind === 'explained' && result.markdown,
        'The line does nothing.',
        JSON.stringify(result),
      )
      assert.equal(vllm.asked.length, 1)
    },
  )
})

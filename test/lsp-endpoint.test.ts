// The endpoint through the language server: a real server process, a fake engine on a real port, a person who is asked.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ENDPOINT_PAYLOAD, ENDPOINT_SENT, type SentEntry } from '@codeant/shared/endpoint.ts'
import { bugFinderModel } from './support/endpoint/bug-finder-model.ts'
import type { FakeServer } from './support/endpoint/fake-server.ts'
import { fakeTriton } from './support/endpoint/fake-triton.ts'
import { withEndpoint } from './support/endpoint/lsp-endpoint.ts'

let triton: FakeServer

before(async () => {
  triton = await fakeTriton({ models: { 'bug-finder-large': await bugFinderModel(8) } }).start()
})
after(() => triton.stop())

test('where the model is not sure, the endpoint is asked, after a person saw what would be sent and allowed it', () =>
  withEndpoint({ remote: { endpoint: triton.url } }, async it => {
    triton.received.length = 0
    it.slip()
    await it.until('a second opinion is shown', () => it.learned().length === 1)
    const [finding] = it.learned()
    assert.equal(finding!.code, 'learned/wrong-operator')

    assert.equal(it.consents.length, 1)
    const [consent] = it.consents
    assert.equal(consent!.purpose, 'second-opinion')
    assert.match(consent!.preview, /Nothing was sent yet[\s\S]*"features": \{ "shape": \[1, \d+, 18\]/)

    const sent = await it.client.request<SentEntry[]>(ENDPOINT_SENT, {})
    assert.deepEqual(
      sent.map(({ purpose, status }) => [purpose, status]),
      [['second-opinion', 200], ...sent.slice(1).map(() => ['check', 200])],
    )
    assert.equal(sent[0]!.bytes, triton.questions[0]!.body.length)
    const payload = await it.client.request<string>(ENDPOINT_PAYLOAD, { id: sent[0]!.id })
    assert.match(payload, /"name": "features"[\s\S]*\nfeatures = \d+, /)
    await it.until('the status tells of it', () => it.status()?.endpoint?.state === 'ready')
    assert.equal(it.status()!.bytesSent, sent[0]!.bytes)
  }))

test('who is not allowed to send sends nothing, and is not asked again', () =>
  withEndpoint({ remote: { endpoint: triton.url }, consent: 'never' }, async it => {
    triton.received.length = 0
    it.slip()
    await it.until('a person is asked', () => it.consents.length === 1)
    it.touch()
    await new Promise(resolve => setTimeout(resolve, 1000))
    assert.equal(it.consents.length, 1)
    assert.deepEqual([triton.received, it.learned()], [[], []])
  }))

test('switched off, nothing is asked of anybody', () =>
  withEndpoint({ remote: { enabled: false, endpoint: triton.url } }, async it => {
    triton.received.length = 0
    it.slip()
    await new Promise(resolve => setTimeout(resolve, 1000))
    assert.deepEqual([it.consents, triton.received, it.learned()], [[], [], []])
    assert.equal(it.status()?.endpoint, undefined)
  }))

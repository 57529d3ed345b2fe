// Pulling the plug, through the language server: whatever the endpoint does, what this machine finds is shown, the status says
// once what is wrong, no box opens, and all is well again by itself.

import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import {
  ENDPOINT_CHANGED,
  ENDPOINT_EXPLAIN,
  type EndpointExplainResult,
  type Trouble,
} from '@codeant/shared/endpoint.ts'
import type { Hover } from 'vscode-languageserver-types'
import { BUG_FINDER_WEIGHTS, bugFinderModel } from './support/endpoint/bug-finder-model.ts'
import type { FakeServer, Fault } from './support/endpoint/fake-server.ts'
import { type FakeModel, fakeTriton } from './support/endpoint/fake-triton.ts'
import { fakeVllm } from './support/endpoint/fake-vllm.ts'
import { type EndpointSession, SLIP, withEndpoint } from './support/endpoint/lsp-endpoint.ts'

let surer: FakeModel
let triton: FakeServer

before(async () => {
  surer = await bugFinderModel(8)
  triton = await fakeTriton({ models: { 'bug-finder-large': surer } }).start()
})
after(() => triton.stop())

const WRONG_SHAPE = JSON.stringify({
  model_name: 'bug-finder-large',
  model_version: '1',
  outputs: [
    { name: 'location', datatype: 'FP32', shape: [1, 2], data: [9, 9] },
    { name: 'choice', datatype: 'FP32', shape: [1, 1, 1], data: [9] },
    { name: 'pointer', datatype: 'FP32', shape: [1, 1, 1], data: [9] },
  ],
})

const FAULTS: readonly (readonly [what: string, fault: Fault | 'absent', trouble: Trouble])[] = [
  ['is not there', 'absent', 'unreachable'],
  ['never answers', { kind: 'hang' }, 'slow'],
  ['answers 401', { kind: 'status', status: 401 }, 'refused'],
  ['answers 403', { kind: 'status', status: 403 }, 'refused'],
  [
    'answers 429 and when to come back',
    { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
    'busy',
  ],
  ['answers 500', { kind: 'status', status: 500 }, 'failing'],
  ['breaks off in the middle of its answer', { kind: 'reset' }, 'broken'],
  ['answers with bad JSON', { kind: 'body', body: '{"model_name": "bug-finder-large", "outp' }, 'garbled'],
  ['answers in the wrong shape', { kind: 'body', body: WRONG_SHAPE }, 'garbled'],
  ['redirects', { kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'redirected'],
]

test('a second opinion, from an endpoint that fails in every way', { timeout: 180_000 }, async t => {
  // Long enough for a computer that is busy, short enough for the one fault that takes all of it.
  await withEndpoint({ remote: { endpoint: triton.url, timeout: 3 } }, async session => {
    const { client, uri, status, until, learned } = session
    session.slip()
    await until('the endpoint answers while it is well', () => learned().length === 1)
    for (const [what, fault, trouble] of FAULTS)
      await t.test(`an endpoint that ${what}`, async () => {
        const told = sayings(session, trouble)
        if (fault === 'absent') await triton.stop()
        else triton.fault = request => (request.method === 'POST' ? fault : undefined)
        session.touch()
        await until(`the status says ${trouble}`, () => status()?.endpoint?.trouble === trouble)
        assert.equal(status()?.state, 'ready')
        // This machine goes on: what was not sure enough without the endpoint is not said, and everything else is.
        await until('nothing is said that only the endpoint would', () => learned().length === 0)
        const hover = await client.request<Hover | null>('textDocument/hover', {
          textDocument: { uri },
          position: SLIP.start,
        })
        assert.equal(hover, null)
        assert.equal(sayings(session, trouble), told + 1, 'said once')

        if (fault === 'absent') await triton.start()
        triton.fault = undefined
        // Another key is what somebody does about a refusal; everything else is waited out.
        if (trouble === 'refused') client.notify(ENDPOINT_CHANGED, {})
        if (trouble === 'busy' || trouble === 'redirected') {
          const before = triton.questions.length
          session.touch()
          await new Promise(resolve => setTimeout(resolve, 600))
          assert.equal(triton.questions.length, before, 'left alone while it rests')
          if (trouble === 'redirected') client.notify(ENDPOINT_CHANGED, {})
          else await until('it is found to be back', () => status()?.endpoint?.state === 'ready')
        }
        session.touch()
        await until('it is asked again, and answers', () => learned().length === 1)
        await until('the status is well again', () => status()?.endpoint?.state === 'ready')
      })
    assert.deepEqual(
      client.log.filter(it => it.includes('window/showMessage')),
      [],
    )
  })
})

/** How often the log has said that the endpoint is in this trouble. */
function sayings({ client }: EndpointSession, trouble: Trouble): number {
  return client.log.filter(it => it.includes('window/logMessage') && it.includes(`: ${trouble} (`)).length
}

test('an endpoint that fails five times in a row is left alone', { timeout: 60_000 }, () =>
  withEndpoint({ remote: { endpoint: triton.url, timeout: 3 } }, async session => {
    triton.fault = ({ method }) => (method === 'POST' ? { kind: 'body', body: 'no JSON' } : undefined)
    try {
      const before = triton.questions.length
      session.slip()
      for (let asked = 1; asked <= 5; asked++) {
        await session.until(`question ${asked}`, () => triton.questions.length === before + asked)
        session.touch()
      }
      await new Promise(resolve => setTimeout(resolve, 600))
      session.touch()
      await new Promise(resolve => setTimeout(resolve, 600))
      assert.equal(triton.questions.length, before + 5)
      assert.equal(session.status()?.endpoint?.trouble, 'garbled')
    } finally {
      triton.fault = undefined
    }
  }),
)

test('weights that are not those of this machine are not taken for them', { timeout: 60_000 }, async () => {
  const model: { sha256: string } & FakeModel = { ...surer, sha256: '0'.repeat(64) }
  const other = await fakeTriton({ models: { 'bug-finder': model } }).start()
  try {
    await withEndpoint(
      { remote: { endpoint: other.url } },
      async ({ folder, slip, touch, until, status, learned, client }) => {
        // Nobody on this machine can answer.
        writeFileSync(join(folder.path, '.models', 'bug-finder', 'bug-finder.onnx'), 'damaged')
        slip()
        await until('the status says what is wrong', () => status()?.endpoint?.trouble === 'mismatch')
        touch()
        await new Promise(resolve => setTimeout(resolve, 600))
        assert.deepEqual([other.questions, learned()], [[], []])
        const said = client.log.filter(it => it.includes('window/logMessage') && it.includes(': mismatch'))
        assert.equal(said.length, 1, 'said once')
        // The endpoint is given the right ones, and the editor is told nothing of it.
        model.sha256 = BUG_FINDER_WEIGHTS
        client.notify(ENDPOINT_CHANGED, {})
        touch()
        await until('the endpoint answers in place of this machine', () => learned().length === 1)
        await until('the status is well again', () => status()?.endpoint?.state === 'ready')
      },
    )
  } finally {
    await other.stop()
  }
})

test('weights that are exchanged under a running editor are noticed with the first answer', {
  timeout: 60_000,
}, async () => {
  const model: { sha256: string; versions: string[] } & FakeModel = {
    ...surer,
    sha256: BUG_FINDER_WEIGHTS,
    versions: ['1'],
  }
  const other = await fakeTriton({ models: { 'bug-finder': model } }).start()
  try {
    await withEndpoint(
      { remote: { endpoint: other.url } },
      async ({ folder, slip, touch, until, status, learned, client }) => {
        writeFileSync(join(folder.path, '.models', 'bug-finder', 'bug-finder.onnx'), 'damaged')
        slip()
        await until('the right weights answer', () => learned().length === 1)
        // Somebody rolls out another model; nobody tells the editor.
        Object.assign(model, { sha256: 'f'.repeat(64), versions: ['2'] })
        touch()
        await until('what the others answer is thrown away', () => learned().length === 0)
        touch()
        await until('the status says what is wrong', () => status()?.endpoint?.trouble === 'mismatch')
        const asked = other.questions.length
        touch()
        await new Promise(resolve => setTimeout(resolve, 600))
        assert.deepEqual([other.questions.length, learned()], [asked, []])
        // And rolls it back.
        Object.assign(model, { sha256: BUG_FINDER_WEIGHTS, versions: ['1'] })
        client.notify(ENDPOINT_CHANGED, {})
        touch()
        await until('the right weights answer again', () => learned().length === 1)
        await until('the status is well again', () => status()?.endpoint?.state === 'ready')
      },
    )
  } finally {
    await other.stop()
  }
})

test('what a person asks for is answered once, whatever happens to it', { timeout: 120_000 }, async t => {
  const vllm = fakeVllm()
  vllm.says = [JSON.stringify({ explanation: 'So it is.' })]
  await vllm.start()
  const cases: readonly (readonly [string, () => void | Promise<void>, RegExp])[] = [
    ['an engine that is not there', () => vllm.stop(), /cannot be reached/],
    [
      'a key that is refused',
      () => void (vllm.fault = onPost({ kind: 'status', status: 401 })),
      /does not accept the key/,
    ],
    [
      'an engine that has too much to do',
      () => void (vllm.fault = onPost({ kind: 'status', status: 429, headers: { 'retry-after': '60' } })),
      /too much to do/,
    ],
    ['an engine that fails', () => void (vllm.fault = onPost({ kind: 'status', status: 500 })), /fails/],
    ['an engine that never answers', () => void (vllm.fault = onPost({ kind: 'hang' })), /takes too long/],
    ['a connection that breaks off', () => void (vllm.fault = onPost({ kind: 'reset' })), /broke off/],
    ['an answer that stalls', () => void (vllm.stops = { after: 2, isOpen: true }), /takes too long/],
    ['half an answer', () => void (vllm.stops = { after: 2, isOpen: false }), /broke off/],
    ['an answer that is cut', () => void (vllm.finish = 'length'), /does not accept this question/],
    ['an answer that is nonsense twice', () => void (vllm.says = ['{"explanation": 3}']), /cannot be used/],
    [
      'a form that nobody asked for',
      () => void (vllm.fault = onPost({ kind: 'body', body: '[]' })),
      /cannot be used/,
    ],
  ]
  try {
    await withEndpoint({ remote: { endpoint: vllm.url, timeout: 2 } }, async ({ client, folder }) => {
      const uri = pathToFileURL(join(folder.path, 'a.py')).href
      await client.open(uri, 'python', 'a = a\n')
      const params = { uri, rule: 'correctness/self-assignment', line: 0, character: 0 }
      const ask = () => client.request<EndpointExplainResult>(ENDPOINT_EXPLAIN, params)
      for (const [what, misbehave, reason] of cases)
        await t.test(what, async () => {
          const says = vllm.says
          await misbehave()
          const refused = await ask()
          assert.equal(refused.kind, 'refused', JSON.stringify(refused))
          assert.match(refused.kind === 'refused' ? refused.reason : '', reason)
          Object.assign(vllm, { fault: undefined, stops: undefined, finish: 'stop', says })
          if (what === 'an engine that is not there') await vllm.start()
          client.notify(ENDPOINT_CHANGED, {})
          assert.equal((await ask()).kind, 'explained')
        })
    })
  } finally {
    await vllm.stop()
  }

  function onPost(fault: Fault) {
    return ({ method }: { readonly method: string }) => (method === 'POST' ? fault : undefined)
  }
})

test('the state folder may be lost at any time', { timeout: 60_000 }, () =>
  withEndpoint(
    { remote: { endpoint: triton.url } },
    async ({ folder, slip, touch, until, learned, consents }) => {
      slip()
      await until('it is asked', () => learned().length === 1)
      rmSync(join(folder.path, '.state'), { recursive: true, force: true })
      touch()
      // The decision went with it: a person is asked again before anything is sent.
      await until('a person is asked again', () => consents.length === 2)
      await until('it is asked again', () => learned().length === 1)
    },
  ),
)

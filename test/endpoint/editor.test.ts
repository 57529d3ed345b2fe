// The editor's own client and the real gateway: what the on-device model says over the protocol is what it says at home.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Trouble } from '@codeant/shared/endpoint.ts'
import { redactPlain } from '../../server/src/features/endpoint/redaction.ts'
import { readAndReview } from '../../server/src/features/learned/review.ts'
import type { InferenceBackend } from '../../server/src/inference/backend.ts'
import { Connection } from '../../server/src/inference/remote/connection.ts'
import { openEgress } from '../../server/src/inference/remote/egress.ts'
import { type Encoders, remoteEncoders } from '../../server/src/inference/remote/encoders.ts'
import { readFaces } from '../../server/src/inference/remote/faces.ts'
import { OpenInference } from '../../server/src/inference/remote/open-inference.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { type TestBugFinder, testBugFinder } from '../support/bug-finder.ts'
import { testParser } from '../support/engine.ts'
import { startGateway, type TestGateway } from './support/gateway.ts'

const MODEL = new URL('../../models/bug-finder/', import.meta.url)
const description = readFileSync(new URL('model.json', MODEL), 'utf8')
const { sha256 } = JSON.parse(description) as { readonly sha256: string }
const golden = readFileSync(new URL('golden.jsonl', MODEL), 'utf8')
  .trim()
  .split('\n')
  .slice(0, 6)
  .map(it => JSON.parse(it) as { readonly grammar: Grammar; readonly text: string })
const { signal } = new AbortController()

let gateway: TestGateway
let home: TestBugFinder

before(async () => {
  home = await testBugFinder()
  gateway = await startGateway()
})
after(() => gateway.stop())

test('every answer over the wire is the one at home, to the last digit', async () => {
  const remote = client(gateway.key)
  let compared = 0
  const both: InferenceBackend = {
    name: 'both',
    weights: task => remote.weights(task),
    async run(task, input, urgency, own) {
      const [there, here] = await Promise.all([
        remote.run(task, input, urgency, own),
        home.backend.run(task, input, urgency, own),
      ])
      assert.deepEqual(there, here)
      compared++
      return there
    },
  }
  const parser = await testParser()
  const options = {
    backend: both,
    model: home.model,
    isWanted: () => true,
    isDismissed: () => false,
    now: () => performance.now(),
  }
  for (const { grammar, text } of golden)
    await readAndReview(parser, { path: 'src/example', grammar, text }, options, () => true, 'idle', signal)
  assert.ok(compared >= golden.length)
})

test('other weights than at home are refused, and so is a key that may not ask', async () => {
  const told: (Trouble | undefined)[] = []
  const input = { count: 0 } as never
  const task = { id: 'find-bug', model: 'bug-finder', encode: () => ({}), cost: () => 1 } as never
  const ask = (remote: Encoders) => remote.run(task, input, 'edited', signal)
  await assert.rejects(ask(client(gateway.key, '0'.repeat(64), told)), { trouble: 'mismatch' })
  await assert.rejects(ask(client('ca_none', sha256, told)), { trouble: 'refused' })
  assert.deepEqual([...new Set(told)], ['mismatch', 'refused'])
})

function client(key: string, localWeights = sha256, told: (Trouble | undefined)[] = []): Encoders {
  const send = openEgress({
    objection: () => undefined,
    redact: redactPlain,
    key: async () => key,
    journal: { begin: () => ({ end() {} }) },
  })
  const connection = new Connection({
    base: new URL(gateway.url),
    send,
    clock: {
      now: () => performance.now(),
      today: () => Date.now(),
      random: () => 0.5,
      sleep: async () => {},
    },
    told: it => void told.push(it),
  })
  return remoteEncoders({
    client: new OpenInference(connection, () => performance.now()),
    workspace: '/w',
    timeoutMs: 30_000,
    spend: () => {},
    permitted: async () => {},
    localWeights: () => localWeights,
    noticed: it => void told.push(it),
    faces: () => readFaces(description),
  })
}

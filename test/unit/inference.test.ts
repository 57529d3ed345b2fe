// Questions to models, before any model: who is asked, what is remembered, what waits together, how time is spent.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCALES } from '@codeant/shared/locale.ts'
import { DEFAULT_MODEL_SETTINGS, modelSettings, readSettings } from '@codeant/shared/settings.ts'
import { Memo } from '../../server/src/database/memo.ts'
import { modelNotice } from '../../server/src/features/model-words.ts'
import { digest } from '../../server/src/host/node/folders.ts'
import { type InferenceBackend, InferenceError, type Urgency } from '../../server/src/inference/backend.ts'
import { compose } from '../../server/src/inference/compose.ts'
import { firstOf } from '../../server/src/inference/first-of.ts'
import { Spending } from '../../server/src/inference/local/budget.ts'
import {
  describeModel,
  type ModelDescription,
  type ModelNotice,
} from '../../server/src/inference/local/models.ts'
import { type Question, Queue } from '../../server/src/inference/local/queue.ts'
import { remembered } from '../../server/src/inference/remembered.ts'
import type { ModelTask } from '../../server/src/inference/task.ts'
import { expected, type Scores, type Tokens, tinyTask, tokens } from '../support/models/tiny-task.ts'

/** Does by hand what the tiny model does, or fails; `asked` has the lengths of the inputs. */
function byHand(
  name: string,
  weights: string | undefined,
  failure?: InferenceError,
): InferenceBackend & { readonly asked: number[] } {
  const asked: number[] = []
  return {
    name,
    asked,
    weights: () => weights,
    async run<Input, Output>(_: ModelTask<Input, Output>, input: Input): Promise<Output> {
      asked.push((input as Tokens).length)
      if (failure) throw failure
      return expected(input as Tokens) as Output
    },
  }
}

const { signal } = new AbortController()
const ask = (backend: InferenceBackend, input: Tokens, task: ModelTask<Tokens, Scores> = tinyTask()) =>
  backend.run(task, input, 'idle', signal)

test('who cannot answer now leaves the question to the next', async () => {
  for (const failure of ['unavailable', 'overloaded', 'timeout'] as const) {
    const first = byHand('first', 'a', new InferenceError(failure, failure))
    const second = byHand('second', 'b')
    const input = tokens(9)
    assert.deepEqual(await ask(firstOf(first, second), input), expected(input))
    assert.deepEqual([first.asked, second.asked], [[9], [9]])
  }
})

test('a rejected question is not asked elsewhere, and the last failure is the one that is told', async () => {
  const rejecting = byHand('first', 'a', new InferenceError('rejected', 'no such token'))
  const second = byHand('second', 'b')
  await assert.rejects(ask(firstOf(rejecting, second), tokens(3)), { failure: 'rejected' })
  assert.deepEqual(second.asked, [])
  const late = byHand('first', 'a', new InferenceError('timeout', 'late'))
  const full = byHand('second', 'b', new InferenceError('overloaded', 'full'))
  await assert.rejects(ask(firstOf(late, full), tokens(3)), { failure: 'overloaded' })
  await assert.rejects(ask(firstOf(), tokens(3)), { failure: 'unavailable' })
})

test('an abort between two backends ends the question with the reason of the signal', async () => {
  const cancel = new AbortController()
  const first: InferenceBackend = {
    ...byHand('first', 'a'),
    async run() {
      cancel.abort(new Error('nobody cares any more'))
      throw new InferenceError('timeout', 'late')
    },
  }
  const second = byHand('second', 'b')
  const asked = firstOf(first, second).run(tinyTask(), tokens(3), 'idle', cancel.signal)
  await assert.rejects(asked, /nobody cares any more/)
  assert.deepEqual(second.asked, [])
})

test('what was answered once is not asked again; other weights, another task or another input are', async () => {
  const memo = new Memo()
  const model = byHand('model', 'a')
  let recalled = 0
  const backend = remembered(model, { memo, digest, recalled: () => recalled++ })
  for (let i = 0; i < 3; i++) assert.deepEqual(await ask(backend, tokens(7)), expected(tokens(7)))
  assert.deepEqual([model.asked, recalled], [[7], 2])
  await ask(backend, tokens(8))
  await ask(backend, tokens(7), { ...tinyTask(), version: 2 })
  await ask(backend, tokens(7), { ...tinyTask(), id: 'other' })
  assert.deepEqual(model.asked, [7, 8, 7, 7])
  const trained = byHand('model', 'b')
  await ask(remembered(trained, { memo, digest }), tokens(7))
  assert.deepEqual(trained.asked, [7])
})

test('a failure is not remembered', async () => {
  const memo = new Memo()
  const failing = byHand('model', 'a', new InferenceError('overloaded', 'full'))
  await assert.rejects(ask(compose([failing], { memo, digest }), tokens(4)))
  const working = byHand('model', 'a')
  assert.deepEqual(await ask(compose([working], { memo, digest }), tokens(4)), expected(tokens(4)))
  assert.deepEqual(working.asked, [4])
})

test('a backend without the weights is passed over, not asked', async () => {
  const without = byHand('first', undefined)
  const second = byHand('second', 'b')
  const backend = compose([without, second], { memo: new Memo(), digest })
  assert.equal(backend.weights(tinyTask()), 'b')
  await ask(backend, tokens(4))
  assert.deepEqual([without.asked, second.asked], [[], [4]])
})

const TINY_MODEL: ModelDescription = { name: 'tiny', file: 'tiny.onnx', sha256: '0'.repeat(64), warm: {} }

function queueOf(
  task: ModelTask<Tokens, Scores>,
  lengths: readonly [Urgency, number, number?][],
): Queue<Question> {
  const queue = new Queue<Question>()
  for (const [urgency, cost, attempts = 0] of lengths)
    queue.add({
      model: TINY_MODEL,
      task: task as ModelTask<unknown, unknown>,
      input: tokens(cost),
      urgency,
      cost,
      attempts,
    })
  return queue
}

/** The lengths in each run of each slice, until nothing is left. */
function sliced(queue: Queue<Question>, msPerCost: number | undefined): number[][][] {
  const slices: number[][][] = []
  for (;;) {
    const slice = queue.next(true, () => msPerCost)
    if (!slice) return slices
    slices.push(slice.map(run => run.map(it => it.cost)))
  }
}

test('inputs of like length share a run, as many as the task allows', () => {
  const queue = queueOf(tinyTask(3), [
    ['idle', 100],
    ['idle', 10],
    ['idle', 110],
    ['idle', 95],
    ['idle', 9],
    ['idle', 120],
    ['idle', 11],
    ['idle', 400],
  ])
  assert.deepEqual(sliced(queue, 0.01), [[[100, 95, 110], [10, 11, 9], [120], [400]]])
})

test('a task that keeps to itself has one input a run, in the order of asking', () => {
  const queue = queueOf(tinyTask(1), [
    ['idle', 30],
    ['idle', 10],
    ['idle', 30],
  ])
  assert.deepEqual(sliced(queue, 0.01), [[[30], [10], [30]]])
})

test('a slice is as long as a thread may be busy, and never empty', () => {
  const queue = queueOf(tinyTask(1), [
    ['idle', 500],
    ['idle', 60],
    ['idle', 30],
    ['idle', 40],
  ])
  assert.deepEqual(sliced(queue, 1), [[[500]], [[60], [30]], [[40]]])
})

test('the urgent goes first, and what a thread died on goes alone', () => {
  const queue = queueOf(tinyTask(8), [
    ['idle', 10],
    ['visible', 20, 1],
    ['visible', 21],
    ['edited', 30],
    ['idle', 11],
    ['visible', 22],
  ])
  assert.deepEqual(sliced(queue, 0.01), [[[30]], [[20]], [[21, 22]], [[10, 11]]])
})

test('the budget opens again as what was spent grows old', () => {
  let now = 0
  const spending = new Spending({ ms: 100, perMs: 1_000 }, () => now)
  spending.add(60)
  assert.equal(spending.leftIn(), 0)
  now = 200
  spending.add(70)
  assert.equal(spending.leftIn(), 800)
  now = 1_000
  assert.equal(spending.leftIn(), 0)
  const whole = new Spending({ ms: 100 }, () => now)
  whole.add(100)
  assert.equal(whole.leftIn(), Number.POSITIVE_INFINITY)
})

test('a description that is none is not taken for one', () => {
  const locate = (file: string) => `/models/${file}`
  const sha256 = 'a'.repeat(64)
  assert.deepEqual(describeModel('x', JSON.stringify({ sha256, warm: { tokens: 32 } }), locate), {
    name: 'x',
    file: '/models/x.onnx',
    sha256,
    warm: { tokens: 32 },
  })
  for (const json of ['', 'null', '[]', '{}', '{"sha256":"abc"}', JSON.stringify({ sha256, file: 3 })])
    assert.equal(describeModel('x', json, locate), undefined, json)
})

test('every notice has a sentence of its own in both languages', () => {
  const place = { model: 'tiny', file: 'tiny.onnx' }
  const notices: ModelNotice[] = [
    { kind: 'missing', ...place },
    { kind: 'corrupt', ...place },
    { kind: 'broken', model: 'tiny', detail: 'no graph' },
    { kind: 'engine', detail: 'no WebAssembly' },
    { kind: 'memory', model: 'tiny', bytes: 512 * 1024 * 1024 },
    { kind: 'time', ms: 60_000 },
  ]
  const sentences = LOCALES.flatMap(locale => notices.map(it => modelNotice(it, locale)))
  assert.equal(new Set(sentences).size, 2 * notices.length)
  assert.match(modelNotice(notices[4]!, 'en'), /512 MiB/)
  assert.match(modelNotice(notices[5]!, 'es'), /60 s/)
})

test('a project has at most what the editor allows', () => {
  assert.deepEqual(modelSettings({}), DEFAULT_MODEL_SETTINGS)
  const editor = { enabled: true, threads: 1, memoryLimit: 256, timeBudget: 30 }
  assert.deepEqual(modelSettings({ threads: 2, memoryLimit: 128, timeBudget: 90 }, editor), {
    ...DEFAULT_MODEL_SETTINGS,
    threads: 1,
    memoryLimit: 128,
    timeBudget: 30,
  })
  assert.equal(modelSettings({ enabled: true }, { enabled: false }).enabled, false)
  assert.equal(modelSettings({ enabled: false }, { enabled: true }).enabled, false)
  assert.equal(modelSettings({}, { threads: 2 }).threads, 2)
})

test('settings of models are read, and what is wrong is told by its key', () => {
  const read = (models: object) => readSettings({ models }, () => true)
  assert.deepEqual(read({ engine: 'web', threads: 2, 'memory-limit': 64, 'release-after': 5 }), {
    settings: { models: { engine: 'web', threads: 2, memoryLimit: 64, releaseAfter: 5 } },
    problems: [],
  })
  const { settings, problems } = read({
    threads: 3,
    'time-budget': -1,
    engine: 'gpu',
    color: 'red',
    enabled: false,
  })
  assert.deepEqual(settings, { models: { enabled: false } })
  assert.deepEqual(
    problems.map(it => [it.key, it.code]),
    [
      ['models.threads', 'wrong-type'],
      ['models.time-budget', 'wrong-type'],
      ['models.engine', 'wrong-type'],
      ['models.color', 'unknown-key'],
    ],
  )
})

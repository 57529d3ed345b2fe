// Models in threads, with the real engine: nothing is lost with a thread, an abort is heard, trouble is said once.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DEFAULT_MODEL_SETTINGS } from '@codeant/shared/settings.ts'
import { silentLog } from '../../server/src/base/log.ts'
import { Models } from '../../server/src/host/node/models.ts'
import { InferenceError } from '../../server/src/inference/backend.ts'
import type { ModelNotice } from '../../server/src/inference/local/models.ts'
import type { ModelReport } from '../../server/src/inference/local/pool.ts'
import type { ModelTask } from '../../server/src/inference/task.ts'
import { type Sliced, withTinyPool } from '../support/models/tiny-pool.ts'
import { expected, MODELS, type Scores, type Tokens, tinyTask, tokens } from '../support/models/tiny-task.ts'
import { inFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

/** Loading is half a second of computing, which a busy computer draws out. */
const PATIENT = { timeout: 400_000 }
const { signal } = new AbortController()
const WEIGHTS = readFileSync(join(MODELS, 'tiny/tiny.onnx'))

const ran = (slices: readonly Sliced[]) =>
  slices.flatMap(({ answer }) => (!(answer instanceof Error) && answer.kind === 'ran' ? [answer] : []))
const loads = (slices: readonly Sliced[]) => ran(slices).filter(it => it.loadMs > 0).length
const withdrawn = (slices: readonly Sliced[]) =>
  ran(slices).flatMap(it => it.runs.filter(run => run.kind === 'withdrawn')).length

/** Writes a model that is the tiny one unless said otherwise. */
function writeModel(
  folder: TemporaryFolder,
  name: string,
  { weights = WEIGHTS, sha256 = hash(weights) } = {},
) {
  folder.write(`${name}/${name}.onnx`, weights)
  folder.write(`${name}/model.json`, JSON.stringify({ sha256 }))
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const askOf = (model: string): ModelTask<Tokens, Scores> => ({ ...tinyTask(), model })

test('the engine gives what the arithmetic says, whatever shares a run', PATIENT, () =>
  withTinyPool({}, async ({ pool, slices }) => {
    const lengths = [1, 2, 3, 17, 64, 65, 66, 68, 70, 200, 210, 400]
    const runs: [number, number][] = []
    for (const task of [tinyTask(), tinyTask(4, (inputs, length) => runs.push([inputs, length]))]) {
      const inputs = lengths.map(it => tokens(it))
      const answers = await Promise.all(inputs.map(it => pool.run(task, it, 'idle', signal)))
      assert.deepEqual(answers, inputs.map(expected))
    }
    assert.ok(
      runs.some(([inputs, length]) => inputs === 4 && length <= 70),
      JSON.stringify(runs),
    )
    assert.equal(loads(slices), 1)
    const { tiny } = pool.report().models
    assert.equal(tiny!.state, 'ready')
    assert.equal(tiny!.sha256, hash(WEIGHTS))
    assert.deepEqual([tiny!.asked, tiny!.answered, tiny!.failed], [24, 24, 0])
  }),
)

test('an abort is heard at once, waiting or running, and costs no session', PATIENT, () =>
  withTinyPool({}, async ({ pool, slices }) => {
    await pool.run(tinyTask(), tokens(10), 'edited', signal)
    const cancel = new AbortController()
    const long = Array.from({ length: 6 }, (_, i) => tokens(2_500, i))
    const asked = long.map(it => pool.run(tinyTask(), it, 'edited', cancel.signal))
    const outcomes = Promise.allSettled(asked)
    const other = pool.run(tinyTask(), tokens(30), 'visible', signal)
    await new Promise(resolve => setTimeout(resolve, 20))
    assert.equal(slices.length, 1, 'the first of the long ones is running')
    const reason = new Error('the text changed')
    cancel.abort(reason)
    await Promise.resolve()
    assert.deepEqual(
      await outcomes,
      long.map(() => ({ status: 'rejected', reason })),
    )
    assert.equal(slices.length, 1, 'nobody waited for the one that is running')
    assert.deepEqual(await other, expected(tokens(30)))
    assert.ok(withdrawn(slices) >= 1 || ran(slices).length === 3, 'those that had not begun were not begun')
    assert.equal(loads(slices), 1)
    await assert.rejects(pool.run(tinyTask(), tokens(3), 'idle', cancel.signal), reason)
    assert.equal(pool.report().models.tiny!.failed, 0)
  }),
)

test('what is being edited goes before what is idle, even when that was begun', PATIENT, () =>
  withTinyPool({}, async ({ pool, slices }) => {
    // Short ones first, so that the pool takes the model for fast and sends many at once.
    await Promise.all([1, 2, 3].map(it => pool.run(tinyTask(), tokens(10, it), 'edited', signal)))
    let answered = 0
    const idle = Array.from({ length: 40 }, (_, i) => tokens(1_200, i))
    const all = idle.map(async it => {
      const scores = await pool.run(tinyTask(), it, 'idle', signal)
      answered++
      return scores
    })
    while (slices.length < 2) await new Promise(resolve => setTimeout(resolve, 1))
    const edited = await pool.run(tinyTask(), tokens(50), 'edited', signal)
    assert.deepEqual(edited, expected(tokens(50)))
    assert.ok(answered < idle.length / 2, `${answered} of ${idle.length} went before`)
    assert.deepEqual(await Promise.all(all), idle.map(expected))
  }),
)

test('killing threads in the middle loses no answer', PATIENT, () =>
  withTinyPool({}, async ({ pool, slices, kill }) => {
    const inputs = Array.from({ length: 120 }, (_, i) => tokens(600, i))
    const all = Promise.all(inputs.map(it => pool.run(tinyTask(), it, 'idle', signal)))
    // Once while it starts, and once between the first answers and the last.
    await new Promise(resolve => setTimeout(resolve, 30))
    await kill()
    while (ran(slices).length < 2) await new Promise(resolve => setTimeout(resolve, 1))
    await kill()
    assert.deepEqual(await all, inputs.map(expected))
    assert.ok(slices.filter(it => it.answer instanceof Error).length >= 2, 'it died with work in its hands')
    assert.equal(loads(slices), 2, 'another took its place')
    assert.equal(pool.report().models.tiny!.failed, 0)
  }),
)

test('a thread that hangs is ended, and what it was given is asked again', PATIENT, () => {
  let impatient = false
  const patience = () => (impatient ? 20 : 60_000)
  return withTinyPool({ patience }, async ({ pool, slices }) => {
    await pool.run(tinyTask(), tokens(10), 'edited', signal)
    impatient = true
    const inputs = [tokens(4_500), tokens(20), tokens(30)]
    const asked = inputs.map(it => pool.run(tinyTask(), it, 'edited', signal))
    await Promise.resolve()
    impatient = false
    assert.deepEqual(await Promise.all(asked), inputs.map(expected))
    assert.ok(slices.some(it => it.answer instanceof Error))
    assert.equal(loads(slices), 2)
  })
})

test('corrupt weights switch their model off with one notice, and nothing else', PATIENT, () =>
  inFolder('', folder => {
    const corrupt = Buffer.from(WEIGHTS)
    corrupt[500]! ^= 1
    writeModel(folder, 'good')
    writeModel(folder, 'flipped', { weights: corrupt, sha256: hash(WEIGHTS) })
    writeModel(folder, 'nonsense', { weights: Buffer.from('these are no weights') })
    writeModel(folder, 'gone')
    folder.write('gone/model.json', JSON.stringify({ sha256: hash(WEIGHTS), file: 'elsewhere.onnx' }))
    folder.write('strange/model.json', '{ "weights": 1 }')
    return withTinyPool({ folder: folder.path }, async ({ pool, notices }) => {
      const names = ['flipped', 'good', 'nonsense', 'gone', 'strange', 'absent']
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, i) =>
          Promise.allSettled(names.map(it => pool.run(askOf(it), tokens(20 + i), 'idle', signal))),
        ),
      )
      for (const [i, round] of outcomes.entries()) {
        for (const [at, it] of round.entries()) {
          if (names[at] === 'good')
            assert.deepEqual(it, { status: 'fulfilled', value: expected(tokens(20 + i)) })
          else {
            assert.equal(it.status, 'rejected')
            assert.ok(
              it.reason instanceof InferenceError && it.reason.failure === 'unavailable',
              `${it.reason}`,
            )
          }
        }
      }
      assert.deepEqual(notices.map(it => `${it.kind} ${'model' in it ? it.model : ''}`).sort(), [
        'broken nonsense',
        'corrupt flipped',
        'corrupt strange',
        'missing absent',
        'missing gone',
      ])
      assert.deepEqual(
        names.filter(it => pool.weights(askOf(it))),
        ['good'],
      )
      assert.equal(pool.report(['flipped']).models.flipped!.state, 'off')
    })
  }),
)

test('what a model cannot read is rejected, and the next is answered', PATIENT, () =>
  withTinyPool({}, async ({ pool, notices }) => {
    const wrong: ModelTask<Tokens, Scores> = {
      ...tinyTask(),
      encode: ([it]) => ({ words: { type: 'int32', dims: [1, it!.length], data: Int32Array.from(it!) } }),
    }
    const throwing: ModelTask<Tokens, Scores> = {
      ...tinyTask(),
      decode: () => {
        throw new Error('no such output')
      },
    }
    const beyond = [70]
    for (const [task, input] of [
      [wrong, tokens(5)],
      [throwing, tokens(5)],
      [tinyTask(), beyond],
    ] as const)
      await assert.rejects(pool.run(task, input, 'idle', signal), { failure: 'rejected' })
    // In company, only the one at fault is.
    const company = await Promise.allSettled(
      [tokens(5), beyond, tokens(6)].map(it =>
        pool.run({ ...tinyTask(8), cost: () => 5 }, it, 'idle', signal),
      ),
    )
    assert.deepEqual(
      company.map(it => it.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(notices, [])
  }),
)

test('the memory limit holds, is said once, and shorter inputs are answered', PATIENT, () =>
  withTinyPool({ memoryLimit: 48 }, async ({ pool, notices }) => {
    for (let i = 0; i < 2; i++)
      await assert.rejects(pool.run(tinyTask(), tokens(5_000, i), 'idle', signal), { failure: 'overloaded' })
    assert.deepEqual(await pool.run(tinyTask(), tokens(500), 'idle', signal), expected(tokens(500)))
    assert.deepEqual(notices, [{ kind: 'memory', model: 'tiny', bytes: 48 * 1024 * 1024 }])
    assert.ok(pool.report().memory <= 48 * 1024 * 1024)
  }),
)

test('when the time is used up, what is idle goes unanswered, and what is edited does not', PATIENT, () =>
  withTinyPool({ budget: { ms: 1 } }, async ({ pool, notices }) => {
    const inputs = Array.from({ length: 60 }, (_, i) => tokens(700, i))
    const outcomes = await Promise.allSettled(inputs.map(it => pool.run(tinyTask(), it, 'idle', signal)))
    const answered = outcomes.filter(it => it.status === 'fulfilled').length
    assert.ok(answered > 0 && answered < inputs.length, `${answered} were answered`)
    for (const it of outcomes)
      if (it.status === 'rejected') assert.equal((it.reason as InferenceError).failure, 'overloaded')
    assert.deepEqual(notices, [{ kind: 'time', ms: 1 }])
    assert.deepEqual(await pool.run(tinyTask(), tokens(9), 'edited', signal), expected(tokens(9)))
  }),
)

test('threads that nobody asks are given back, and come again', PATIENT, () =>
  withTinyPool({ releaseAfter: 50 }, async ({ pool, slices }) => {
    await pool.run(tinyTask(), tokens(9), 'edited', signal)
    while (pool.report().threads > 0) await new Promise(resolve => setTimeout(resolve, 10))
    assert.equal(pool.report().models.tiny!.state, 'cold')
    assert.deepEqual(await pool.run(tinyTask(), tokens(9), 'edited', signal), expected(tokens(9)))
    assert.equal(loads(slices), 2)
  }),
)

test('a pool that is closed answers what waits, and works again when it is asked', PATIENT, () =>
  withTinyPool({ threads: 2 }, async ({ pool }) => {
    const waiting = Promise.allSettled(
      [1, 2, 3].map(it => pool.run(tinyTask(), tokens(800, it), 'idle', signal)),
    )
    await pool.close()
    for (const it of await waiting)
      assert.ok(it.status === 'rejected' && (it.reason as InferenceError).failure === 'unavailable')
    const inputs = Array.from({ length: 20 }, (_, i) => tokens(900, i))
    const asked = inputs.map(it => pool.run(tinyTask(), it, 'edited', signal))
    assert.deepEqual(await Promise.all(asked), inputs.map(expected))
    assert.equal(pool.report().threads, 2)
  }),
)

interface Asked {
  readonly answers: readonly Scores[]
  readonly threads: number
  readonly counts: ModelReport
}

async function askElsewhere(cache: string, first: number, count: number): Promise<Asked> {
  const script = fileURLToPath(new URL('../support/models/ask.ts', import.meta.url))
  const args = ['--import', 'tsx', script, cache, String(first), String(count)]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  return JSON.parse(stdout) as Asked
}

test('two processes on one cache do no harm, and a later one asks nothing', PATIENT, () =>
  inFolder('', async ({ path }) => {
    const inputs = (first: number) => Array.from({ length: 60 }, (_, i) => expected(tokens(first + i)))
    const both = await Promise.all([askElsewhere(path, 1, 60), askElsewhere(path, 31, 60)])
    assert.deepEqual(
      both.map(it => it.answers),
      [inputs(1), inputs(31)],
    )
    const later = await askElsewhere(path, 1, 90)
    assert.deepEqual(later.answers, [...inputs(1), ...inputs(61).slice(0, 30)])
    assert.deepEqual([later.counts.asked, later.counts.remembered, later.threads], [0, 90, 0])
  }),
)

test('switched off or idle, models cost nothing; changed settings hold for the next question', PATIENT, () =>
  inFolder('', async ({ path }) => {
    const notices: ModelNotice[] = []
    const settings = { ...DEFAULT_MODEL_SETTINGS, engine: 'web' } as const
    const models = new Models({
      settings: { ...settings, enabled: false },
      env: { CODEANT_CACHE: path },
      log: silentLog,
      cache: true,
      folder: MODELS,
      notify: it => notices.push(it),
    })
    const ask = () => models.backend.run(tinyTask(), tokens(12), 'visible', signal)
    await assert.rejects(ask(), { failure: 'unavailable' })
    assert.equal(models.backend.weights(tinyTask()), undefined)
    await models.configure(settings)
    assert.deepEqual(models.names, ['tiny'])
    assert.equal(models.backend.weights(tinyTask()), hash(WEIGHTS))
    assert.deepEqual([models.report().threads, models.report().models.tiny!.state], [0, 'cold'])
    assert.deepEqual(await ask(), expected(tokens(12)))
    assert.equal(models.report().threads, 1)
    await models.close()
    assert.deepEqual(notices, [])
    const { asked, remembered } = models.lastRun!.models.tiny!
    assert.deepEqual([asked, remembered], [1, 0])
  }),
)

const native = process.env.CODEANT_ONNXRUNTIME
test(
  'the native engine gives the same',
  { ...PATIENT, skip: !native && 'CODEANT_ONNXRUNTIME names none' },
  () =>
    withTinyPool({ native: native! }, async ({ pool }) => {
      for (const it of [3, 64, 500])
        assert.deepEqual(await pool.run(tinyTask(), tokens(it), 'idle', signal), expected(tokens(it)))
      assert.equal(pool.report().engine, 'native')
    }),
)

// The shipped bug finder for tests: the real weights in the real engine, in this process.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Finding } from '@codeant/shared/finding.ts'
import { type BugFinder, readBugFinder } from '../../server/src/features/learned/bug-finder.ts'
import { readAndReview } from '../../server/src/features/learned/review.ts'
import type { InferenceBackend } from '../../server/src/inference/backend.ts'
import { startEngine } from '../../server/src/inference/local/session.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from './engine.ts'

const MODEL = new URL('../../models/bug-finder/', import.meta.url)

export interface TestBugFinder {
  readonly model: BugFinder
  readonly backend: InferenceBackend
  /** What it says of all functions of a text, kinds that have not passed their gate included. */
  readonly findings: (text: string, grammar: Grammar, path?: string) => Promise<readonly Finding[]>
}

export async function testBugFinder(): Promise<TestBugFinder> {
  const read = (file: string) => readFileSync(new URL(file, MODEL), 'utf8')
  // Which score is shown by default depends on what was measured; what the model sees does not.
  const gate = { threshold: 0.25, passed: true, read: 0, worth: 0 }
  const model = { ...readBugFinder(read('model.json'), read('tokenizer.json'))!, gate: () => gate }
  const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  const engine = await startEngine({
    wasm: async () => readFileSync(wasm),
    native: () => undefined,
    memoryLimit: 512 * 1024 * 1024,
  })
  const weights = readFileSync(new URL('bug-finder.onnx', MODEL))
  const session = await engine.open({ name: 'bug-finder', file: '', sha256: '', warm: {} }, weights)
  let last = Promise.resolve()
  const backend: InferenceBackend = {
    name: 'test',
    weights: () => 'test',
    run(task, input) {
      // A session answers one question at a time.
      const answer = last.then(async () => task.decode(await session.run(task.encode([input])), 0, input))
      last = answer.then(
        () => undefined,
        () => undefined,
      )
      return answer
    },
  }
  const options = {
    backend,
    model,
    isWanted: () => true,
    isDismissed: () => false,
    now: () => performance.now(),
  }
  const parser = await testParser()
  return {
    model,
    backend,
    async findings(text, grammar, path = 'src/example') {
      const signal = new AbortController().signal
      const read = await readAndReview(parser, { path, grammar, text }, options, () => true, 'idle', signal)
      return read?.findings ?? []
    },
  }
}

// The shipped bug finder as an engine of an endpoint serves it: the real weights, whose answers can be made surer than they are.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { startEngine } from '../../../server/src/inference/local/session.ts'
import type { Tensors } from '../../../server/src/inference/task.ts'
import type { FakeModel } from './fake-triton.ts'

const MODEL = new URL('../../../models/bug-finder/', import.meta.url)

const DESCRIPTION = JSON.parse(readFileSync(new URL('model.json', MODEL), 'utf8')) as {
  readonly sha256: string
  readonly inputs: Readonly<Record<string, readonly [string, ...(string | number)[]]>>
  readonly outputs: Readonly<Record<string, readonly [string, ...(string | number)[]]>>
}

export const BUG_FINDER_WEIGHTS = DESCRIPTION.sha256

/** `sharpness`: what every logit is multiplied with. 1 is the model as it is; more stands for one that is surer of the same. */
export async function bugFinderModel(
  sharpness: number,
  about: Partial<Omit<FakeModel, 'run'>> = {},
): Promise<FakeModel> {
  const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  const engine = await startEngine({
    wasm: async () => readFileSync(wasm),
    native: () => undefined,
    memoryLimit: 512 * 1024 * 1024,
  })
  const weights = readFileSync(new URL('bug-finder.onnx', MODEL))
  const session = await engine.open({ name: 'bug-finder', file: '', sha256: '', warm: {} }, weights)
  let last: Promise<unknown> = Promise.resolve()
  return {
    inputs: faces(DESCRIPTION.inputs),
    outputs: faces(DESCRIPTION.outputs),
    run(inputs) {
      const answer = last.then(async () => sharper(await session.run(inputs), sharpness))
      last = answer.catch(() => undefined)
      return answer
    },
    ...about,
  }
}

function sharper(outputs: Tensors, sharpness: number): Tensors {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, it]) => [
      name,
      it.type === 'float32' ? { ...it, data: it.data.map(value => value * sharpness) } : it,
    ]),
  )
}

function faces(of: typeof DESCRIPTION.inputs): FakeModel['inputs'] {
  const datatypes: Readonly<Record<string, string>> = { int32: 'INT32', float32: 'FP32' }
  return Object.fromEntries(
    Object.entries(of).map(([name, [type, ...sizes]]) => [
      name,
      [datatypes[type]!, ...sizes.map(it => (typeof it === 'number' ? it : -1))] as const,
    ]),
  )
}

// The endpoint's encoders as a backend, and as somebody who is asked for a second opinion.

import type { Trouble } from '@codeant/shared/endpoint.ts'
import { type InferenceBackend, InferenceError, type Urgency } from '../backend.ts'
import type { AnyTask, ModelTask } from '../task.ts'
import { type ModelFaces, wrongShape } from './faces.ts'
import { EndpointError } from './failure.ts'
import { differenceOf, type OpenInference, type RemoteModel } from './open-inference.ts'

/** What may be asked there at all. A model that reads secrets has no business with anybody else. */
const ALLOWED: ReadonlySet<string> = new Set(['find-bug'])

/** A model of the same face with other weights, where the endpoint has one: it is asked for second opinions. */
export const LARGER = (model: string): string => `${model}-large`

export interface EncodersOptions {
  readonly client: OpenInference
  readonly workspace: string
  readonly timeoutMs: number
  /** What is sent and answered, so that it is within the budget; throws `EndpointError` where it is not. */
  readonly spend: (tokens: number) => void
  /** Code of this workspace may be sent; asked before anything else. Rejects with `EndpointError` where it may not. */
  readonly permitted: (preview: () => string, signal: AbortSignal) => Promise<void>
  /** The digest of the weights on this machine that the product's numbers were measured with. */
  readonly localWeights: (model: string) => string | undefined
  /** A model there is not what it should be, or is again. */
  readonly noticed: (trouble: Trouble | undefined) => void
  /** What the description of the model on this machine promises. */
  readonly faces: (model: string) => ModelFaces | undefined
}

export interface Encoders extends InferenceBackend {
  /**
   * What other weights than those on this machine say. Undefined where the endpoint has none. Rejects as `run` does.
   */
  opinion<Input, Output>(
    task: ModelTask<Input, Output>,
    input: Input,
    signal: AbortSignal,
  ): Promise<Output | undefined>
}

export function remoteEncoders(options: EncodersOptions): Encoders {
  const { client, timeoutMs, localWeights } = options
  const known = new Map<string, string>()

  async function answer<Input, Output>(
    task: ModelTask<Input, Output>,
    input: Input,
    model: (signal: AbortSignal) => Promise<RemoteModel | undefined>,
    signal: AbortSignal,
  ): Promise<Output | undefined> {
    if (!ALLOWED.has(task.id))
      throw new InferenceError('unavailable', `${task.id} is asked on this machine only`)
    const inputs = task.encode([input])
    await options.permitted(() => preview(task, inputs), signal)
    const remote = await model(signal)
    if (!remote) return undefined
    const faces = options.faces(task.model)
    if (!faces) throw new InferenceError('unavailable', `nobody knows what ${task.model} answers`)
    const outputs = Object.keys(faces.outputs)
    const difference = differenceOf(remote, inputs, outputs)
    if (difference) throw mismatch(`${remote.name}: ${difference}`)
    const tokens = task.cost(input)
    options.spend(tokens)
    const { outputs: found } = await client.infer(
      {
        ...{ model: remote, inputs, outputs, tokens, timeoutMs },
        wrong: answered => wrongShape(faces, inputs, answered),
        purpose: 'second-opinion',
        workspace: options.workspace,
      },
      signal,
    )
    options.noticed(undefined)
    return task.decode(found, 0, input)
  }

  function mismatch(message: string): EndpointError {
    options.noticed('mismatch')
    return new EndpointError('mismatch', message, { worked: 'no' })
  }

  /** The weights that this machine has, or should have: the thresholds were measured with no others. */
  async function same(name: string, signal: AbortSignal): Promise<RemoteModel> {
    const remote = await client.describe(name, timeoutMs, signal)
    const wanted = localWeights(name)
    if (remote.sha256 !== undefined && wanted !== undefined && remote.sha256 !== wanted)
      throw mismatch(`${name} has the weights ${remote.sha256.slice(0, 12)}`)
    known.set(name, remote.sha256 ?? `${remote.name} ${remote.versions.join()}`)
    return remote
  }

  async function other(name: string, signal: AbortSignal): Promise<RemoteModel | undefined> {
    for (const it of [LARGER(name), name]) {
      try {
        const remote = await client.describe(it, timeoutMs, signal)
        if (remote.sha256 === undefined || remote.sha256 !== localWeights(name)) return remote
      } catch (error) {
        if (!(error instanceof EndpointError && error.trouble === 'mismatch')) throw error
      }
    }
    return undefined
  }

  return {
    name: 'endpoint',

    weights: task => (ALLOWED.has(task.id) ? (known.get(task.model) ?? localWeights(task.model)) : undefined),

    async run<Input, Output>(
      task: ModelTask<Input, Output>,
      input: Input,
      _urgency: Urgency,
      signal: AbortSignal,
    ): Promise<Output> {
      return (await answer(task, input, own => same(task.model, own), signal))!
    },

    opinion: (task, input, signal) => answer(task, input, own => other(task.model, own), signal),
  }
}

/** The numbers that would be sent, as they are sent to whoever takes no bytes. */
function preview(task: AnyTask, inputs: ReturnType<ModelTask<unknown, unknown>['encode']>): string {
  const lines = Object.entries(inputs).map(
    ([name, it]) => `    "${name}": { "shape": [${it.dims.join(', ')}], "data": [${it.data.join(', ')}] }`,
  )
  return `{\n  "model": "${task.model}",\n  "inputs": {\n${lines.join(',\n')}\n  }\n}`
}

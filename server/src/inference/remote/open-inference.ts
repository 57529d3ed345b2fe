// A client of the Open Inference Protocol, version 2: which models are there, what they take, and what they answer.

import type { Purpose } from '@codeant/shared/endpoint.ts'
import type { Tensors } from '../task.ts'
import { type Connection, readAll, readJson } from './connection.ts'
import { EndpointError } from './failure.ts'
import {
  binaryRequest,
  datatypeOf,
  HEADER_LENGTH,
  type InferAnswer,
  jsonRequest,
  readAnswer,
  type TensorFace,
} from './tensors.ts'

/** A thousand tokens point at a thousand others: four megabytes of numbers, some forty of digits. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024
const MOST_METADATA_BYTES = 1024 * 1024
/** Models are replaced under a running editor: what one looks like is asked again after so long. */
const FRESH_MS = 300_000

export interface RemoteModel {
  readonly name: string
  readonly versions: readonly string[]
  /** The digest of its weights, where the endpoint tells it: ours does, as the parameter `sha256`. */
  readonly sha256: string | undefined
  readonly inputs: readonly TensorFace[]
  readonly outputs: readonly TensorFace[]
}

export interface InferOptions {
  readonly model: RemoteModel
  readonly inputs: Tensors
  readonly outputs: readonly string[]
  /** What is wrong with the shapes of an answer; undefined when nothing is. */
  readonly wrong: (outputs: Tensors) => string | undefined
  readonly purpose: Purpose
  readonly workspace: string
  readonly tokens: number
  readonly timeoutMs: number
}

interface Fresh<T> {
  readonly value: T
  readonly until: number
}

export class OpenInference {
  readonly #connection: Connection
  readonly #now: () => number
  readonly #models = new Map<string, Fresh<Promise<RemoteModel>>>()
  #takesBinary: Fresh<Promise<boolean>> | undefined
  #ids = 0

  constructor(connection: Connection, now: () => number) {
    this.#connection = connection
    this.#now = now
  }

  /** What a model looks like. Rejects with `EndpointError` (`mismatch` when there is no such model) or the signal's reason. */
  describe(model: string, timeoutMs: number, signal: AbortSignal): Promise<RemoteModel> {
    const known = this.#models.get(model)
    if (known && this.#now() < known.until) return known.value
    const value = this.#get(`/v2/models/${encodeURIComponent(model)}`, timeoutMs, signal, it =>
      readModel(model, it),
    ).catch((error: unknown) => {
      // Some engines call a model that they do not have a bad request.
      if (error instanceof EndpointError && error.trouble === 'rejected')
        throw new EndpointError('mismatch', error.message, { worked: 'no' })
      throw error
    })
    this.#models.set(model, { value, until: this.#now() + FRESH_MS })
    value.catch((error: unknown) => {
      // That there is no such model is worth remembering; that nobody answered is not.
      const isKnown = error instanceof EndpointError && error.trouble === 'mismatch'
      if (!isKnown && this.#models.get(model)?.value === value) this.#models.delete(model)
    })
    return value
  }

  /** Rejects with `EndpointError` or the signal's reason. */
  async infer(options: InferOptions, signal: AbortSignal): Promise<InferAnswer> {
    const { model, inputs, outputs, purpose, workspace, tokens, timeoutMs } = options
    const wide = new Set(model.inputs.filter(it => it.datatype === 'INT64').map(it => it.name))
    const id = `codeant-${++this.#ids}`
    const path = `/v2/models/${encodeURIComponent(model.name)}/infer`
    const binary = (await this.#binary(timeoutMs, signal))
      ? binaryRequest(id, inputs, outputs, wide)
      : undefined
    const headers: Readonly<Record<string, string>> = binary
      ? { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(binary.headerLength) }
      : { 'content-type': 'application/json' }
    const body = binary?.body ?? jsonRequest(id, inputs, outputs, wide)
    const answer = await this.#connection.exchange(
      {
        letter: { method: 'POST', path, purpose, workspace, tokens, headers, body },
        read: async reply => {
          const bytes = await readAll(reply.body, MOST_ANSWER_BYTES)
          const answer = readAnswer(bytes, binary && reply.header(HEADER_LENGTH), outputs)
          const wrong =
            answer.model === model.name ? options.wrong(answer.outputs) : `asked was ${model.name}`
          if (wrong) throw new EndpointError('garbled', `${answer.model}: ${wrong}`)
          return answer
        },
        timeoutMs,
        isCheap: true,
      },
      signal,
    )
    if (
      answer.version !== undefined &&
      model.versions.length > 0 &&
      !model.versions.includes(answer.version)
    ) {
      // It was replaced since it was described: what it is now is asked before it is believed.
      this.#models.delete(model.name)
      throw new EndpointError('mismatch', `${model.name} ${answer.version} was never described`)
    }
    return answer
  }

  forget(): void {
    this.#models.clear()
    this.#takesBinary = undefined
  }

  #binary(timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.#takesBinary && this.#now() < this.#takesBinary.until) return this.#takesBinary.value
    const value = this.#get('/v2', timeoutMs, signal, it => {
      const { extensions } = it as { extensions?: unknown }
      return Array.isArray(extensions) && extensions.includes('binary_tensor_data')
    }).catch((error: unknown) => {
      // Who does not describe itself is spoken to in JSON, which everybody must understand.
      if (error instanceof EndpointError && error.trouble === 'mismatch') return false
      this.#takesBinary = undefined
      throw error
    })
    this.#takesBinary = { value, until: this.#now() + FRESH_MS }
    return value
  }

  #get<T>(path: string, timeoutMs: number, signal: AbortSignal, read: (json: unknown) => T): Promise<T> {
    return this.#connection.exchange(
      {
        letter: { method: 'GET', path, purpose: 'check', tokens: 0 },
        read: async reply => read(await readJson(reply, MOST_METADATA_BYTES)),
        timeoutMs,
        isCheap: true,
      },
      signal,
    )
  }
}

/** Undefined when the model takes these inputs and gives these outputs; else what is different. */
export function differenceOf(
  model: RemoteModel,
  inputs: Tensors,
  outputs: readonly string[],
): string | undefined {
  for (const [name, tensor] of Object.entries(inputs)) {
    const face = model.inputs.find(it => it.name === name)
    if (!face) return `it has no input ${name}`
    const own = datatypeOf(tensor)
    if (face.datatype !== own && !(own === 'INT32' && face.datatype === 'INT64'))
      return `its input ${name} is ${face.datatype}, not ${own}`
    if (face.shape.length !== tensor.dims.length) return `its input ${name} has the shape [${face.shape}]`
    for (const [i, size] of face.shape.entries())
      if (size !== -1 && size !== tensor.dims[i]) return `its input ${name} has the shape [${face.shape}]`
  }
  for (const { name } of model.inputs) if (!inputs[name]) return `it wants an input ${name}`
  for (const name of outputs)
    if (!model.outputs.some(it => it.name === name)) return `it has no output ${name}`
  return undefined
}

function readModel(name: string, json: unknown): RemoteModel {
  const it = json as {
    name?: unknown
    versions?: unknown
    inputs?: unknown
    outputs?: unknown
    parameters?: { sha256?: unknown }
  }
  if (it?.name !== name) throw new EndpointError('garbled', 'the answer describes no model of this name')
  const sha256 = it.parameters?.sha256
  return {
    name,
    versions: Array.isArray(it.versions) ? it.versions.map(String) : [],
    sha256: typeof sha256 === 'string' ? sha256.toLowerCase() : undefined,
    inputs: faces(it.inputs),
    outputs: faces(it.outputs),
  }
}

function faces(value: unknown): TensorFace[] {
  if (!Array.isArray(value)) throw new EndpointError('garbled', 'the model does not say what it takes')
  return value.map(({ name, datatype, shape }: Partial<TensorFace>) => {
    if (typeof name !== 'string' || typeof datatype !== 'string' || !Array.isArray(shape))
      throw new EndpointError('garbled', 'the model does not say what it takes')
    // Some engines write sizes as texts.
    return { name, datatype, shape: shape.map(Number) }
  })
}

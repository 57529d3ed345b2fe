// The models of this installation behind the Open Inference Protocol: in this process, on threads of their own, no engine to run.
//
// A request is cut into its rows. Each row waits by itself, so that rows of several requests share a run where the model is one whose
// answers do not depend on company, and an answer is what the editor's own models say, whoever else asks.

import type { EmbeddedModels, ModelSignature, Tensors } from '@codeant/server/api/models.ts'
import { ModelFailure } from '@codeant/server/api/models.ts'
import { Refusal } from '../errors.ts'
import { type InferRequest, readInferRequest, type Tensor, writeInferResponse } from '../oip/message.ts'
import type { EncoderUpstream, ModelMetadata, TensorMetadata } from './upstream.ts'

export interface EmbeddedOptions {
  readonly models: EmbeddedModels
  readonly version: string
  /** How many rows may wait. */
  readonly queue: number
}

/** There is one of each: what changes is the installation, and with it the digest of the weights. */
const VERSION = '1'
/** What waits is answered in about this many seconds: a queue is as long as an operator allows. */
const RETRY_SECONDS = 1

export function embeddedUpstream({ models, version, queue }: EmbeddedOptions): EncoderUpstream {
  let waiting = 0

  const signatureOf = async (model: string, wanted: string | undefined): Promise<ModelSignature> => {
    if (!models.names.includes(model)) throw new Refusal('not-found', `there is no model "${model}"`)
    if (wanted !== undefined && wanted !== VERSION)
      throw new Refusal('not-found', `the model "${model}" has no version "${wanted}"`)
    const signature = await models.signature(model)
    if (!signature) throw new Refusal('unavailable', `the model "${model}" cannot be loaded`)
    return signature
  }

  return {
    name: 'embedded',

    server: async () => ({ name: 'codeant', version, extensions: ['binary_tensor_data'] }),
    isReady: async () => models.names.length > 0,
    models: async () => models.names,

    async isModelReady(model, wanted) {
      await signatureOf(model, wanted)
      return true
    },

    async metadata(model, wanted): Promise<ModelMetadata> {
      const { sha256, inputs, outputs } = await signatureOf(model, wanted)
      return {
        name: model,
        versions: [VERSION],
        platform: 'onnxruntime',
        inputs: inputs.map(wireSignature),
        outputs: outputs.map(wireSignature),
        parameters: { sha256 },
      }
    },

    async infer({ model, version: wanted, body, headerLength }, signal) {
      const signature = await signatureOf(model, wanted)
      const request = readInferRequest(body, headerLength)
      const rows = rowsOf(request, signature)
      if (waiting + rows.length > queue)
        throw new Refusal('overloaded', undefined, { retryAfter: RETRY_SECONDS })
      waiting += rows.length
      try {
        const answers = await Promise.all(rows.map(it => models.run(model, it, priorityOf(request), signal)))
        const outputs = joined(answers)
        const answer = writeInferResponse(request, { model, version: VERSION, outputs })
        return { status: 200, ...answer, rows: rows.length }
      } catch (error) {
        throw error instanceof ModelFailure ? refusalOf(error) : error
      } finally {
        waiting -= rows.length
      }
    },

    load: () => ({ waiting, memory: models.report().memory }),
    close: () => models.close(),
  }
}

function wireSignature({ name, type, dims }: ModelSignature['inputs'][number]): TensorMetadata {
  // Any number of rows is cut into single ones, whatever the model takes at once.
  return {
    name,
    datatype: DATATYPE[type],
    shape: dims.map((it, i) => (i > 0 && typeof it === 'number' ? it : -1)),
  }
}

const DATATYPE = { int32: 'INT32', float32: 'FP32' } as const

/** Checked against what the model takes, then cut along the first dimension. */
function rowsOf({ inputs }: InferRequest, signature: ModelSignature): Tensors[] {
  for (const { name } of inputs)
    if (!signature.inputs.some(it => it.name === name))
      throw new Refusal('invalid', `the model has no input "${name}"`)
  const sizes = new Map<string, number>()
  const given = signature.inputs.map(expected => {
    const input = inputs.find(it => it.name === expected.name)
    if (!input) throw new Refusal('invalid', `the input "${expected.name}" is missing`)
    check(input, expected, sizes)
    return input
  })
  const count = given[0]?.shape[0] ?? 0
  if (count === 0 || given.some(it => it.shape[0] !== count))
    throw new Refusal('invalid', 'all inputs need the same first dimension, of at least 1')
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(given.map(it => [it.name, rowOf(it, row, count)])),
  )
}

/** `sizes` holds what the named dimensions were the first time: one name is one size. The first dimension counts rows. */
function check(
  { name, datatype, shape }: Tensor,
  expected: ModelSignature['inputs'][number],
  sizes: Map<string, number>,
): void {
  if (datatype !== DATATYPE[expected.type])
    throw new Refusal('invalid', `the input "${name}" has to be ${DATATYPE[expected.type]}, not ${datatype}`)
  const isAllowed =
    shape.length === expected.dims.length &&
    expected.dims.every((size, i) => {
      if (i === 0) return true
      if (typeof size === 'number') return shape[i] === size
      const known = sizes.get(size) ?? shape[i]!
      sizes.set(size, known)
      return shape[i] === known && known > 0
    })
  if (!isAllowed)
    throw new Refusal(
      'invalid',
      `the input "${name}" has the shape [${shape.join(', ')}], the model takes [${expected.dims.map((it, i) => (i === 0 ? 'rows' : it)).join(', ')}]`,
    )
}

function rowOf({ datatype, shape, bytes }: Tensor, row: number, count: number): Tensors[string] {
  const size = bytes.length / count
  // A copy, and so not `slice`, which of a Buffer is none: four-byte numbers cannot begin anywhere in a body.
  const own = new Uint8Array(bytes.subarray(row * size, (row + 1) * size))
  const dims = [1, ...shape.slice(1)]
  return datatype === 'INT32'
    ? { type: 'int32', dims, data: new Int32Array(own.buffer, own.byteOffset, own.length / 4) }
    : { type: 'float32', dims, data: new Float32Array(own.buffer, own.byteOffset, own.length / 4) }
}

/** Rows of like shape have answers of like shape. */
function joined(answers: readonly Tensors[]): Tensor[] {
  return Object.entries(answers[0]!).map(([name, first]) => ({
    name,
    datatype: DATATYPE[first.type],
    shape: [answers.length, ...first.dims.slice(1)],
    bytes: Buffer.concat(
      answers.map(it => {
        const { buffer, byteOffset, byteLength } = it[name]!.data
        return new Uint8Array(buffer, byteOffset, byteLength)
      }),
    ),
  }))
}

/** Triton's parameter: 1 is the most urgent, 0 the default. */
function priorityOf({ parameters: { priority } }: InferRequest): 'edited' | 'visible' | 'idle' {
  return priority === 1 ? 'edited' : typeof priority === 'number' && priority > 2 ? 'idle' : 'visible'
}

function refusalOf(error: ModelFailure): Refusal {
  const { failure, message } = error
  switch (failure) {
    case 'rejected':
      return new Refusal('invalid', message, { cause: error })
    case 'overloaded':
      return new Refusal('overloaded', message, { cause: error, retryAfter: RETRY_SECONDS })
    case 'timeout':
      return new Refusal('upstream-timeout', message, { cause: error })
    case 'unavailable':
      return new Refusal('unavailable', message, { cause: error })
  }
}

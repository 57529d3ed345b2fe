// Tensors as the Open Inference Protocol carries them: as JSON, or as bytes behind a header of JSON.

import type { Tensor, Tensors } from '../task.ts'
import { EndpointError } from './failure.ts'

/** What a model says that it takes or gives; -1 stands for any size. */
export interface TensorFace {
  readonly name: string
  readonly datatype: string
  readonly shape: readonly number[]
}

/** What an endpoint was told in the header that says where its bytes begin. */
export const HEADER_LENGTH = 'inference-header-content-length'

const DATATYPES = { int32: 'INT32', float32: 'FP32' } as const

export function datatypeOf(tensor: Pick<Tensor, 'type'>): string {
  return DATATYPES[tensor.type]
}

/** Inputs as a body of JSON. `wide`: names of those that the model takes as 64-bit integers. */
export function jsonRequest(
  id: string,
  inputs: Tensors,
  outputs: readonly string[],
  wide: ReadonlySet<string>,
): string {
  return JSON.stringify({
    id,
    inputs: Object.entries(inputs).map(([name, it]) => ({
      name,
      shape: it.dims,
      datatype: wide.has(name) ? 'INT64' : datatypeOf(it),
      data: [...it.data],
    })),
    outputs: outputs.map(name => ({ name })),
  })
}

/** The same with the values as bytes, little end first, in the order of the inputs. */
export function binaryRequest(
  id: string,
  inputs: Tensors,
  outputs: readonly string[],
  wide: ReadonlySet<string>,
): { readonly body: Uint8Array; readonly headerLength: number } {
  const blocks = Object.entries(inputs).map(([name, it]) => bytesOf(it, wide.has(name)))
  const header = new TextEncoder().encode(
    JSON.stringify({
      id,
      inputs: Object.entries(inputs).map(([name, it], i) => ({
        name,
        shape: it.dims,
        datatype: wide.has(name) ? 'INT64' : datatypeOf(it),
        parameters: { binary_data_size: blocks[i]!.length },
      })),
      outputs: outputs.map(name => ({ name, parameters: { binary_data: true } })),
    }),
  )
  const body = new Uint8Array(header.length + blocks.reduce((sum, it) => sum + it.length, 0))
  body.set(header)
  let at = header.length
  for (const it of blocks) {
    body.set(it, at)
    at += it.length
  }
  return { body, headerLength: header.length }
}

/** What `binaryRequest` made, for a person who wants to see every value that was sent. */
export function binaryAsText(body: Uint8Array, headerLength: number): string {
  const header = JSON.parse(new TextDecoder().decode(body.subarray(0, headerLength))) as {
    readonly inputs: readonly {
      readonly name: string
      readonly datatype: string
      readonly parameters: { readonly binary_data_size: number }
    }[]
  }
  const parts = [JSON.stringify(header, null, 2)]
  let at = headerLength
  for (const { name, datatype, parameters } of header.inputs) {
    const bytes = body.slice(at, (at += parameters.binary_data_size))
    const view = new DataView(bytes.buffer)
    const size = datatype === 'INT64' ? 8 : 4
    const values = Array.from({ length: bytes.length / size }, (_, i) =>
      datatype === 'FP32'
        ? view.getFloat32(i * 4, true)
        : size === 8
          ? view.getBigInt64(i * 8, true)
          : view.getInt32(i * 4, true),
    )
    parts.push(`${name} = ${values.join(', ')}`)
  }
  return parts.join('\n\n')
}

export interface InferAnswer {
  readonly model: string
  readonly version: string | undefined
  readonly outputs: Tensors
}

/** Reads an answer in either form; the wanted outputs are there and hold as many finite numbers as their shapes say. */
export function readAnswer(
  bytes: Uint8Array,
  headerLength: string | undefined,
  wanted: readonly string[],
): InferAnswer {
  const length = headerLength === undefined ? bytes.length : Number(headerLength)
  if (!Number.isInteger(length) || length < 0 || length > bytes.length)
    throw garbled(`the header is said to have ${headerLength} bytes`)
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length)))
  } catch {
    throw garbled('the answer is no JSON')
  }
  if (!isRecord(header) || typeof header.model_name !== 'string' || !Array.isArray(header.outputs))
    throw garbled('the answer has no model_name or no outputs')
  const outputs: Record<string, Tensor> = {}
  let at = length
  for (const it of header.outputs) {
    if (!isRecord(it) || typeof it.name !== 'string') throw garbled('an output has no name')
    const size = isRecord(it.parameters) ? it.parameters.binary_data_size : undefined
    if (typeof size === 'number') {
      if (at + size > bytes.length) throw garbled(`${it.name} is cut off`)
      outputs[it.name] = fromBytes(it, bytes.slice(at, at + size))
      at += size
    } else outputs[it.name] = fromJson(it)
  }
  for (const name of wanted) if (!outputs[name]) throw garbled(`there is no output ${name}`)
  const version = typeof header.model_version === 'string' ? header.model_version : undefined
  return { model: header.model_name, version, outputs }
}

function fromJson(output: Readonly<Record<string, unknown>>): Tensor {
  const { name, data } = output
  if (!Array.isArray(data)) throw garbled(`${name} has no data`)
  // It may be nested as the shape is.
  const flat = data.flat(Number.POSITIVE_INFINITY) as unknown[]
  if (!flat.every(it => typeof it === 'number')) throw garbled(`${name} holds something else than numbers`)
  const [type, dims] = faceOf(output, flat.length)
  return type === 'int32'
    ? { type, dims, data: Int32Array.from(flat as number[]) }
    : { type, dims, data: finite(name, Float32Array.from(flat as number[])) }
}

/** `bytes` begins at the beginning of its memory. */
function fromBytes(output: Readonly<Record<string, unknown>>, bytes: Uint8Array): Tensor {
  const isWide = output.datatype === 'INT64'
  const [type, dims] = faceOf(output, bytes.length / (isWide ? 8 : 4))
  const view = new DataView(bytes.buffer)
  const count = bytes.length / (isWide ? 8 : 4)
  if (type === 'int32') {
    const data = new Int32Array(count)
    for (let i = 0; i < count; i++)
      data[i] = isWide ? Number(view.getBigInt64(i * 8, true)) : view.getInt32(i * 4, true)
    return { type, dims, data }
  }
  const data = new Float32Array(count)
  for (let i = 0; i < count; i++) data[i] = view.getFloat32(i * 4, true)
  return { type, dims, data: finite(output.name, data) }
}

function faceOf(
  { name, datatype, shape }: Readonly<Record<string, unknown>>,
  count: number,
): [Tensor['type'], readonly number[]] {
  if (!Array.isArray(shape) || !shape.every(it => Number.isInteger(it) && it >= 0))
    throw garbled(`${name} has no shape`)
  if (shape.reduce((product, it) => product * it, 1) !== count)
    throw garbled(`${name} has ${count} values and the shape [${shape}]`)
  if (datatype === 'FP32') return ['float32', shape]
  if (datatype === 'INT32' || datatype === 'INT64') return ['int32', shape]
  throw garbled(`${name} is of type ${datatype}`)
}

function finite(name: unknown, data: Float32Array): Float32Array {
  if (data.some(it => Number.isNaN(it))) throw garbled(`${name} holds what is no number`)
  return data
}

function bytesOf({ data }: Tensor, isWide: boolean): Uint8Array {
  const size = isWide ? 8 : 4
  const view = new DataView(new ArrayBuffer(data.length * size))
  for (const [i, it] of data.entries()) {
    if (isWide) view.setBigInt64(i * 8, BigInt(it), true)
    else if (data instanceof Int32Array) view.setInt32(i * 4, it, true)
    else view.setFloat32(i * 4, it, true)
  }
  return new Uint8Array(view.buffer)
}

function garbled(message: string): EndpointError {
  return new EndpointError('garbled', message)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

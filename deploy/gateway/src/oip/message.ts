// Inference requests and answers of the Open Inference Protocol v2, as JSON and with the binary tensor extension.
//
// Binary: the body begins with the JSON, whose length a header tells, and the tensors follow in their order.

import { Refusal } from '../errors.ts'
import { type Datatype, fromJson, isDatatype, toJson, widthOf } from './datatype.ts'

/** In bytes: how much of the body is JSON. */
export const HEADER_LENGTH = 'inference-header-content-length'

export interface Tensor {
  readonly name: string
  readonly datatype: Datatype
  readonly shape: readonly number[]
  /** Little-endian, row after row. */
  readonly bytes: Uint8Array
}

export interface InferRequest {
  readonly id?: string
  readonly parameters: Parameters
  readonly inputs: readonly Tensor[]
  /** Absent: all that the model has. */
  readonly outputs?: readonly WantedOutput[]
  /** For outputs that do not say themselves. */
  readonly isBinary: boolean
}

export interface WantedOutput {
  readonly name: string
  readonly isBinary?: boolean
}

export interface InferResult {
  readonly model: string
  readonly version: string
  readonly outputs: readonly Tensor[]
}

export interface WireMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type Parameters = Readonly<Record<string, unknown>>

/** Throws `Refusal` with what is wrong. `headerLength` is the value of its header, where there is one. */
export function readInferRequest(body: Uint8Array, headerLength: string | undefined): InferRequest {
  const { header, tail } = split(body, headerLength)
  const message = parse(header)
  const id = message.id
  if (id !== undefined && typeof id !== 'string') throw wrong('"id" has to be text')
  const parameters = parametersOf(message, 'the request')
  const rest = new Tail(tail)
  const inputs = listOf(message.inputs, 'inputs').map(it => readInput(it, rest))
  if (inputs.length === 0) throw wrong('"inputs" is empty')
  rest.expectEnd()
  unique(inputs, 'input')
  const outputs =
    message.outputs === undefined ? undefined : listOf(message.outputs, 'outputs').map(readWantedOutput)
  if (outputs) unique(outputs, 'output')
  return {
    ...(id !== undefined && { id }),
    parameters,
    inputs,
    ...(outputs && outputs.length > 0 && { outputs }),
    isBinary: parameters.binary_data_output === true,
  }
}

/**
 * For requests that are passed on: the shape only, since engines know types that we do not. Shared memory is refused: regions of an
 * engine's host belong to nobody in particular, and a tenant could name those of another. Returns how many rows there are, where the
 * first input says so.
 */
export function inspectInferRequest(body: Uint8Array, headerLength: string | undefined): number | undefined {
  const message = parse(split(body, headerLength).header)
  const inputs = listOf(message.inputs, 'inputs')
  if (inputs.length === 0) throw wrong('"inputs" is empty')
  for (const it of [...inputs, ...listOf(message.outputs ?? [], 'outputs')]) {
    if (!isObject(it) || typeof it.name !== 'string') throw wrong('every input and output needs a "name"')
    if ('shared_memory_region' in parametersOf(it, `"${it.name}"`))
      throw wrong('shared memory is not offered here')
  }
  const [first] = inputs as readonly { readonly shape?: unknown }[]
  const rows = Array.isArray(first?.shape) ? first.shape[0] : undefined
  return Number.isSafeInteger(rows) && rows > 0 ? rows : undefined
}

/** Throws `Refusal` when something was asked for that the model does not have or JSON cannot say. */
export function writeInferResponse(request: InferRequest, result: InferResult): WireMessage {
  const wanted = request.outputs ?? result.outputs.map((it): WantedOutput => ({ name: it.name }))
  const tails: Uint8Array[] = []
  const outputs = wanted.map(({ name, isBinary = request.isBinary }) => {
    const output = result.outputs.find(it => it.name === name)
    if (!output) throw wrong(`the model ${result.model} has no output "${name}"`)
    const { datatype, shape, bytes } = output
    if (isBinary) {
      tails.push(bytes)
      return { name, datatype, shape, parameters: { binary_data_size: bytes.length } }
    }
    const data = toJson(datatype, bytes)
    if (!data) throw wrong(`JSON cannot hold the values of the output "${name}"; ask for binary data`)
    return { name, datatype, shape, data }
  })
  const message = {
    model_name: result.model,
    model_version: result.version,
    ...(request.id !== undefined && { id: request.id }),
    outputs,
  }
  const json = Buffer.from(JSON.stringify(message))
  if (tails.length === 0) return { headers: { 'content-type': 'application/json' }, body: json }
  return {
    headers: { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(json.length) },
    body: Buffer.concat([json, ...tails]),
  }
}

/** Takes tensors off the end of a body, in their order. */
class Tail {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number, name: string): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw wrong(`the body ends before the data of the input "${name}" does`)
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  expectEnd(): void {
    const left = this.#bytes.length - this.#at
    if (left > 0) throw wrong(`${left} bytes follow after the data of the last input`)
  }
}

function split(
  body: Uint8Array,
  headerLength: string | undefined,
): { readonly header: Uint8Array; readonly tail: Uint8Array } {
  if (headerLength === undefined) return { header: body, tail: body.subarray(body.length) }
  const length = /^\d{1,15}$/.test(headerLength) ? Number(headerLength) : Number.NaN
  if (!(length <= body.length)) throw wrong('Inference-Header-Content-Length is no length within the body')
  return { header: body.subarray(0, length), tail: body.subarray(length) }
}

function parse(header: Uint8Array): Readonly<Record<string, unknown>> {
  let message: unknown
  try {
    message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header))
  } catch {
    throw wrong('the request is not valid JSON')
  }
  if (!isObject(message)) throw wrong('the request has to be an object')
  return message
}

function readInput(given: unknown, tail: Tail): Tensor {
  if (!isObject(given) || typeof given.name !== 'string') throw wrong('every input needs a "name"')
  const { name, datatype, shape, data } = given
  if (!isDatatype(datatype)) throw wrong(`the input "${name}" has no datatype of the protocol`)
  if (!Array.isArray(shape) || !shape.every(it => Number.isSafeInteger(it) && it >= 0))
    throw wrong(`the shape of the input "${name}" has to be a list of whole numbers`)
  const parameters = parametersOf(given, `the input "${name}"`)
  if ('shared_memory_region' in parameters) throw wrong('shared memory is not offered here')
  const count = shape.reduce((product: number, it: number) => product * it, 1)
  if (!Number.isSafeInteger(count)) throw wrong(`the shape of the input "${name}" is too large`)
  const size = parameters.binary_data_size
  if (size !== undefined && data !== undefined)
    throw wrong(`the input "${name}" has both "data" and "binary_data_size"`)
  const bytes =
    size === undefined ? jsonData(name, datatype, data, count) : binaryData(name, datatype, size, count, tail)
  return { name, datatype, shape, bytes }
}

function jsonData(name: string, datatype: Datatype, data: unknown, count: number): Uint8Array {
  if (!Array.isArray(data)) throw wrong(`the input "${name}" has no "data"`)
  // Nested by dimension or flat: both are the same in row order.
  const elements = data.some(Array.isArray) ? data.flat(Number.POSITIVE_INFINITY) : data
  if (elements.length !== count)
    throw wrong(`the input "${name}" has ${elements.length} elements, its shape says ${count}`)
  const bytes = fromJson(datatype, elements)
  if (!bytes) throw wrong(`the data of the input "${name}" is not ${datatype}, or JSON has no form for it`)
  return bytes
}

function binaryData(name: string, datatype: Datatype, size: unknown, count: number, tail: Tail): Uint8Array {
  if (!Number.isSafeInteger(size) || (size as number) < 0)
    throw wrong(`"binary_data_size" of the input "${name}" has to be a whole number`)
  const width = widthOf(datatype)
  if (width !== undefined && size !== count * width)
    throw wrong(`the input "${name}" has ${size} bytes, its shape and datatype say ${count * width}`)
  return tail.take(size as number, name)
}

function readWantedOutput(given: unknown): WantedOutput {
  if (!isObject(given) || typeof given.name !== 'string') throw wrong('every output needs a "name"')
  const { name } = given
  const { binary_data, classification, shared_memory_region } = parametersOf(given, `the output "${name}"`)
  if (classification !== undefined) throw wrong('classification is not offered here')
  if (shared_memory_region !== undefined) throw wrong('shared memory is not offered here')
  if (binary_data === undefined) return { name }
  if (typeof binary_data !== 'boolean')
    throw wrong(`"binary_data" of the output "${name}" has to be true or false`)
  return { name, isBinary: binary_data }
}

function parametersOf({ parameters = {} }: Readonly<Record<string, unknown>>, whose: string): Parameters {
  if (!isObject(parameters)) throw wrong(`the parameters of ${whose} have to be an object`)
  return parameters
}

function listOf(value: unknown, key: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(`"${key}" has to be a list`)
  return value
}

function unique(named: readonly { readonly name: string }[], what: string): void {
  const seen = new Set<string>()
  for (const { name } of named) {
    if (seen.has(name)) throw wrong(`the ${what} "${name}" is given twice`)
    seen.add(name)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(what: string): Refusal {
  return new Refusal('invalid', what)
}

// The named constants of a model in the ONNX format, for networks so small that an engine would cost more than they do.
//
// ONNX is a protocol buffer: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto names the fields that are read here.

/** Values of a tensor, row by row. */
export interface Constant {
  readonly dims: readonly number[]
  readonly values: Int8Array | Float32Array | BigInt64Array
}

/** By name, those that hold int8, int64 or float32. Throws a RangeError where the bytes end too soon. */
export function onnxConstants(model: Uint8Array): ReadonlyMap<string, Constant> {
  const found = new Map<string, Constant>()
  for (const graph of fieldsOf(model, MODEL.graph))
    for (const tensor of fieldsOf(graph, GRAPH.initializer)) {
      const [name] = fieldsOf(tensor, TENSOR.name)
      const [raw] = fieldsOf(tensor, TENSOR.raw)
      const values = raw && valuesOf(numbersOf(tensor, TENSOR.type)[0], raw)
      if (name && values)
        found.set(new TextDecoder().decode(name), { dims: numbersOf(tensor, TENSOR.dims), values })
    }
  return found
}

const MODEL = { graph: 7 }
const GRAPH = { initializer: 5 }
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9 }
const FLOAT32 = 1
const INT8 = 3
const INT64 = 7

/** Little-endian, as the format has it. */
function valuesOf(type: number | undefined, raw: Uint8Array): Constant['values'] | undefined {
  const bytes = new Uint8Array(raw).buffer // a copy, because what is read lies anywhere
  if (type === INT8) return new Int8Array(bytes)
  if (type === INT64) return new BigInt64Array(bytes)
  return type === FLOAT32 ? new Float32Array(bytes) : undefined
}

/** All values of a field that has a length: messages, strings, bytes. */
function* fieldsOf(message: Uint8Array, wanted: number): Generator<Uint8Array> {
  for (const { field, bytes } of fields(message)) if (field === wanted && bytes) yield bytes
}

/** All values of a field of whole numbers, written one by one or packed. */
function numbersOf(message: Uint8Array, wanted: number): number[] {
  const found: number[] = []
  for (const { field, bytes, number } of fields(message)) {
    if (field !== wanted) continue
    if (!bytes) found.push(number)
    else for (const reader = new Reader(bytes); !reader.isAtEnd; ) found.push(reader.number())
  }
  return found
}

interface Field {
  readonly field: number
  readonly number: number
  readonly bytes?: Uint8Array
}

function* fields(message: Uint8Array): Generator<Field> {
  const reader = new Reader(message)
  while (!reader.isAtEnd) {
    const tag = reader.number()
    const field = Math.floor(tag / 8)
    switch (tag % 8) {
      case 0:
        yield { field, number: reader.number() }
        break
      case 1:
        reader.bytes(8)
        break
      case 2:
        yield { field, number: 0, bytes: reader.bytes(reader.number()) }
        break
      case 5:
        reader.bytes(4)
        break
      default:
        throw new RangeError('no protocol buffer')
    }
  }
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** Seven bits a byte, the lowest first. */
  number(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes(1)[0]!
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }

  bytes(count: number): Uint8Array {
    const end = this.#at + count
    if (end > this.#bytes.length) throw new RangeError('it ends too soon')
    const found = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return found
  }
}

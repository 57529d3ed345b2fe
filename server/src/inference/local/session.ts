// One engine and its sessions in one thread: ONNX Runtime as WebAssembly, or the native one where somebody installed it.

import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web/wasm'
import type { Tensor, Tensors } from '../task.ts'
import { type ModelDescription, warmSize } from './models.ts'

export type EngineKind = 'web' | 'native'

export interface EngineOptions {
  /** The bytes of `ort-wasm-simd-threaded.wasm`. */
  readonly wasm: () => Promise<Uint8Array>
  /** The module `onnxruntime-node` where it is installed and wanted. */
  readonly native: () => unknown
  /** The most that the models of this thread may take. WebAssembly holds to it; the native engine is only told apart. */
  readonly memoryLimit: number
}

export interface Engine {
  readonly kind: EngineKind
  /** What the models take now, in bytes; 0 where it cannot be told. */
  memory(): number
  open(model: ModelDescription, weights: Uint8Array): Promise<Session>
}

export interface Session {
  /** Said by the weights themselves. */
  readonly signature: Signature
  /** Rejects with `OutOfMemory` when the limit is in the way. One at a time. */
  run(inputs: Tensors): Promise<Tensors>
  /** Inputs of zeros; `size` gives every named dimension its size. */
  zeros(size: (dimension: string) => number): Tensors
}

/** What goes in and what comes out, plain data. */
export interface Signature {
  readonly inputs: readonly SignatureTensor[]
  readonly outputs: readonly SignatureTensor[]
}

export interface SignatureTensor {
  readonly name: string
  readonly type: Tensor['type']
  /** A dimension with a name has the same size wherever the name stands. */
  readonly dims: readonly (number | string)[]
}

/** This input needs more memory than there may be; a shorter one may go well. */
export class OutOfMemory extends Error {}

/** Of WebAssembly, in bytes. */
const PAGE = 65536

type Ort = typeof import('onnxruntime-web/wasm')

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const native = options.native() as Ort | undefined
  return native?.InferenceSession ? nativeEngine(native) : webEngine(options)
}

/** What a run fails of is in its error already, and nobody reads a line on the standard error of a server. */
const QUIET = { logSeverityLevel: 4 } as const

/** What more there is to optimise in our quantised models costs 160 ms of loading, and gains a run a twentieth. */
const WEB = { ...QUIET, graphOptimizationLevel: 'basic' } as const

/** One thread and one input after another, in the same order as on the web, so that the answers are the same. */
const NATIVE = {
  ...QUIET,
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
} as const

function nativeEngine(ort: Ort): Engine {
  return {
    kind: 'native',
    memory: () => 0,
    open: (model, weights) => open(ort, model, weights, NATIVE),
  }
}

async function webEngine({ wasm, memoryLimit }: EngineOptions): Promise<Engine> {
  const ort = await import('onnxruntime-web/wasm')
  ort.env.wasm.wasmBinary = await wasm()
  // More threads need a script address that a bundle has none of; we have threads of our own instead.
  ort.env.wasm.numThreads = 1
  ort.env.logLevel = 'fatal'
  let memory: WebAssembly.Memory | undefined
  return {
    kind: 'web',
    memory: () => memory?.buffer.byteLength ?? 0,
    async open(model, weights) {
      if (memory) return open(ort, model, weights, WEB)
      const first = await withCeiling(memoryLimit, () => open(ort, model, weights, WEB))
      memory = first.memory
      return first.value
    },
  }
}

/**
 * The runtime makes its own memory, with a ceiling of 4 GiB, and takes none from outside. So the maker of memories is
 * replaced in this thread, which does nothing else, for as long as the runtime starts. What does not fit below our ceiling
 * then fails as an ordinary error of one run, and the session lives on.
 */
async function withCeiling<T>(
  bytes: number,
  start: () => Promise<T>,
): Promise<{ readonly value: T; readonly memory: WebAssembly.Memory | undefined }> {
  const { Memory } = WebAssembly
  let memory: WebAssembly.Memory | undefined
  class Limited extends Memory {
    constructor(wanted: WebAssembly.MemoryDescriptor) {
      const pages = Math.max(wanted.initial, Math.floor(bytes / PAGE))
      super({ ...wanted, maximum: Math.min(wanted.maximum ?? pages, pages) })
      memory = this
    }
  }
  Object.assign(WebAssembly, { Memory: Limited })
  try {
    return { value: await start(), memory }
  } finally {
    Object.assign(WebAssembly, { Memory })
  }
}

async function open(
  ort: Ort,
  model: ModelDescription,
  weights: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<Session> {
  const session = await ort.InferenceSession.create(weights, options)
  for (const it of session.inputMetadata) {
    if (it.isTensor && it.type !== 'int32' && it.type !== 'float32')
      throw new Error(`the input ${it.name} is ${it.type}; it has to be int32 or float32`)
  }
  const run = async (inputs: Tensors): Promise<Tensors> => {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, it]) => [name, new ort.Tensor(it.type, it.data, it.dims)]),
    )
    let outputs: InferenceSession.OnnxValueMapType
    try {
      outputs = await session.run(feeds, QUIET)
    } catch (error) {
      if (/bad_alloc|out of memory|failed to allocate/i.test(String(error)))
        throw new OutOfMemory(String(error))
      throw error
    }
    return Object.fromEntries(
      Object.entries(outputs).map(([name, it]) => [name, received(name, it as OrtTensor)]),
    )
  }
  // The first run compiles; nobody should wait for that. Zeros may be nothing that this model understands.
  const zeros = (size: (dimension: string) => number) => zerosFor(session.inputMetadata, size)
  await run(zeros(it => warmSize(it, model))).catch(() => {})
  const signature = { inputs: signed(session.inputMetadata), outputs: signed(session.outputMetadata) }
  return { signature, run, zeros }
}

function signed(metadata: readonly InferenceSession.ValueMetadata[]): SignatureTensor[] {
  return metadata.flatMap(it =>
    it.isTensor && (it.type === 'int32' || it.type === 'float32')
      ? [{ name: it.name, type: it.type, dims: [...it.shape] }]
      : [],
  )
}

function zerosFor(
  metadata: readonly InferenceSession.ValueMetadata[],
  sizeOf: (dimension: string) => number,
): Tensors {
  const inputs: Record<string, Tensor> = {}
  for (const it of metadata) {
    if (!it.isTensor) continue
    const dims = it.shape.map(size => (typeof size === 'number' ? size : sizeOf(size)))
    const length = dims.reduce((product, size) => product * size, 1)
    inputs[it.name] =
      it.type === 'int32'
        ? { type: 'int32', dims, data: new Int32Array(length) }
        : { type: 'float32', dims, data: new Float32Array(length) }
  }
  return inputs
}

function received(name: string, { type, data, dims }: OrtTensor): Tensor {
  if (type === 'int32' && data instanceof Int32Array) return { type, dims, data }
  if (type === 'float32' && data instanceof Float32Array) return { type, dims, data }
  throw new Error(`the output ${name} is ${type}; it has to be int32 or float32`)
}

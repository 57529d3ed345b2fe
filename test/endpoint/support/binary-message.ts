// The Open Inference Protocol as a test writes and reads it: by the specification, and by nothing of the gateway's own code.

export interface WireTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly datatype: string
  readonly data?: readonly unknown[]
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** A body with its JSON first and tensors behind, and the headers that say so. */
export function binaryMessage(json: object, ...tensors: readonly Uint8Array[]): RequestInit {
  const head = Buffer.from(JSON.stringify(json))
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'Inference-Header-Content-Length': String(head.length),
    },
    body: Buffer.concat([head, ...tensors]),
  }
}

export function jsonMessage(json: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }
}

export interface BinaryAnswer {
  readonly json: {
    readonly id?: string
    readonly model_name: string
    readonly outputs: readonly WireTensor[]
  }
  /** By name, of those that came as bytes. */
  readonly tensors: ReadonlyMap<string, Buffer>
}

/** Throws when lengths do not add up. */
export async function readBinary(answer: Response): Promise<BinaryAnswer> {
  const body = Buffer.from(await answer.arrayBuffer())
  const length = Number(answer.headers.get('inference-header-content-length') ?? body.length)
  const json = JSON.parse(body.subarray(0, length).toString('utf8')) as BinaryAnswer['json']
  const tensors = new Map<string, Buffer>()
  let at = length
  for (const { name, parameters } of json.outputs) {
    const size = parameters?.binary_data_size
    if (typeof size !== 'number') continue
    tensors.set(name, body.subarray(at, at + size))
    at += size
  }
  if (at !== body.length) throw new Error(`the body has ${body.length} bytes, its parts have ${at}`)
  return { json, tensors }
}

export function int32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, it] of values.entries()) bytes.writeInt32LE(it, i * 4)
  return bytes
}

export function float32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, it] of values.entries()) bytes.writeFloatLE(it, i * 4)
  return bytes
}

export function floats(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4))
}

// A strict fake of Triton: the Open Inference Protocol with its binary extension, to the letter. Whatever it is asked
// otherwise than the protocol has it, it refuses.

import type { Tensor, Tensors } from '../../../server/src/inference/task.ts'
import { type Answer, FakeServer, json, type Received } from './fake-server.ts'

export interface FakeModel {
  readonly inputs: Readonly<Record<string, readonly [datatype: string, ...shape: number[]]>>
  readonly outputs: Readonly<Record<string, readonly [datatype: string, ...shape: number[]]>>
  readonly versions?: readonly string[]
  /** As our gateway tells it; Triton itself does not. */
  readonly sha256?: string
  readonly run: (inputs: Tensors) => Tensors | Promise<Tensors>
}

export interface FakeTritonOptions {
  readonly models: Readonly<Record<string, FakeModel>>
  /** Whether it says that it takes tensors as bytes. */
  readonly binary?: boolean
}

export function fakeTriton({ models, binary = true }: FakeTritonOptions): FakeServer {
  return new FakeServer(async request => {
    try {
      return await answer(request, models, binary)
    } catch (error) {
      if (error instanceof Refused) return json(error.status, { error: error.message })
      return json(500, { error: String(error) })
    }
  })
}

class Refused extends Error {
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

async function answer(
  request: Received,
  models: FakeTritonOptions['models'],
  binary: boolean,
): Promise<Answer> {
  const { method, path } = request
  if (path === '/v2/health/live' || path === '/v2/health/ready')
    return { status: 200, headers: {}, body: Buffer.alloc(0) }
  if (path === '/v2' && method === 'GET')
    return json(200, {
      name: 'triton',
      version: '2.73.0',
      extensions: [
        'classification',
        'sequence',
        'model_repository',
        ...(binary ? ['binary_tensor_data'] : []),
      ],
    })
  if (path === '/v2/repository/index' && method === 'POST')
    return json(
      200,
      Object.keys(models).map(name => ({ name, version: '1', state: 'READY' })),
    )
  const [, name, version, rest] =
    /^\/v2\/models\/([^/]+)(?:\/versions\/([^/]+))?(\/infer|\/ready)?$/.exec(path) ?? []
  if (name === undefined) throw new Refused('not found', 404)
  const model = models[decodeURIComponent(name)]
  if (!model || (version !== undefined && !(model.versions ?? ['1']).includes(version)))
    throw new Refused(`Request for unknown model: '${name}' is not found`, 404)
  if (rest === undefined && method === 'GET') return json(200, metadata(name, model))
  if (rest === '/ready' && method === 'GET') return { status: 200, headers: {}, body: Buffer.alloc(0) }
  if (rest === '/infer' && method === 'POST') return infer(request, name, model, binary)
  throw new Refused('Method Not Allowed', 405)
}

function metadata(name: string, { inputs, outputs, versions = ['1'], sha256 }: FakeModel): object {
  const faces = (of: FakeModel['inputs']) =>
    Object.entries(of).map(([name, [datatype, ...shape]]) => ({ name, datatype, shape }))
  return {
    name,
    versions,
    platform: 'onnxruntime_onnx',
    inputs: faces(inputs),
    outputs: faces(outputs),
    ...(sha256 && { parameters: { sha256 } }),
  }
}

interface InferInput {
  readonly name: string
  readonly shape: readonly number[]
  readonly datatype: string
  readonly parameters?: { readonly binary_data_size?: number }
  readonly data?: unknown
}
interface InferBody {
  readonly id?: string
  readonly parameters?: { readonly binary_data_output?: boolean }
  readonly inputs: readonly InferInput[]
  readonly outputs?: readonly {
    readonly name: string
    readonly parameters?: { readonly binary_data?: boolean }
  }[]
}

async function infer(request: Received, name: string, model: FakeModel, binary: boolean): Promise<Answer> {
  const said = request.headers['inference-header-content-length']
  const length = said === undefined ? request.body.length : Number(said)
  const type = request.headers['content-type']
  if (said !== undefined && (!binary || type !== 'application/octet-stream'))
    throw new Refused('binary tensors are not for this server or this content type')
  if (said === undefined && type !== 'application/json') throw new Refused(`content type ${type}`)
  if (!(length <= request.body.length)) throw new Refused(`'${said}' is no length within the body`)
  const body = parse(request.body.subarray(0, length))
  only(body, ['id', 'inputs', 'outputs', 'parameters'])
  if (!['string', 'undefined'].includes(typeof body.id)) throw new Refused('the id is no text')
  if (!Array.isArray(body.inputs)) throw new Refused('no inputs')
  let at = length
  const inputs: Record<string, Tensor> = {}
  for (const it of body.inputs) {
    only(it, ['name', 'shape', 'datatype', 'parameters', 'data'])
    const [datatype, ...shape] = model.inputs[it.name] ?? []
    if (datatype === undefined) throw new Refused(`unexpected inference input '${it.name}'`)
    if (it.datatype !== datatype) throw new Refused(`'${it.name}' is ${it.datatype}, expected ${datatype}`)
    if (it.shape.length !== shape.length || shape.some((size, i) => size !== -1 && size !== it.shape[i]))
      throw new Refused(`'${it.name}' has the shape [${it.shape}], expected [${shape}]`)
    const count = it.shape.reduce((product: number, size: number) => product * size, 1)
    const width = datatype === 'INT64' ? 8 : 4
    const size = it.parameters?.binary_data_size
    if (size === undefined) {
      if (!Array.isArray(it.data)) throw new Refused(`'${it.name}' has no data`)
      const flat = it.data.flat(9) as number[]
      if (datatype !== 'FP32' && !flat.every(Number.isInteger))
        throw new Refused(`'${it.name}' has values that are not ${datatype}`)
      if (flat.length !== count)
        throw new Refused(`'${it.name}' has ${flat.length} values, expected ${count}`)
      inputs[it.name] = tensor(datatype, it.shape, flat)
    } else {
      if (it.data !== undefined) throw new Refused(`'${it.name}' has data twice`)
      if (size !== count * width)
        throw new Refused(`'${it.name}' has ${size} bytes, expected ${count * width}`)
      const bytes = request.body.subarray(at, (at += size))
      if (bytes.length !== size) throw new Refused(`'${it.name}' is cut off`)
      const values = Array.from({ length: count }, (_, i) =>
        datatype === 'FP32'
          ? bytes.readFloatLE(i * 4)
          : width === 8
            ? Number(bytes.readBigInt64LE(i * 8))
            : bytes.readInt32LE(i * 4),
      )
      inputs[it.name] = tensor(datatype, it.shape, values)
    }
  }
  if (at !== request.body.length) throw new Refused(`${request.body.length - at} bytes too many`)
  for (const it of Object.keys(model.inputs)) if (!inputs[it]) throw new Refused(`missing input '${it}'`)
  const found = await model.run(inputs)
  const wanted = body.outputs ?? Object.keys(model.outputs).map(it => ({ name: it, parameters: undefined }))
  const blocks: Buffer[] = []
  const outputs = wanted.map(({ name, parameters }) => {
    const [datatype] = model.outputs[name] ?? []
    if (datatype === undefined) throw new Refused(`unexpected inference output '${name}'`)
    const { dims, data } = found[name]!
    const about = { name, datatype, shape: dims }
    if (!(parameters?.binary_data ?? body.parameters?.binary_data_output))
      return { ...about, data: [...data] }
    const block = Buffer.alloc(data.length * 4)
    for (const [i, it] of data.entries())
      if (datatype === 'FP32') block.writeFloatLE(it, i * 4)
      else block.writeInt32LE(it, i * 4)
    blocks.push(block)
    return { ...about, parameters: { binary_data_size: block.length } }
  })
  const header = { id: body.id, model_name: name, model_version: (model.versions ?? ['1'])[0], outputs }
  if (blocks.length === 0) return json(200, header)
  const head = Buffer.from(JSON.stringify(header))
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(head.length),
    },
    body: Buffer.concat([head, ...blocks]),
  }
}

function parse(head: Buffer): InferBody {
  try {
    return JSON.parse(head.toString('utf8')) as InferBody
  } catch {
    throw new Refused('failed to parse the request JSON buffer')
  }
}

function tensor(datatype: string, dims: readonly number[], values: readonly number[]): Tensor {
  return datatype === 'FP32'
    ? { type: 'float32', dims, data: Float32Array.from(values) }
    : { type: 'int32', dims, data: Int32Array.from(values) }
}

function only(value: object, names: readonly string[]): void {
  for (const it of Object.keys(value)) if (!names.includes(it)) throw new Refused(`unknown field '${it}'`)
}

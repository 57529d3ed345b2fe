// The Open Inference Protocol v2, as every server of it has to keep it: the embedded one, a strict stand-in for Triton, and the gateway
// in front of that.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FakeServer } from '../support/endpoint/fake-server.ts'
import { type FakeModel, fakeTriton } from '../support/endpoint/fake-triton.ts'
import {
  binaryMessage,
  floats,
  int32,
  jsonMessage,
  readBinary,
  type WireTensor,
} from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

const HALVER = 'halver'
/** Two outputs of different widths, neither of which looks beyond its row. */
const halver: FakeModel = {
  inputs: { numbers: ['INT32', -1, 4] },
  outputs: { halves: ['FP32', -1, 4], sum: ['FP32', -1, 1] },
  run({ numbers }) {
    const { data, dims } = numbers!
    const rows = Array.from({ length: dims[0]! }, (_, i) => [...data.subarray(i * 4, i * 4 + 4)])
    const sums = rows.map(row => row.reduce((sum, it) => sum + it, 0))
    return {
      halves: { type: 'float32', dims, data: Float32Array.from(data, it => it / 2) },
      sum: { type: 'float32', dims: [rows.length, 1], data: Float32Array.from(sums) },
    }
  },
}

interface Target {
  readonly model: string
  fetch(path: string, init?: RequestInit): Promise<Response>
}

interface Metadata {
  readonly name: string
  readonly versions: readonly string[]
  readonly inputs: readonly {
    readonly name: string
    readonly datatype: string
    readonly shape: readonly number[]
  }[]
  readonly outputs: Metadata['inputs']
}

let triton: FakeServer
let embedded: TestGateway
let front: TestGateway

before(async () => {
  triton = await fakeTriton({ models: { [HALVER]: halver } }).start()
  embedded = await startGateway()
  front = await startGateway({ 'inference.url': triton.url })
})
after(async () => {
  await Promise.all([embedded.stop(), front.stop()])
  await triton.stop()
})

contract('the embedded server', () => ({ model: 'secrets', fetch: embedded.fetch }))
contract('a strict Triton', () => ({ model: HALVER, fetch: (path, init) => fetch(triton.url + path, init) }))
contract('the gateway before Triton', () => ({ model: HALVER, fetch: front.fetch }))

function contract(name: string, target: () => Target): void {
  describe(`Open Inference Protocol: ${name}`, () => {
    const ask = (path: string, init?: RequestInit) => target().fetch(path, init)
    const infer = (init: RequestInit, model = target().model) => ask(`/v2/models/${model}/infer`, init)
    const metadata = async () => json<Metadata>(await ask(`/v2/models/${target().model}`))

    /** Three rows that the model takes, each input as numbers. */
    const example = async (rows = 3) =>
      (await metadata()).inputs.map(({ name, datatype, shape }) => {
        const own = [rows, ...shape.slice(1)]
        const count = own.reduce((product, it) => product * it, 1)
        return { name, datatype, shape: own, data: Array.from({ length: count }, (_, i) => i % 7) }
      })
    const answerOf = async (init: RequestInit): Promise<readonly WireTensor[]> => {
      const answer = await infer(init)
      assert.equal(answer.status, 200)
      return (await json<{ outputs: readonly WireTensor[] }>(answer)).outputs
    }

    test('health is a matter of the status', async () => {
      for (const path of ['/v2/health/live', '/v2/health/ready', `/v2/models/${target().model}/ready`])
        assert.equal((await ask(path)).status, 200, path)
      assert.notEqual((await ask('/v2/models/nobody/ready')).status, 200)
    })

    test('the server says what it is and that tensors may be binary', async () => {
      const about = await json<{ name: unknown; version: unknown; extensions: string[] }>(await ask('/v2'))
      assert.equal(typeof about.name, 'string')
      assert.equal(typeof about.version, 'string')
      assert.ok(about.extensions.includes('binary_tensor_data'))
    })

    test('a model says what it takes and gives', async () => {
      const { name, versions, inputs, outputs } = await metadata()
      assert.equal(name, target().model)
      for (const it of [...inputs, ...outputs]) {
        assert.match(it.datatype, /^(BOOL|U?INT(8|16|32|64)|FP(16|32|64)|BYTES)$/)
        assert.ok(it.shape.length > 0 && it.shape.every(size => Number.isInteger(size) && size >= -1))
      }
      const [version] = versions
      const same = await json<Metadata>(await ask(`/v2/models/${name}/versions/${version}`))
      assert.deepEqual(same.inputs, inputs)
    })

    test('an answer has the id, the model and every output in its shape', async () => {
      const inputs = await example()
      const { outputs } = await metadata()
      const answer = await json<{ id: string; model_name: string; outputs: WireTensor[] }>(
        await infer(jsonMessage({ id: 'a b', inputs })),
      )
      assert.equal(answer.id, 'a b')
      assert.equal(answer.model_name, target().model)
      assert.deepEqual(
        answer.outputs.map(it => [it.name, it.datatype, it.shape]),
        outputs.map(it => [it.name, it.datatype, [3, ...it.shape.slice(1)]]),
      )
      for (const { shape, data } of answer.outputs)
        assert.equal(
          data!.length,
          shape.reduce((product, it) => product * it, 1),
        )
      const { id } = await json<{ id?: string }>(await infer(jsonMessage({ inputs })))
      assert.equal(id, undefined)
    })

    test('nested or flat, as JSON or as bytes: the same question has the same answer', async () => {
      const inputs = await example()
      const flat = await answerOf(jsonMessage({ inputs }))
      const nested = inputs.map(it => ({ ...it, data: rowsOf(it.data, it.shape[0]!) }))
      assert.deepEqual(await answerOf(jsonMessage({ inputs: nested })), flat)

      const bytes = inputs.map(it => int32(...it.data))
      const heads = inputs.map(({ data, ...it }, i) => ({
        ...it,
        parameters: { binary_data_size: bytes[i]!.length },
      }))
      assert.deepEqual(await answerOf(binaryMessage({ inputs: heads }, ...bytes)), flat)

      const parameters = { binary_data_output: true }
      const answer = await infer(binaryMessage({ inputs: heads, parameters }, ...bytes))
      assert.equal(answer.headers.get('content-type'), 'application/octet-stream')
      const { json: head, tensors } = await readBinary(answer)
      assert.deepEqual(
        head.outputs.map(it => [it.name, it.shape, floats(tensors.get(it.name)!)]),
        flat.map(it => [it.name, it.shape, [...it.data!].map(value => Math.fround(value as number))]),
      )
    })

    test('an output may be asked for alone, and as bytes', async () => {
      const inputs = await example()
      const last = (await metadata()).outputs.at(-1)!.name
      const [only, ...none] = await answerOf(jsonMessage({ inputs, outputs: [{ name: last }] }))
      assert.deepEqual([only!.name, none.length], [last, 0])
      const wanted = [{ name: last, parameters: { binary_data: true } }]
      const { tensors } = await readBinary(await infer(jsonMessage({ inputs, outputs: wanted })))
      assert.deepEqual(
        floats(tensors.get(last)!),
        only!.data!.map(it => Math.fround(it as number)),
      )
    })

    test('rows do not depend on the rows beside them', async () => {
      const inputs = await example()
      const together = await answerOf(jsonMessage({ inputs }))
      const second = inputs.map(it => {
        const size = it.data.length / 3
        return { ...it, shape: [1, ...it.shape.slice(1)], data: it.data.slice(size, size * 2) }
      })
      const alone = await answerOf(jsonMessage({ inputs: second }))
      for (const [i, it] of together.entries()) {
        const size = it.data!.length / 3
        assert.deepEqual(it.data!.slice(size, size * 2), alone[i]!.data)
      }
    })

    test('what cannot be answered is refused with 400 and a sentence', async () => {
      const inputs = await example(1)
      const [first, ...rest] = inputs
      const bytes = int32(...first!.data)
      const { data: _, ...bare } = first!
      const binary = (size: number) => [{ ...bare, parameters: { binary_data_size: size } }, ...rest]
      const wrong: Readonly<Record<string, RequestInit>> = {
        'no JSON': { ...jsonMessage({}), body: '{"inputs": [' },
        'no inputs': jsonMessage({ inputs: [] }),
        'an unknown input': jsonMessage({ inputs: [{ ...first, name: 'nobody' }, ...rest] }),
        'an unknown output': jsonMessage({ inputs, outputs: [{ name: 'nobody' }] }),
        'another type': jsonMessage({ inputs: [{ ...first, datatype: 'FP32' }, ...rest] }),
        'no type at all': jsonMessage({ inputs: [{ ...first, datatype: 'INT33' }, ...rest] }),
        'another shape': jsonMessage({ inputs: [{ ...first, shape: [1, 3], data: [1, 2, 3] }, ...rest] }),
        'fewer elements': jsonMessage({ inputs: [{ ...first, data: first!.data.slice(1) }, ...rest] }),
        'no data': jsonMessage({ inputs: [bare, ...rest] }),
        'fractions for whole numbers': jsonMessage({
          inputs: [{ ...first, data: first!.data.map(() => 0.5) }, ...rest],
        }),
        'fewer bytes than said': binaryMessage({ inputs: binary(bytes.length) }, bytes.subarray(4)),
        'more bytes than said': binaryMessage({ inputs: binary(bytes.length) }, bytes, bytes),
        'a size that is not the shape’s': binaryMessage(
          { inputs: binary(bytes.length - 4) },
          bytes.subarray(4),
        ),
        'a header longer than the body': {
          ...binaryMessage({ inputs }, bytes),
          headers: {
            'content-type': 'application/octet-stream',
            'Inference-Header-Content-Length': '99999999',
          },
        },
        'a header that is no number': {
          ...binaryMessage({ inputs }, bytes),
          headers: { 'content-type': 'application/octet-stream', 'Inference-Header-Content-Length': '12x' },
        },
      }
      for (const [what, init] of Object.entries(wrong)) {
        const answer = await infer(init)
        assert.equal(answer.status, 400, what)
        const { error } = await json<{ error: unknown }>(answer)
        assert.ok(typeof error === 'string' && error.length > 0, what)
      }
      // And it answers again.
      await answerOf(jsonMessage({ inputs }))
    })

    test('an unknown model or version is not found', async () => {
      const inputs = await example(1)
      for (const path of ['/v2/models/nobody', `/v2/models/${target().model}/versions/77`]) {
        assert.equal((await ask(path)).status, 404, path)
        assert.equal((await ask(`${path}/infer`, jsonMessage({ inputs }))).status, 404, path)
      }
    })
  })
}

function rowsOf<T>(values: readonly T[], rows: number): T[][] {
  const size = values.length / rows
  return Array.from({ length: rows }, (_, i) => values.slice(i * size, (i + 1) * size))
}

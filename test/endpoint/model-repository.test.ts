// The repository of models for Triton and OpenVINO: what the weights say of themselves, and nothing that is not what was shipped.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { configText } from '../../deploy/gateway/src/models/triton-config.ts'
import {
  UnusableModel,
  versionOf,
  writeModelRepository,
  writeModels,
} from '../../deploy/gateway/src/write-models.ts'
import { openEmbeddedModels, type Tensors } from '../../server/src/api/models.ts'
import { inFolder } from '../support/temporary-folder.ts'

const models = openEmbeddedModels({
  ...{ threads: 1, memoryLimit: 1 << 29, releaseAfter: 1000, notify: () => {} },
})
after(() => models.close())

test('every model is there with its weights, checked by their digest', () =>
  inFolder('', async ({ path }) => {
    let said = ''
    const out = (text: string) => {
      said += text
    }
    assert.equal(await writeModels({ folder: path, locale: 'en', out, err: out }), 0)
    assert.equal(said, `${path}: ${models.names.join(', ')}\n`)
    for (const name of models.names) {
      const { sha256 } = JSON.parse(
        readFileSync(new URL(`../../models/${name}/model.json`, import.meta.url), 'utf8'),
      )
      const weights = readFileSync(join(path, name, versionOf(sha256), 'model.onnx'))
      assert.equal(createHash('sha256').update(weights).digest('hex'), sha256)
      assert.match(
        readFileSync(join(path, name, 'config.pbtxt'), 'utf8'),
        new RegExp(`string_value: "${sha256}"`),
      )
    }
    const { model_config_list } = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))
    for (const { config } of model_config_list)
      assert.ok(existsSync(join(path, config.base_path)), config.name)
    assert.deepEqual(
      model_config_list.map((it: { readonly config: { readonly name: string } }) => it.config.name),
      models.names,
    )
  }))

test('rows share a run where the first dimension is open', async () => {
  const text = configText('bug-finder', (await models.signature('bug-finder'))!)
  assert.match(text, /^name: "bug-finder"\nbackend: "onnxruntime"\nmax_batch_size: 64$/m)
  assert.match(text, /\{ name: "features", data_type: TYPE_INT32, dims: \[-1, 18\] \}/)
  assert.match(text, /\{ name: "choice", data_type: TYPE_FP32, dims: \[-1, 36\] \}/)
  assert.match(text, /dynamic_batching \{/)
  assert.match(
    text,
    /name: "of 64", batch_size: 64\n {4}inputs \{ key: "features", value \{ .*dims: \[16, 18\], zero_data: true/,
  )
  assert.match(
    configText('actionability', (await models.signature('actionability'))!),
    /reshape \{ shape: \[\] \}/,
  )
})

test('one row at a time where it is not', async () => {
  const text = configText('secrets', (await models.signature('secrets'))!)
  assert.match(text, /max_batch_size: 0$/m)
  assert.match(text, /\{ name: "characters", data_type: TYPE_INT32, dims: \[1, 152\] \}/)
  assert.doesNotMatch(text, /dynamic_batching/)
  assert.doesNotMatch(text, /batch_size: 64/)
})

test('weights that are not what was shipped are handed on to nobody', () =>
  inFolder('', async ({ path }) => {
    const other = join(path, 'other.onnx')
    writeFileSync(other, 'something else')
    const wrong = { names: ['secrets'], signature: models.signature, weights: () => other }
    await assert.rejects(writeModelRepository(join(path, 'models'), wrong), UnusableModel)
  }))

test('what a model is warmed up with, it answers', async () => {
  for (const name of models.names) {
    const { inputs } = (await models.signature(name))!
    const row = Object.fromEntries(
      inputs.map((it): [string, Tensors[string]] => {
        const dims = it.dims.map((of, i) => (i === 0 ? 1 : typeof of === 'number' ? of : 16))
        const size = dims.reduce((product, of) => product * of, 1)
        return it.type === 'int32'
          ? [it.name, { type: it.type, dims, data: new Int32Array(size) }]
          : [it.name, { type: it.type, dims, data: new Float32Array(size) }]
      }),
    )
    const answer = await models.run(name, row, 'edited', AbortSignal.timeout(10_000))
    for (const { data } of Object.values(answer)) assert.ok(data.every(Number.isFinite), name)
  }
})

// With a key of who may say so, nothing is loaded that they did not sign: by the gateway, by who writes its models for an engine, and by
// who fetches or looks at the weights of one that writes text.

import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../deploy/gateway/src/config.ts'
import { runGateway } from '../../deploy/gateway/src/run.ts'
import { runWeights } from '../../deploy/gateway/src/weights/run-weights.ts'
import { isSigned, modelsManifest, trustOf } from '../../deploy/gateway/src/weights/trust.ts'
import { writeModels } from '../../deploy/gateway/src/write-models.ts'
import { MODELS_FOLDER } from '../../server/src/api/models.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { operate } from './support/operation.ts'

const readText = (path: string) => readFileSync(path, 'utf8')

test('models of an image are loaded when they were signed, and not otherwise', { timeout: 120_000 }, () =>
  inFolder('', async ({ path }) => {
    const keys = await Promise.all(['own', 'other'].map(it => newKey(path, it)))
    const manifest = join(path, 'models')
    let said = ''
    const out = (text: string) => {
      said += text
    }
    const world = { readText, locale: 'en' as const, out, err: out }
    assert.equal(await runWeights({ ...world, given: ['manifest'] }), 0)
    assert.match(said, /^[0-9a-f]{64} {2}actionability\/actionability\.onnx\n/)
    writeFileSync(manifest, said)
    const env = {
      CODEANT_GATEWAY_WEIGHTS_PUBLIC_KEY_FILE: keys[0]!.open,
      CODEANT_GATEWAY_WEIGHTS_SIGNATURE_FILE: `${manifest}.sig`,
    }
    const write = () => writeModels({ ...world, env, folder: join(path, 'repository') })
    const start = () =>
      runGateway({
        ...{ ...world, stopped: Promise.resolve() },
        env: { ...env, CODEANT_GATEWAY_DATA_FOLDER: join(path, 'data'), CODEANT_GATEWAY_HTTP_PORT: '0' },
      })
    for (const work of [write, start]) {
      said = ''
      assert.equal(await work(), 2)
      assert.match(said, /WEIGHTS_SIGNATURE_FILE/, 'no signature is there')
    }
    assert.equal((await sign(keys[1]!.secret, manifest)).status, 0)
    for (const work of [write, start]) {
      said = ''
      assert.equal(await work(), 2)
      assert.match(said, /nobody whose key is in weights\.publicKey signed this/)
    }
    // Both halves of a change of keys: what the former signed stands beside.
    assert.equal((await sign(keys[0]!.secret, manifest)).status, 0)
    assert.equal(await write(), 0, said)
    assert.equal(await start(), 0, said)
    const trust = trustOf(readConfig({ env, readText }))!
    const copy = join(path, 'copy')
    cpSync(MODELS_FOLDER, copy, { recursive: true })
    assert.ok(isSigned(trust, modelsManifest(copy)))
    writeFileSync(join(copy, 'secrets/secrets.onnx'), 'other weights')
    assert.ok(!isSigned(trust, modelsManifest(copy)), 'a changed file')
    cpSync(MODELS_FOLDER, copy, { recursive: true })
    writeFileSync(join(copy, 'secrets/more.json'), '{}')
    assert.ok(!isSigned(trust, modelsManifest(copy)), 'one more file')
  }),
)

test('a description that nobody signed is not followed', () =>
  inFolder('', async ({ path }) => {
    const { secret, open } = await newKey(path, 'own')
    const description = join(path, 'model.json')
    const content = 'weights\n'
    const file = {
      name: 'w.bin',
      bytes: content.length,
      digest: 'sha256:8dfc2c0b2c2b0a1a9d1c9a2f0c5d36dfab3fbd7ad9e1d8a8d8d2a7c9d7a1b2c3',
    }
    const given = {
      ...{ name: 'm', repository: 'team/model', revision: 'r1' },
      licence: 'MIT',
      files: [file],
    }
    writeFileSync(description, JSON.stringify({ ...given, context: 1, sequences: 1 }))
    assert.equal((await sign(secret, description)).status, 0)
    mkdirSync(join(path, 'from'))
    const run = async (action: 'check' | 'fetch', key = open) => {
      let said = ''
      const out = (text: string) => {
        said += text
      }
      const from = action === 'fetch' ? [join(path, 'from')] : []
      await runWeights({
        ...{ given: [action, description, join(path, 'to'), ...from], readText, locale: 'en', out, err: out },
        env: {
          CODEANT_GATEWAY_WEIGHTS_PUBLIC_KEY_FILE: key,
          CODEANT_GATEWAY_WEIGHTS_SIGNATURE_FILE: `${description}.sig`,
        },
      })
      return said
    }
    // Signed: it is followed, and what it names is not there.
    assert.match(await run('check'), /w\.bin: is not there/)
    writeFileSync(description, readText(description).replace('r1', 'r2'))
    for (const action of ['check', 'fetch'] as const) assert.match(await run(action), /nobody whose key/)
    // Neither a private half nor a key of another kind says whom to trust.
    assert.match(await run('check', secret), /weights\.publicKey/)
    const refused = await sign(open, description)
    assert.deepEqual([refused.status, /is no private key/.test(refused.stderr)], [2, true])
  }))

async function newKey(path: string, name: string) {
  const to = join(path, name)
  assert.equal((await operate('new-key', ['--for', 'weights', '--to', to])).status, 0)
  return { secret: join(to, 'private.pem'), open: join(to, 'public.pem') }
}

function sign(key: string, file: string) {
  return operate('sign', ['--key', key, '--file', file])
}

// Who has just deployed is told what works and what does not: a broken endpoint passes no smoke test.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startGateway } from '../endpoint/support/gateway.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { operate } from './support/operation.ts'
import { root } from './support/render.ts'

interface Report {
  readonly ok: boolean
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]
}

test('an endpoint that works passes, one whose engine is gone or that finds nothing does not', async () => {
  const triton = await fakeTriton({
    models: {
      echo: {
        inputs: { numbers: ['INT32', -1, 2] },
        outputs: { numbers: ['INT32', -1, 2] },
        run: ({ numbers }) => ({ numbers: numbers! }),
      },
    },
  }).start()
  const gateway = await startGateway({ 'inference.url': triton.url, 'metrics.port': '0', 'cache.bytes': '0' })
  try {
    const given = ['--url', gateway.url, '--metrics', gateway.metricsUrl!]
    const key = { CODEANT_KEY: gateway.key }
    const good = await operate('smoke', given, key)
    assert.equal(good.status, 0, good.stdout + good.stderr)
    assert.match(good.stdout, /✓ answer: echo → numbers \[1,2\]/)
    assert.match(good.stdout, /✓ analysis: correctness\/mutable-default/)
    assert.ok(!good.stdout.includes(gateway.key))

    const failed = async (changed: readonly string[], env: Readonly<Record<string, string>> = key) => {
      const { status, stdout, stderr } = await operate('smoke', [...given, ...changed, '--json'], env)
      assert.equal(status, 1, stdout + stderr)
      const report = JSON.parse(stdout) as Report
      assert.equal(report.ok, false)
      return report.checks.filter(it => !it.ok).map(it => it.name)
    }
    assert.deepEqual(await failed(['--metrics', `${gateway.url}/health`]), ['metrics'])
    assert.deepEqual(await failed(['--model', 'nobody']), ['models'])
    assert.deepEqual(await failed([], { CODEANT_KEY: 'ca_wrong' }), ['parts', 'models', 'analysis'])
    await triton.stop()
    assert.deepEqual(await failed([]), ['models'])
    await triton.start()
    assert.deepEqual(await failed(['--url', 'http://127.0.0.1:1']), ['ready'])
  } finally {
    await Promise.all([gateway.stop(), triton.stop()])
  }
})

test('every program says what it is for, in both languages, and what it was not given', async () => {
  const folder = join(root, 'deploy/operations')
  const programs = readdirSync(folder)
    // The others are what programs are made of.
    .filter(it => it.endsWith('.mjs') && readFileSync(join(folder, it), 'utf8').includes('await main('))
    .map(it => it.replace('.mjs', ''))
  assert.ok(programs.length > 15, programs.join())
  for (const it of programs) {
    const [english, spanish] = [
      await operate(it, ['--help']),
      await operate(it, ['--help'], { LANG: 'es_ES.UTF-8' }),
    ]
    for (const { status, stdout, stderr } of [english, spanish]) {
      assert.deepEqual([status, stderr], [0, ''], it)
      assert.match(stdout, new RegExp(`^${it}\\.mjs`), it)
    }
    assert.notEqual(english.stdout, spanish.stdout, it)
    const { status, stderr } = await operate(it, ['--nonsense'])
    assert.deepEqual([status, /--nonsense/.test(stderr)], [2, true], it)
  }
})

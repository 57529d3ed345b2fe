// The random-edit property on the example and on our own sources; `test/bench/random-edits.ts` runs it on any folder.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { testEngine } from '../support/engine.ts'
import { randomEdits } from '../support/random-edits.ts'

const engine = await testEngine()
const FILES = [
  'test/workspaces/example/api/orders.py',
  'test/workspaces/example/web/src/cart.ts',
  'test/workspaces/example/web/src/Cart.tsx',
  'test/workspaces/example/tools/import-stock.js',
  'test/workspaces/example/pricing/src/lib.rs',
  'server/src/rules/engine.ts',
  'server/src/rules/looks.ts',
  'server/tools/setup.mjs',
]

for (const [i, file] of FILES.entries()) {
  test(`any edits of ${file} give what a fresh start gives`, () => {
    const { wrong, whole } = randomEdits(
      engine,
      file,
      readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
      250,
      i + 1,
    )
    assert.deepEqual(wrong, [])
    assert.ok(whole > 30, 'too few versions that parse to say anything')
  })
}

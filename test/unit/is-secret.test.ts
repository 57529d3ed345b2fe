// What the model of secrets reads, and that the weights that are shipped answer as its card says.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { startEngine } from '../../server/src/inference/local/session.ts'
import {
  ALPHABET,
  encode,
  isSecret,
  type SecretInput,
  secretInput,
} from '../../server/src/inference/tasks/is-secret.ts'

const MODEL = new URL('../../models/secrets/', import.meta.url)

interface Golden {
  readonly input: SecretInput
  readonly output: { readonly probability: number }
}

/** `«…»` is the literal; what stands around it is given as the model reads it. */
function check(marked: string, value: string, before: string, after: string): void {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const text = marked.replace(/[«»]/g, '')
  test(`the question about ${marked}`, () =>
    assert.deepEqual(secretInput(text, start, end, 'key'), {
      name: 'key',
      value,
      context: { before, after },
    }))
}

check(`key = «"a1"»`, 'a1', 'key = "', '"')
check(`key = «b'''a1'''»;`, 'a1', "key = b'''", "''';")
check('let key = «r#"a1"#»;', 'a1', 'let key = r#"', '"#;')
check(`{\n    other: 1,\n    key: «'a1'»,\n}`, 'a1', "{ other: 1, key: '", "', }")
check(`key = «a1»`, 'a1', 'key = ', '')
check(`key = «""»`, '', 'key = "', '"')
check(`${'x'.repeat(60)}«'a1'»${'y'.repeat(60)}`, 'a1', `${'x'.repeat(39)}'`, `'${'y'.repeat(23)}`)

test('fields lie where the model looks for them', () => {
  const value = `a${'b'.repeat(70)}c`
  const { characters, measures } = encode([input('key', value, '= "', '"')])
  const read = [...characters!.data].map(it => (it === 0 ? '·' : it === 1 ? '?' : ALPHABET[it - 2]!)).join('')
  const [name, head, tail, before, after] = [
    read.slice(0, 24),
    read.slice(24, 72),
    read.slice(72, 88),
    read.slice(88, 128),
    read.slice(128),
  ]
  assert.equal(name, `${'·'.repeat(21)}key`)
  assert.equal(head, `a${'b'.repeat(47)}`)
  assert.equal(tail, `${'b'.repeat(15)}c`)
  assert.equal(before, `${'·'.repeat(37)}= "`)
  assert.equal(after, `"${'·'.repeat(23)}`)
  assert.deepEqual(characters!.dims, [1, 152])
  // Small letters and nothing else, in one piece; three different ones.
  assert.deepEqual([...measures!.data].slice(2), [1000, 0, 0, 0, 14, 47])
})

test('a character that is not on the list is the one that stands for all others', () =>
  assert.equal(encode([input('ñ', '', '', '')]).characters!.data[23], 1))

test('the key of a question is all that its answer depends on', () => {
  const one = input('k', `${'a'.repeat(48)}${'b'.repeat(10)}${'c'.repeat(16)}`, '', '')
  const two = { ...one, value: `${'a'.repeat(48)}${'b'.repeat(9)}d${'c'.repeat(16)}` }
  assert.notEqual(isSecret.key(one), isSecret.key(two))
  assert.deepEqual(encode([one]).characters, encode([two]).characters)
  assert.equal(
    isSecret.key(one),
    isSecret.key({ ...one, name: `${'z'.repeat(30)}${'x'.repeat(23)}k`.slice(-1) }),
  )
})

test('the weights are those that the description names, and give the golden answers', async () => {
  const weights = readFileSync(new URL('secrets.onnx', MODEL))
  const description = JSON.parse(readFileSync(new URL('model.json', MODEL), 'utf8'))
  assert.equal(createHash('sha256').update(weights).digest('hex'), description.sha256)
  assert.ok(weights.length <= 150 * 1024, `${weights.length} bytes`)
  assert.equal(description.alphabet, ALPHABET)

  const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  const engine = await startEngine({
    wasm: async () => readFileSync(wasm),
    native: () => undefined,
    memoryLimit: 256 * 1024 * 1024,
  })
  const session = await engine.open(
    { name: 'secrets', file: '', sha256: description.sha256, warm: {} },
    weights,
  )
  const golden = readFileSync(new URL('golden.jsonl', MODEL), 'utf8')
    .trimEnd()
    .split('\n')
    .map(it => JSON.parse(it) as Golden)
  assert.ok(golden.length >= 30)
  let shown = 0
  for (const { input, output } of golden) {
    const { probability } = isSecret.decode(await session.run(isSecret.encode([input])), 0, input)
    assert.ok(
      Math.abs(probability - output.probability) < 0.02,
      `${JSON.stringify(input)}: ${probability}, not ${output.probability}`,
    )
    if (probability >= description.threshold) shown++
  }
  assert.ok(shown >= 10 && golden.length - shown >= 10, `${shown} of ${golden.length} are credentials`)
})

function input(name: string, value: string, before: string, after: string): SecretInput {
  return { name, value, context: { before, after } }
}

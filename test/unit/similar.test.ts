// Functions as vectors: the same deed lies close in every language, what is stored is what was computed, search finds.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import {
  describeFunctions,
  readDescribed,
  writeDescribed,
} from '../../server/src/features/described-functions.ts'
import { divergenceOf } from '../../server/src/features/divergence.ts'
import { alikenessOf } from '../../server/src/features/similar-functions.ts'
import { loadTermWeights } from '../../server/src/host/node/similarity-model.ts'
import { englishOf } from '../../server/src/inference/similarity/lexicon.ts'
import { SearchIndex } from '../../server/src/inference/similarity/search-index.ts'
import { TermReader } from '../../server/src/inference/similarity/terms.ts'
import { similarity, type Vector, vectorOf } from '../../server/src/inference/similarity/vector.ts'
import { VectorIndex } from '../../server/src/inference/similarity/vector-index.ts'
import {
  readTermWeights,
  type TermWeights,
  writeTermWeights,
} from '../../server/src/inference/similarity/weights.ts'
import { normalWord, wordsOf } from '../../server/src/inference/similarity/words.ts'
import { functionsOf } from '../../server/src/semantics/functions.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()
const weights = loadTermWeights({}) as TermWeights

test('names fall into words, and words into one form', () => {
  const check = (name: string, ...words: string[]) =>
    assert.deepEqual(wordsOf(name).map(normalWord), words, name)
  check('parseHTTPHeaders2', 'pars', 'http', 'header')
  check('parse_http_headers', 'pars', 'http', 'header')
  check('swapped', 'swap')
  check('removingIdx', 'delet', 'index')
  check('deleteIndices', 'delet', 'index')
  check('añadirCategorías', 'añadir', 'categoría')
})

test('a function is called by its own name, or by that of what it is given to', () => {
  const names = (grammar: Grammar, code: string) =>
    [...functionsOf(parser.parseOnce(code, grammar)!)].map(it =>
      [it.owner, it.name].filter(Boolean).join('.'),
    )
  assert.deepEqual(names('python', 'class A:\n  def f(self):\n    def g(): pass\n    h = lambda: 1\n'), [
    'A.f',
    'g',
    'h',
  ])
  assert.deepEqual(
    names(
      'typescript',
      'const a = () => 1; class B<T> { c = () => 2; #d() {} get e() { return 3 } f(): void }',
    ),
    ['a', 'B.c', 'B.d', 'B.e'],
  )
  assert.deepEqual(
    names('javascript', 'x.y.z = function () {}; const o = { p() {}, "q": () => 1 }; [].map(r => r)'),
    ['z', 'p', 'q'],
  )
  assert.deepEqual(names('rust', 'impl<T> A for B<T> { fn f(&self) {} }\ntrait C { fn g(); }\nfn h() {}'), [
    'B.f',
    'h',
  ])
})

test('the shipped model answers as it did when it was made', () => {
  const golden = readFileSync(new URL('../../models/similarity/golden.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(it => JSON.parse(it) as { language: CodeLanguage; code: string; similar: number[] })
  const vectors = golden.map(it => vectorsOf(it.language, it.code)[0]!)
  golden.forEach(({ similar }, i) => {
    similar.forEach((expected, j) => {
      assert.ok(Math.abs(similarity(vectors[i]!, vectors[j]!) - expected) < 0.001, `${i} and ${j}`)
    })
  })
})

test('a function lies closer to itself in another language than to its neighbours', () => {
  const programs: Record<CodeLanguage, string> = {
    python: `
def gcd(a, b):
    while b != 0:
        a, b = b, a % b
    return a

def is_prime(number):
    if number < 2:
        return False
    for divisor in range(2, int(number ** 0.5) + 1):
        if number % divisor == 0:
            return False
    return True

def bubble_sort(items):
    for i in range(len(items)):
        for j in range(len(items) - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items
`,
    javascript: `
function gcd(x, y) { while (y !== 0) { const rest = x % y; x = y; y = rest } return x }
function isPrime(n) {
  if (n < 2) return false
  for (let i = 2; i <= Math.sqrt(n); i++) { if (n % i === 0) return false }
  return true
}
function bubbleSort(array) {
  for (let i = 0; i < array.length; i++)
    for (let j = 0; j < array.length - 1 - i; j++)
      if (array[j] > array[j + 1]) { const t = array[j]; array[j] = array[j + 1]; array[j + 1] = t }
  return array
}
`,
    typescript: `
const gcd = (a: number, b: number): number => { while (b != 0) { [a, b] = [b, a % b] } return a }
const isPrime = (n: number): boolean => {
  if (n < 2) return false
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}
const bubbleSort = (list: number[]): number[] => {
  for (let i = 0; i < list.length; i++)
    for (let j = 0; j < list.length - i - 1; j++)
      if (list[j] > list[j + 1]) [list[j], list[j + 1]] = [list[j + 1], list[j]]
  return list
}
`,
    rust: `
fn gcd(mut a: u64, mut b: u64) -> u64 { while b != 0 { let rest = a % b; a = b; b = rest; } a }
fn is_prime(n: u64) -> bool {
    if n < 2 { return false; }
    let mut divisor = 2;
    while divisor * divisor <= n { if n % divisor == 0 { return false; } divisor += 1; }
    true
}
fn bubble_sort(items: &mut Vec<i32>) {
    for i in 0..items.len() {
        for j in 0..items.len() - 1 - i { if items[j] > items[j + 1] { items.swap(j, j + 1); } }
    }
}
`,
  }
  const all = Object.entries(programs).map(([language, code]) => vectorsOf(language as CodeLanguage, code))
  for (const one of all)
    for (const other of all)
      one.forEach((vector, i) => {
        const closest = other.map(it => similarity(vector, it))
        assert.equal(closest.indexOf(Math.max(...closest)), i)
      })
})

test('a function’s own name is not among its terms, even where it calls itself', () => {
  const [vector] = vectorsOf('python', 'def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)\n')
  const [renamed] = vectorsOf('python', 'def other(n):\n    return 1 if n < 2 else n * other(n - 1)\n')
  assert.ok(similarity(vector!, renamed!) > 0.999)
})

test('the index finds the pairs and neighbours that comparing each with each finds', () => {
  let seed = 7
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const vectors = Array.from({ length: 120 }, (): Vector => {
    const terms = [...new Set(Array.from({ length: 12 }, () => Math.floor(random() ** 3 * 40)))].sort(
      (a, b) => a - b,
    )
    const raw = terms.map(() => 0.2 + random())
    const length = Math.hypot(...raw)
    return { terms: Uint32Array.from(terms), weights: Float32Array.from(raw, it => it / length) }
  })
  const index = new VectorIndex(vectors)
  for (const least of [0.3, 0.6, 0.8, 0.95]) {
    const expected: string[] = []
    for (let one = 0; one < vectors.length; one++)
      for (let other = one + 1; other < vectors.length; other++)
        if ((one + other) % 3 > 0 && similarity(vectors[one]!, vectors[other]!) >= least)
          expected.push(`${one} ${other}`)
    const found = index.pairs(least, (one, other) => (one + other) % 3 > 0).map(it => `${it.one} ${it.other}`)
    assert.deepEqual(found.sort(), expected.sort(), String(least))
  }
  vectors.forEach((vector, id) => {
    const expected = vectors.map(it => similarity(vector, it)).sort((a, b) => b - a)
    const found = index.nearest(vector, 5)
    assert.equal(found[0]!.id, id)
    found.forEach((it, i) => {
      assert.ok(Math.abs(it.similarity - expected[i]!) < 1e-4)
    })
  })
})

test('what was stored is what was computed, and nonsense is not taken for it', () => {
  const code = '/** Adds a tax. */\nexport function addTax(price, rate) { return price * (1 + rate / 100) }\n'
  const described = describeFunctions(parser, 'a.js', 'javascript', code, weights)
  assert.equal(described.length, 1)
  assert.deepEqual(readDescribed(writeDescribed(described)), described)
  assert.equal(readDescribed('{"no": '), undefined)
  assert.equal(readDescribed('7'), undefined)
})

test('the table of weights is written and read within one step', () => {
  const rarities = new Map([
    ['wname', 1.234],
    ['o+', 0],
    ['dstarts with', 99],
  ])
  const table = readTermWeights(writeTermWeights(rarities, 0.1), 'x', 0.1, 12)!
  assert.ok(Math.abs(table.steps.get('wname')! * table.step - 1.234) <= 0.05)
  assert.equal(table.steps.get('o+'), 0)
  assert.equal(table.steps.get('dstarts with'), 127)
  assert.equal(readTermWeights('300\tword\n', 'x', 0.1, 12), undefined)
  assert.equal(readTermWeights('', 'x', 0.1, 12), undefined)
})

test('search finds by name, comment and deed, in English and in Spanish', () => {
  const code = `
def bubble_sort(items):
    """Puts items into order, the smallest first."""
    for i in range(len(items)):
        items[i], items[0] = items[0], items[i]

def save_order(order, database):
    database.orders.insert(order)

def read_config(path):
    with open(path) as file:
        return json.loads(file.read())

def send_mail(user, text):
    """Tells a customer that the parcel is on its way."""
    smtp.send(user.address, text)
`
  const described = describeFunctions(parser, 'a.py', 'python', code, weights)
  const index = new SearchIndex(described.map(it => it.about))
  const check = (question: string, name: string) =>
    assert.equal(described[index.search(question, 1)[0]?.id ?? -1]?.name, name, question)
  check('sort a list', 'bubble_sort')
  check('ordenación de burbuja', 'bubble_sort')
  check('guardar un pedido en la base de datos', 'save_order')
  check('leer la configuración', 'read_config')
  check('parcel', 'send_mail')
  check('enviar un correo al usuario', 'send_mail')
  assert.deepEqual(index.search('quantum', 5), [])
  assert.deepEqual(index.search('the of de la', 5), [])
})

test('a Spanish word is found in any of its forms', () => {
  for (const it of ['ordenar', 'ordena', 'ordenando', 'Ordenación', 'ordenados', 'ordenamiento'])
    assert.ok(englishOf(it).includes('sort'), it)
  for (const it of ['función', 'xyz']) assert.deepEqual(englishOf(it), [], it)
  assert.ok(englishOf('contraseñas').includes('password'))
  assert.ok(englishOf('ARBOL').includes('tree'))
})

test('no word of a built-in name leads astray', () => {
  const [vector] = vectorsOf(
    'javascript',
    'function f(a) { return a.constructor.__proto__.toString(a.hasOwnProperty) }',
  )
  assert.ok(Math.abs(similarity(vector!, vector!) - 1) < 0.01)
})

function vectorsOf(language: CodeLanguage, code: string): Vector[] {
  const tree = parser.parseOnce(code, language)!
  const reader = new TermReader(tree)
  return [...functionsOf(tree)].map(it => vectorOf(reader.termsOf(it), weights))
}

test('a copy is known by its digests, whatever its layout, comments and names; one operator makes it another function', () => {
  const digests = (language: CodeLanguage, code: string) =>
    describeFunctions(parser, `a.${language === 'python' ? 'py' : 'ts'}`, language, code, weights)[0]!
  const check = (language: CodeLanguage, one: string, other: string, alike: string) =>
    assert.equal(
      alikenessOf(digests(language, one) as never, digests(language, other) as never),
      alike,
      other,
    )
  const ts =
    'function sum(items: number[]) { let total = 0; for (const it of items) total += it * 2; return total }'
  check('typescript', ts, ts.replaceAll('; ', ';\n  // so it is\n\n').replace('sum', 'add'), 'exact')
  check('typescript', ts, ts.replaceAll('total', 'all').replaceAll('it ', 'x ').replace('0', '1'), 'renamed')
  check('typescript', ts, ts.replace('it * 2', 'it + 2'), 'similar')
  check('typescript', ts, ts.replace('return total', 'return items'), 'similar')
  const py = 'def f(a, b):\n    for it in a:\n        b.add(it)\n    return b\n'
  check(
    'python',
    py,
    'def g(x, y):\n  # all of them\n  for it in x:\n      y.add(it)\n\n  return y\n',
    'renamed',
  )
  // What stands in the loop counts, not how far it is moved in.
  check('python', py, 'def f(a, b):\n    for it in a:\n        b.add(it)\n        return b\n', 'similar')
  // A field of the same name is not the variable, and a variable of an inner function not the outer one.
  check(
    'typescript',
    'const f = (id) => save({ id: id.id })',
    'const f = (key) => save({ id: key.id })',
    'renamed',
  )
  check(
    'typescript',
    'const f = a => a.map(it => it.b).filter(it => it)',
    'const f = a => a.map(x => x.b).filter(y => y)',
    'renamed',
  )
})

test('copies that went their own ways are shown with the lines in which they differ', () => {
  const text = (last: string) =>
    `export function read(lines: string[]) {\n  const found = []\n  for (const it of lines) {\n    const [key, value] = it.split('=')\n    found.push([key.trim(), value.trim()])\n  }\n  ${last}\n}\n`
  const texts = new Map([
    ['a.ts', text('return found')],
    ['b.ts', text('return found.filter(([key]) => key)')],
  ])
  const [one, other] = [...texts].map(([file, code]) => ({
    ...describeFunctions(parser, file, 'typescript', code, weights)[0]!,
    file,
  }))
  const pair = { similarity: 0.9, alike: 'similar' as const, one: one!, other: other! }
  assert.deepEqual(
    divergenceOf(pair, it => texts.get(it)),
    {
      pair,
      onlyOne: [{ line: 7, text: 'return found' }],
      onlyOther: [{ line: 7, text: 'return found.filter(([key]) => key)' }],
    },
  )
  assert.equal(
    divergenceOf({ ...pair, other: { ...other!, name: 'write' } }, it => texts.get(it)),
    undefined,
  )
})

// `codeant similar` and `codeant search`, as a person uses them.

import assert from 'node:assert/strict'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { codeant } from '../support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

const PROJECT = `//- api/orders.py
def total_of(order, rates):
    """Sums what an order costs."""
    total = 0
    for item in order.items:
        if item.quantity <= 0:
            raise ValueError("quantity")
        price = item.price * item.quantity
        total += price + price * rates.get(item.kind, 0)
    return round(total, 2)

def total_of_cart(cart, rates):
    total = 0
    for item in cart.items:
        if item.quantity <= 0:
            raise ValueError("quantity")
        price = item.price * item.quantity
        total += price + price * rates.get(item.kind, 0)
    return round(total, 2)

def close(connection):
    connection.close()
//- web/orders.ts
export function orderTotal(order: Order, rates: Map<string, number>): number {
  let total = 0
  for (const item of order.items) {
    if (item.quantity <= 0) throw new Error('quantity')
    const price = item.price * item.quantity
    total += price + price * (rates.get(item.kind) ?? 0)
  }
  return Math.round(total)
}
//- web/server.js
function start(port, handler) {
  const server = createServer(handler)
  server.on('error', problem => {
    if (problem.code === 'EADDRINUSE') console.error('port ' + port + ' is taken')
    else throw problem
  })
  server.listen(port, () => console.log('listening on ' + port))
  return server
}
//- test/orders.test.ts
function orderTotalAgain(order, rates) {
  let total = 0
  for (const item of order.items) {
    if (item.quantity <= 0) throw new Error('quantity')
    const price = item.price * item.quantity
    total += price + price * (rates.get(item.kind) ?? 0)
  }
  return Math.round(total)
}
`

const run = (folder: TemporaryFolder, ...args: string[]) => codeant(args, { cwd: folder.path })
interface Pairs {
  readonly pairs: {
    readonly similarity: number
    readonly one: { readonly path: string; readonly name: string; readonly line: number }
    readonly other: { readonly path: string; readonly name: string }
  }[]
  readonly summary: { readonly functions: number; readonly pairs: number }
}
const namesOf = (out: string) =>
  (JSON.parse(out) as Pairs).pairs.map(it => [it.one.name, it.other.name].sort().join(' '))

test('copies in one language are listed, tests and small functions left out', () =>
  inFolder(PROJECT, async folder => {
    const { code, out } = await run(folder, 'similar')
    assert.equal(code, 0)
    assert.match(out, /api\/orders\.py:1 total_of 9 lines\n {6}api\/orders\.py:11 total_of_cart/)
    assert.match(out, /3 similar pairs\./)
    const json = await run(folder, 'similar', '--format', 'json')
    assert.deepEqual(namesOf(json.out).sort(), [
      'orderTotal total_of',
      'orderTotal total_of_cart',
      'total_of total_of_cart',
    ])
    const tests = await run(folder, 'similar', '--format', 'json', '--tests', '--min', '0.95')
    assert.ok(namesOf(tests.out).includes('orderTotal orderTotalAgain'))
  }))

test('the same in another language is found', () =>
  inFolder(PROJECT, async folder => {
    const { out } = await run(folder, 'similar', '--across-languages', '--format', 'json')
    assert.deepEqual(namesOf(out).sort(), ['orderTotal total_of', 'orderTotal total_of_cart'])
  }))

test('neighbours of one function are listed, the closest first', () =>
  inFolder(PROJECT, async folder => {
    const { code, out } = await run(folder, 'similar', '--to', 'web/orders.ts:4')
    assert.equal(code, 0)
    assert.match(out, /^web\/orders\.ts:1 orderTotal 9 lines\n\n0\.\d\d {2}api\/orders\.py:1 total_of /)
    assert.doesNotMatch(out, /server\.js/)
  }))

test('what was asked wrongly is said', () =>
  inFolder(PROJECT, async folder => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [['similar', '--to', 'web/orders.ts'], /a file and a line/],
      [['similar', '--to', 'web/server.js:90'], /no function at web\/server\.js:90/],
      [['similar', '--min', '2'], /above 0/],
      [['similar', '--limit', 'many'], /whole number/],
      [['similar', 'nowhere'], /cannot read .*nowhere/],
      [['search'], /Which words/],
    ]
    for (const [args, message] of cases) {
      const { code, err } = await run(folder, ...args)
      assert.equal(code, 2, args.join(' '))
      assert.match(err, message)
    }
    const spanish = await run(folder, 'similar', '--min', 'mucho', '--locale', 'es')
    assert.match(spanish.err, /mayor que 0/)
  }))

test('functions are found by words of either language', () =>
  inFolder(PROJECT, async folder => {
    const english = await run(folder, 'search', 'order', 'total')
    assert.match(english.out, /^100 % {2}(web\/orders\.ts:1 orderTotal|api\/orders\.py:1 total_of) /)
    const spanish = await run(
      folder,
      'search',
      'total',
      'de',
      'un',
      'pedido',
      '--limit',
      '2',
      '--format',
      'json',
    )
    const hits = (JSON.parse(spanish.out) as { hits: { name: string }[] }).hits.map(it => it.name)
    assert.deepEqual(hits.sort(), ['orderTotal', 'total_of'])
    const here = await run(folder, 'search', 'total', '--in', 'web', '--format', 'json')
    assert.doesNotMatch(here.out, /\.py/)
    assert.match((await run(folder, 'search', 'quantum')).out, /No function is about/)
  }))

test('a missing or damaged table is one clear sentence', () =>
  inFolder(PROJECT, async folder => {
    const models = join(folder.path, 'models')
    const withModels = (...args: string[]) =>
      codeant(args, { cwd: folder.path, env: { CODEANT_MODELS: models } })
    const missing = await withModels('similar')
    assert.equal(missing.code, 3)
    assert.match(missing.err, /^codeant: the table .* is not there/)
    mkdirSync(models)
    cpSync(fileURLToPath(new URL('../../models/similarity', import.meta.url)), join(models, 'similarity'), {
      recursive: true,
    })
    assert.equal((await withModels('similar')).code, 0)
    writeFileSync(join(models, 'similarity/terms.tsv'), '3\twname\n')
    const damaged = await withModels('search', 'total', '--locale', 'es')
    assert.equal(damaged.code, 3)
    assert.match(damaged.err, /no es la original/)
    assert.equal(damaged.err.trim().split('\n').length, 1)
  }))

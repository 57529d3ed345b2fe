// `codeant share` and `codeant search --team` at a real gateway: asked first, nothing of the code sent, nothing sent twice.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { codeant, type Ran } from '../support/memory-terminal.ts'
import { inFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

const CANARY = 'a text that only the code has'
const CART = `def total(prices):
    """Adds up all prices."""
    result = 0
    for price in prices:
        result += price
    return result


def greet(name):
    print("${CANARY}", name)
    return name
`
const DATES = 'export function parseDate(text: string) {\n  return new Date(Date.parse(text.trim()))\n}\n'

let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

test('a project is shared after a person allowed it, found by the team, and taken away', () =>
  inProject(async (run, folder) => {
    const dry = await run(['share', '--dry-run'])
    assert.match(dry.out, /"name": "total"[\s\S]*3 functions would be sent to 127[\s\S]*Nothing was sent/)
    assert.deepEqual(sentBodies(folder), [])
    const unasked = await run(['share'])
    assert.deepEqual([unasked.code, unasked.out], [2, ''])
    assert.match(unasked.err, /--yes/)
    const refused = await run(['share'], ['n'])
    assert.match(refused.out, /Names, places and such numbers of 3 functions[\s\S]*May it\?/)
    assert.equal(refused.code, 2)
    assert.deepEqual(sentBodies(folder), [])

    const first = await run(['share', '--project', 'shop'], ['y'])
    assert.equal(first.code, 0, first.err)
    assert.match(first.out, /3 functions of "shop".*3 sent \(3 with numbers.*0 taken away, 0 unchanged/)
    const again = await run(['share', '--project', 'shop'])
    assert.match(again.out, /0 sent \(0 with numbers.*3 unchanged/)
    const copied = await run(['share', '--project', 'copy'])
    assert.match(
      copied.out,
      /3 sent \(0 with numbers/,
      'what the endpoint knows from another project is not sent again',
    )

    const found = await run(['search', '--team', 'add', 'up', 'prices'])
    assert.match(found.out, /^ *\d+ % {2}copy: cart\.py:1 total python\n +also shop: cart\.py:1 total\n/)
    const spanish = await run(['search', '--team', '--format', 'json', 'leer', 'una', 'fecha'])
    const { functions } = JSON.parse(spanish.out) as {
      functions: { places: { name: string }[]; code: null }[]
    }
    assert.deepEqual([functions[0]!.places[0]!.name, functions[0]!.code], ['parseDate', null])

    // Only what changed is sent: one function moved, one is new, one is gone.
    folder.write(
      'cart.py',
      `\n\n${CART.slice(0, CART.indexOf('def greet'))}def discount(price, percent):\n    return price * (100 - percent) / 100\n`,
    )
    const changed = await run(['share', '--project', 'shop'])
    assert.match(changed.out, /2 sent \(1 with numbers.*1 taken away, 1 unchanged/)
    const listed = await json<{ functions: { name: string; line: number }[] }>(
      await gateway.fetch('/api/v1/functions?project=shop'),
    )
    assert.deepEqual(
      listed.functions.map(it => [it.name, it.line]),
      [
        ['discount', 11],
        ['total', 3],
        ['parseDate', 1],
      ],
    )

    const forgotten = await run(['share', '--forget', '--project', 'shop'])
    assert.match(forgotten.out, /3 functions of "shop" are gone/)

    const left = sentBodies(folder)
    assert.ok(left.length > 0 && left.every(it => !it.includes(CANARY) && !it.includes('REDACTED')), left[0])
  }))

test('a project that forbids it is not shared, whoever says yes', () =>
  inProject(async (run, folder) => {
    folder.write('.codeant.toml', '[remote]\nforbid = true\n')
    const { code, err } = await run(['share', '--yes'])
    assert.equal(code, 2)
    assert.match(err, /forbid/)
    assert.deepEqual(sentBodies(folder), [])
  }))

test('in Spanish, too', () =>
  inProject(async run => {
    const asked = await run(['share', '--project', 'tienda'], ['s'], 'es')
    assert.match(asked.out, /¿Se permite\?[\s\S]*3 funciones de «tienda»/)
    assert.match((await run(['search', '--team', 'zzz'], [], 'es')).out, /no ha compartido/)
  }))

type Run = (args: readonly string[], typed?: readonly string[], locale?: 'en' | 'es') => Promise<Ran>

function inProject(work: (run: Run, folder: TemporaryFolder) => Promise<void>): Promise<void> {
  return inFolder('', async folder => {
    folder.write('cart.py', CART)
    folder.write('web/dates.ts', DATES)
    const env = {
      CODEANT_CONFIG: join(folder.path, '.config'),
      CODEANT_STATE: join(folder.path, '.state'),
      CODEANT_ENDPOINT: gateway.url,
      CODEANT_ENDPOINT_KEY: gateway.key,
    }
    await work(
      (args, typed = [], locale = 'en') => codeant(args, { cwd: folder.path, env, typed, locale }),
      folder,
    )
  })
}

function sentBodies(folder: TemporaryFolder): readonly string[] {
  try {
    const sent = join(folder.path, '.state/sent')
    return readdirSync(sent)
      .filter(it => it.endsWith('.txt'))
      .map(it => readFileSync(join(sent, it), 'utf8'))
  } catch {
    return []
  }
}

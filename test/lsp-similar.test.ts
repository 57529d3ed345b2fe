// Functions like the one at the cursor, over the wire: copies first, across languages, of what is typed.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { SimilarParams, SimilarResult } from '@codeant/shared/protocol.ts'
import type { CodeAction } from 'vscode-languageserver-types'
import { LspClient } from './support/lsp-client.ts'
import { inFolder } from './support/temporary-folder.ts'

const SUM = (name: string, all: string) => `def ${name}(${all}, rates):
    total = 0
    for item in ${all}.items:
        if item.quantity <= 0:
            raise ValueError("quantity")
        price = item.price * item.quantity
        total += price + price * rates.get(item.kind, 0)
    return round(total, 2)
`
const PROJECT = `//- api/orders.py
${SUM('total_of', 'order')}
//- api/carts.py
import math


${SUM('total_of_cart', 'cart')}
//- api/copy.py
${SUM('total_of', 'order')}
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
export function start(port, handler) {
  const server = createServer(handler)
  server.on('error', problem => console.error(problem.code))
  server.listen(port)
  return server
}
`

interface Shop {
  readonly client: LspClient
  uri(path: string): string
  similar(path: string, line: number): Promise<SimilarResult | null>
}

function inShop(
  t: TestContext,
  run: (it: Shop) => Promise<void>,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  return inFolder(PROJECT, async folder => {
    const uri = (path: string) => pathToFileURL(join(folder.path, path)).href
    const client = await LspClient.start({
      folder: folder.path,
      env: { CODEANT_CACHE: join(folder.path, '.cache'), ...env },
      initializationOptions: { commands: ['codeant.showSimilar'] },
    })
    const similar = (path: string, line: number) =>
      client.request<SimilarResult | null>('codeant/similar', {
        uri: uri(path),
        line,
        character: 4,
      } satisfies SimilarParams)
    try {
      await client.open(uri('api/orders.py'), 'python', SUM('total_of', 'order'))
      await run({ client, uri, similar })
      await client.stop()
    } catch (error) {
      client.process.kill()
      t.diagnostic(client.log.slice(-40).join('\n'))
      throw error
    }
  })
}

const limit = { timeout: 90_000 }

/** As a person sees them. */
const shown = ({ functions }: SimilarResult) =>
  functions.map(it => `${it.alike} ${it.uri.split('/').slice(-2).join('/')}:${it.line + 1} ${it.name}`)

test('copies first, then copies with other names, then other languages', limit, t =>
  inShop(t, async ({ similar }) => {
    const found = (await similar('api/orders.py', 3))!
    assert.deepEqual(shown(found), [
      'exact api/copy.py:1 total_of',
      'renamed api/carts.py:4 total_of_cart',
      'similar web/orders.ts:1 orderTotal',
    ])
    assert.deepEqual([found.name, found.compared, found.isWeighted], ['total_of', 4, true])
    const { similarity } = found.functions[2]!
    assert.ok(similarity > 0.5 && similarity < 1, String(similarity))
  }),
)

test('what is typed counts, not what is saved', limit, t =>
  inShop(t, async ({ client, uri, similar }) => {
    // A line more above, and the function is no copy any more.
    client.change(uri('api/orders.py'), 2, { line: 1, character: 13 }, { line: 1, character: 13 }, '  # none')
    client.change(
      uri('api/orders.py'),
      3,
      { line: 7, character: 0 },
      { line: 7, character: 0 },
      '    log(total)\n',
    )
    const [first] = (await similar('api/orders.py', 3))!.functions
    assert.equal(first!.alike, 'similar')
  }),
)

test('without the table of words every word counts the same, and that is said', limit, t =>
  inShop(
    t,
    async ({ similar }) => {
      const found = (await similar('api/orders.py', 3))!
      assert.equal(found.isWeighted, false)
      assert.deepEqual(
        found.functions.slice(0, 2).map(it => it.alike),
        ['exact', 'renamed'],
      )
      assert.ok(shown(found).includes('similar web/orders.ts:1 orderTotal'))
    },
    { CODEANT_MODELS: '/nowhere' },
  ),
)

test('between functions there is nothing to compare', limit, t =>
  inShop(t, async ({ similar }) => assert.equal(await similar('api/carts.py', 0), null)),
)

test('it is offered to who asks for actions inside of a function, and by itself to nobody', limit, t =>
  inShop(t, async ({ client, uri }) => {
    const offered = async (triggerKind: 1 | 2) => {
      const at = { line: 3, character: 10 }
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uri('api/orders.py') },
        range: { start: at, end: at },
        context: { diagnostics: [], triggerKind },
      })
      return actions.filter(it => it.command?.command === 'codeant.showSimilar').map(it => it.title)
    }
    assert.deepEqual(await offered(1), ['Show similar code in this workspace'])
    assert.deepEqual(await offered(2), [])
  }),
)

// A field of data on both sides of the language border, over the wire.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hover, Location } from 'vscode-languageserver-types'
import { definition, inFiles, linesOf, positionIn } from './support/lsp-workspace.ts'
import { MODEL, ORDERS, TYPED } from './support/orders.ts'

const limit = { timeout: 60_000 }
const IN_TYPED = { file: 'web/orders.ts', language: 'typescript', text: 'customer: string' }
const ON_FIELD = positionIn(TYPED, IN_TYPED.text)
const ON_MODEL = positionIn(MODEL, 'customer: str')

test('a field leads to its twin, tells of it, and is found where it is used', limit, t =>
  inFiles(t, { files: ORDERS, crossing: IN_TYPED }, async ({ client, uri }) => {
    const [page, server] = [uri('web/orders.ts'), uri('server/main.py')]
    assert.deepEqual(linesOf(await definition(client, page, ON_FIELD)), ['main.py:6'])
    const hover = await client.request<Hover | null>('textDocument/hover', {
      textDocument: { uri: page },
      position: ON_FIELD,
    })
    assert.match(JSON.stringify(hover?.contents), /server\/main\.py:6.*`customer: str`/)
    await client.open(server, 'python', MODEL)
    const found = await client.request<Location[] | null>('textDocument/references', {
      textDocument: { uri: server },
      position: ON_MODEL,
      context: { includeDeclaration: true },
    })
    assert.deepEqual(linesOf(found), ['legacy.js:4', 'orders.ts:10', 'orders.ts:5'])
  }),
)

test('what is typed counts, and a document that is broken tells nothing', limit, t =>
  inFiles(t, { files: ORDERS, crossing: IN_TYPED }, async ({ client, uri }) => {
    const [page, server] = [uri('web/orders.ts'), uri('server/main.py')]
    await client.open(server, 'python', MODEL)
    const start = { line: 0, character: 0 }
    client.change(server, 2, start, start, '# moved\n')
    assert.deepEqual(linesOf(await definition(client, page, ON_FIELD)), ['main.py:7'])
    client.change(page, 2, start, start, 'const = (\n')
    const moved = { line: ON_FIELD.line + 1, character: ON_FIELD.character }
    assert.deepEqual(await definition(client, page, moved), [])
  }),
)

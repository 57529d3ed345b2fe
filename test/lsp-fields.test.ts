// A field of data on both sides of the language border, over the wire.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  AnnotatedTextEdit,
  Hover,
  Location,
  Range,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types'
import { applied, definition, inFiles, linesOf, positionIn } from './support/lsp-workspace.ts'
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

const ASKS = {
  workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
}
const PRINT = `import type { Order } from './orders'
export const print = (order: Order) => order.customer
`
const RENAMED = {
  'web/orders.ts': TYPED.replaceAll('customer', 'buyer'),
  'web/legacy.js': ORDERS['web/legacy.js']!.replace('customer', 'buyer'),
  'server/main.py': MODEL.replace('customer', 'buyer'),
}

test('a rename is one edit, and what may be meant as well is asked about', limit, t => {
  const files = { ...ORDERS, 'web/print.ts': PRINT }
  return inFiles(t, { files, crossing: IN_TYPED, capabilities: ASKS }, async ({ client, uri }) => {
    const at = { textDocument: { uri: uri('web/orders.ts') }, position: ON_FIELD }
    const prepared = await client.request<{ range: Range; placeholder: string }>(
      'textDocument/prepareRename',
      at,
    )
    assert.equal(prepared.placeholder, 'customer')
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'buyer' })
    assert.deepEqual(applied(edit, files).texts, {
      ...RENAMED,
      'web/print.ts': PRINT.replace('customer', 'buyer'),
    })
    const asked = (edit.documentChanges as TextDocumentEdit[]).flatMap(({ textDocument, edits }) =>
      (edits as AnnotatedTextEdit[])
        .filter(it => edit.changeAnnotations![it.annotationId]!.needsConfirmation)
        .map(it => `${textDocument.uri.slice(textDocument.uri.lastIndexOf('/'))} ${it.newText}`),
    )
    assert.deepEqual(asked, ['/print.ts buyer'])
    assert.match(JSON.stringify(edit.changeAnnotations), /Programs outside of this workspace/)
  })
})

test('a client that cannot ask is told why nothing was renamed', limit, t => {
  const files = { ...ORDERS, 'web/print.ts': PRINT }
  return inFiles(t, { files, crossing: IN_TYPED }, async ({ client, uri }) => {
    const at = { textDocument: { uri: uri('web/orders.ts') }, position: ON_FIELD, newName: 'buyer' }
    await assert.rejects(client.request('textDocument/rename', at), /1 places may mean this name/)
  })
})

test('a document that is broken keeps a rename from landing in the wrong place', limit, t =>
  inFiles(t, { files: ORDERS, crossing: IN_TYPED, capabilities: ASKS }, async ({ client, uri }) => {
    const [page, server] = [uri('web/orders.ts'), uri('server/main.py')]
    const ask = () =>
      client.request<WorkspaceEdit>('textDocument/rename', {
        textDocument: { uri: page },
        position: ON_FIELD,
        newName: 'buyer',
      })
    await client.open(server, 'python', MODEL)
    const start = { line: 0, character: 0 }
    client.change(server, 2, start, start, 'def broken(:\n')
    await assert.rejects(ask(), /server\/main\.py has a syntax error/)
    client.change(server, 3, start, { line: 1, character: 0 }, '# whole again\n')
    const now = { ...ORDERS, 'server/main.py': `# whole again\n${MODEL}` }
    const { texts, versions } = applied(await ask(), now)
    assert.equal(texts['server/main.py'], now['server/main.py'].replace('customer', 'buyer'))
    assert.deepEqual(versions, { 'web/orders.ts': 1, 'web/legacy.js': null, 'server/main.py': 3 })
  }),
)

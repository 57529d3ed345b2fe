// Going, looking and renaming across the language border, over the wire.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TRANSLATE, type TranslateResult } from '@codeant/shared/protocol.ts'
import { CancellationTokenSource } from 'vscode-jsonrpc'
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  DocumentLink,
  Hover,
  Location,
  LocationLink,
  Position,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver-types'
import { applied, definition, FILES, inWorkspace, linesOf, positionOf } from './support/lsp-workspace.ts'

const ON_ROUTE = positionOf('server/main.py', '/api')
const ON_HANDLER = positionOf('server/main.py', 'find_user')
const ON_CALL = positionOf('web/users.ts', 'users')
const ON_NOTHING = positionOf('web/users.ts', 'load')

const limit = { timeout: 60_000 }

test('definition, references and hover know the other language', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const [page, server] = [uri('web/users.ts'), uri('server/main.py')]
    assert.deepEqual(linesOf(await definition(client, page, ON_CALL)), ['main.py:6'])
    assert.deepEqual(await definition(client, page, ON_NOTHING), [])
    const references = (document: string, position: Position, includeDeclaration: boolean) =>
      client.request<Location[] | null>('textDocument/references', {
        textDocument: { uri: document },
        position,
        context: { includeDeclaration },
      })
    assert.deepEqual(linesOf(await references(page, ON_CALL, true)), [
      'check.py:5',
      'main.py:6',
      'users.ts:1',
    ])
    const hover = async (document: string, position: Position) => {
      const found = await client.request<Hover | null>('textDocument/hover', {
        textDocument: { uri: document },
        position,
      })
      return JSON.stringify(found?.contents ?? '')
    }
    assert.match(await hover(page, ON_CALL), /\*\*GET\*\* `\/api\/users\/\{user_id\}`/)
    assert.match(await hover(page, ON_CALL), /FastAPI, answered by `find_user` in \[server\/main\.py:6\]/)

    await client.open(server, 'python', FILES['server/main.py'])
    assert.deepEqual(linesOf(await references(server, ON_ROUTE, false)), ['check.py:5', 'users.ts:1'])
    assert.deepEqual(await definition(client, server, ON_ROUTE), [])
    assert.match(await hover(server, ON_ROUTE), /Called from/)
    // What is typed counts, saved or not.
    const start = { line: 0, character: 0 }
    client.change(server, 2, start, start, '# moved\n')
    assert.deepEqual(linesOf(await definition(client, page, ON_CALL)), ['main.py:7'])
  }),
)

test('a client that understands links is told what the link spans', limit, t =>
  inWorkspace(
    t,
    async ({ client, uri }) => {
      const [link] = await client.request<LocationLink[]>('textDocument/definition', {
        textDocument: { uri: uri('web/users.ts') },
        position: ON_CALL,
      })
      const { start, end } = link!.originSelectionRange!
      assert.equal(FILES['web/users.ts'].slice(start.character, end.character), '`/api/users/${id}`')
      assert.equal(link!.targetUri, uri('server/main.py'))
    },
    { textDocument: { definition: { linkSupport: true } } },
  ),
)

test('a rename edits every file, those that are open by their version', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const textDocument = { uri: uri('web/users.ts') }
    const prepare = (position: Position) =>
      client.request<{ range: Range; placeholder: string } | null>('textDocument/prepareRename', {
        textDocument,
        position,
      })
    const ask = (newName: string) =>
      client.request<WorkspaceEdit>('textDocument/rename', { textDocument, position: ON_CALL, newName })
    assert.equal((await prepare(ON_CALL))?.placeholder, 'users')
    assert.equal(await prepare(ON_NOTHING), null)
    const { texts, versions } = applied(await ask('people'), FILES)
    assert.deepEqual(versions, { 'web/users.ts': 1, 'server/main.py': null, 'jobs/check.py': null })
    for (const [name, text] of Object.entries(texts))
      assert.equal(text, FILES[name as keyof typeof FILES].replace('/users/', '/people/'))
    await assert.rejects(ask('a/b'), /“a\/b” cannot be a part of a path/)
  }),
)

test('a path is a link, whose target is found when it is followed', limit, t =>
  inWorkspace(
    t,
    async ({ client, uri }) => {
      const page = uri('web/users.ts')
      const links = await client.request<DocumentLink[]>('textDocument/documentLink', {
        textDocument: { uri: page },
      })
      assert.deepEqual(
        links.map(it => [
          FILES['web/users.ts'].slice(it.range.start.character, it.range.end.character),
          it.target,
        ]),
        [['/api/users/${id}', undefined]],
      )
      assert.match(links[0]!.tooltip!, /GET \/api\/users\/\{user_id\}/)
      const resolved = await client.request<DocumentLink>('documentLink/resolve', links[0])
      assert.equal(resolved.target, `${uri('server/main.py')}#L7,5`)
      // What is broken meanwhile leads nowhere.
      const start = { line: 0, character: 0 }
      client.change(page, 2, start, start, 'const = (\n')
      assert.equal((await client.request<DocumentLink>('documentLink/resolve', links[0])).target, undefined)
    },
    { textDocument: { documentLink: { tooltipSupport: true } } },
  ),
)

test('a handler is called from other languages', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const server = uri('server/main.py')
    await client.open(server, 'python', FILES['server/main.py'])
    const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
      textDocument: { uri: server },
      position: ON_HANDLER,
    })
    assert.equal(item!.name, 'find_user')
    const calls = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item })
    assert.deepEqual(calls.map(it => `${it.from.detail} ${it.from.name}`).sort(), [
      'jobs/check.py check',
      'web/users.ts load',
    ])
  }),
)

test('a question that nobody waits for any more is answered with that', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const page = uri('web/users.ts')
    for (const method of ['definition', 'references', 'hover', 'rename', 'prepareRename', 'codeAction']) {
      const source = new CancellationTokenSource()
      const answer = client.connection.sendRequest(
        `textDocument/${method}`,
        {
          textDocument: { uri: page },
          position: ON_CALL,
          range: { start: ON_CALL, end: ON_CALL },
          context: { includeDeclaration: true, diagnostics: [] },
          newName: 'people',
        },
        source.token,
      )
      source.cancel()
      // Whichever came first: the answer, or that it was cancelled. Never none.
      await answer.catch(error =>
        assert.equal((error as { code: number }).code, -32800, `${method}: ${error}`),
      )
    }
    assert.deepEqual(linesOf(await definition(client, page, ON_CALL)), ['main.py:6'])
  }),
)

test('a function is sketched in another language, or its place is named', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const server = uri('server/main.py')
    const text =
      'def double(a: float) -> float:\n    return a * 2\n\ndef half(a: float, b: float) -> float:\n    return a / b\n'
    await client.open(server, 'python', text)
    const ask = (line: number) =>
      client.request<TranslateResult | null>(TRANSLATE, { uri: server, line, character: 5, to: 'rust' })
    const sketched = await ask(0)
    assert.ok(
      sketched &&
        'text' in sketched &&
        /fn double\(a: f64\) -> f64 \{\n {4}return a \* 2\.0;/.test(sketched.text),
    )
    const refused = await ask(3)
    assert.ok(refused && 'refusal' in refused && refused.range.start.line === 4)
    assert.match(refused.refusal, /`a \/ b`/)
  }),
)

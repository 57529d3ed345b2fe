// Going, looking and renaming across the language border, over the wire.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  Hover,
  Location,
  LocationLink,
  Position,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver-types'
import { LspClient } from './support/lsp-client.ts'
import { inFolder } from './support/temporary-folder.ts'

const SERVER = `from fastapi import FastAPI

app = FastAPI()


@app.get("/api/users/{user_id}")
def find_user(user_id: int):
    return load(user_id)
`
const PAGE = 'export const load = (id: string) => fetch(`/api/users/${id}`)\n'
const JOB = `import requests


def check(id):
    requests.get(f"http://localhost/api/users/{id}")
`

const at = (line: number, character: number): Position => ({ line, character })
const ON_ROUTE = at(5, 16)
const ON_CALL = at(0, PAGE.indexOf('users'))

interface Workspace {
  readonly client: LspClient
  uri(path: string): string
}

/** The page is open, the server's file is not. */
function inWorkspace(
  t: TestContext,
  run: (it: Workspace) => Promise<void>,
  capabilities?: object,
): Promise<void> {
  return inFolder('', async folder => {
    const uri = (path: string) => pathToFileURL(join(folder.path, path)).href
    folder.write('server/main.py', SERVER)
    folder.write('web/users.ts', PAGE)
    folder.write('jobs/check.py', JOB)
    const client = await LspClient.start({
      folder: folder.path,
      env: { CODEANT_CACHE: join(folder.path, '.cache') },
      ...(capabilities && { capabilities }),
    })
    try {
      await client.open(uri('web/users.ts'), 'typescript', PAGE)
      await isRead(client, uri('web/users.ts'))
      await run({ client, uri })
      await client.stop()
    } catch (error) {
      client.process.kill()
      t.diagnostic(client.log.slice(-40).join('\n'))
      throw error
    }
  })
}

/** The workspace is read in the background: until then, nothing is known of other files. */
async function isRead(client: LspClient, uri: string): Promise<void> {
  for (;;) if ((await definition(client, uri, ON_CALL)).length > 0) return
}

async function definition(client: LspClient, uri: string, position: Position): Promise<readonly Location[]> {
  return (
    (await client.request<Location[] | null>('textDocument/definition', {
      textDocument: { uri },
      position,
    })) ?? []
  )
}

const nameOf = (uri: string) => uri.slice(uri.lastIndexOf('/') + 1)
const limit = { timeout: 60_000 }
const lines = (found: readonly { readonly uri: string; readonly range: Range }[] | null) =>
  (found ?? []).map(it => `${nameOf(it.uri)}:${it.range.start.line + 1}`).sort()

test('definition, references and hover know the other language', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const [page, server] = [uri('web/users.ts'), uri('server/main.py')]
    assert.deepEqual(lines(await definition(client, page, ON_CALL)), ['main.py:6'])
    assert.deepEqual(await definition(client, page, at(0, 15)), [])
    const references = (document: string, position: Position, includeDeclaration: boolean) =>
      client.request<Location[] | null>('textDocument/references', {
        textDocument: { uri: document },
        position,
        context: { includeDeclaration },
      })
    assert.deepEqual(lines(await references(page, ON_CALL, true)), ['check.py:5', 'main.py:6', 'users.ts:1'])
    const hover = (document: string, position: Position) =>
      client.request<Hover | null>('textDocument/hover', { textDocument: { uri: document }, position })
    const said = JSON.stringify((await hover(page, ON_CALL))?.contents)
    assert.match(
      said,
      /\*\*GET\*\* `\/api\/users\/\{user_id\}`.*FastAPI, answered by `find_user` in \[server\/main\.py:6\]/,
    )

    await client.open(server, 'python', SERVER)
    assert.deepEqual(lines(await references(server, ON_ROUTE, false)), ['check.py:5', 'users.ts:1'])
    assert.deepEqual(await definition(client, server, ON_ROUTE), [])
    assert.match(JSON.stringify((await hover(server, ON_ROUTE))?.contents), /Called from 2 places/)
    // What is typed counts, saved or not.
    client.change(server, 2, at(0, 0), at(0, 0), '# moved\n')
    assert.deepEqual(lines(await definition(client, page, ON_CALL)), ['main.py:7'])
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
      assert.equal(PAGE.slice(start.character, end.character), '`/api/users/${id}`')
      assert.equal(link!.targetUri, uri('server/main.py'))
    },
    { textDocument: { definition: { linkSupport: true } } },
  ),
)

test('a rename edits every file, those that are open by their version', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const textDocument = { uri: uri('web/users.ts') }
    const prepared = await client.request<{ range: Range; placeholder: string }>(
      'textDocument/prepareRename',
      { textDocument, position: ON_CALL },
    )
    assert.equal(prepared.placeholder, 'users')
    const ask = (newName: string) =>
      client.request<WorkspaceEdit>('textDocument/rename', { textDocument, position: ON_CALL, newName })
    const { documentChanges = [] } = await ask('people')
    const edited = documentChanges.flatMap(it => ('textDocument' in it ? [it] : []))
    const versions = Object.fromEntries(
      edited.map(it => [nameOf(it.textDocument.uri), it.textDocument.version]),
    )
    assert.deepEqual(versions, { 'users.ts': 1, 'main.py': null, 'check.py': null })
    for (const it of edited) {
      const before = { 'users.ts': PAGE, 'main.py': SERVER, 'check.py': JOB }[nameOf(it.textDocument.uri)]!
      const text = TextDocument.create('', '', 0, before)
      assert.equal(TextDocument.applyEdits(text, it.edits), before.replace('/users/', '/people/'))
    }
    await assert.rejects(ask('a/b'), /“a\/b” cannot be a part of a path/)
    assert.equal(
      await client.request('textDocument/prepareRename', { textDocument, position: at(0, 15) }),
      null,
    )
  }),
)

test('a handler is called from other languages', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const server = uri('server/main.py')
    await client.open(server, 'python', SERVER)
    const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
      textDocument: { uri: server },
      position: at(6, 6),
    })
    assert.equal(item!.name, 'find_user')
    const calls = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item })
    assert.deepEqual(calls.map(it => `${it.from.detail} ${it.from.name}`).sort(), [
      'jobs/check.py check',
      'web/users.ts load',
    ])
  }),
)

test('questions that nobody waits for any more are answered with that', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const { CancellationTokenSource } = await import('vscode-jsonrpc')
    const textDocument = { uri: uri('web/users.ts') }
    for (const method of ['definition', 'references', 'hover', 'rename', 'prepareRename']) {
      const source = new CancellationTokenSource()
      const answer = client.connection.sendRequest(
        `textDocument/${method}`,
        { textDocument, position: ON_CALL, context: { includeDeclaration: true }, newName: 'people' },
        source.token,
      )
      source.cancel()
      // Whichever was first: the answer, or that it was cancelled. Never none.
      await answer.catch(error =>
        assert.equal((error as { code: number }).code, -32800, `${method}: ${error}`),
      )
    }
    assert.deepEqual(lines(await definition(client, uri('web/users.ts'), ON_CALL)), ['main.py:6'])
  }),
)

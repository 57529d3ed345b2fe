// The workspace as a picture, over the wire: read from disk, from what is typed, and again when somebody asks.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { WorkspaceGraphParams, WorkspaceGraphResult } from '@codeant/shared/protocol.ts'
import { ProgressType } from 'vscode-jsonrpc/node'
import { LspClient } from './support/lsp-client.ts'
import { FILES, inWorkspace, positionOf } from './support/lsp-workspace.ts'
import { inFolder } from './support/temporary-folder.ts'

const limit = { timeout: 90_000 }

const graphOf = (client: LspClient, params: WorkspaceGraphParams = {}) =>
  client.request<WorkspaceGraphResult | null>('codeant/workspaceGraph', params)

/** Who calls whom, with lines. */
const calls = ({ page }: WorkspaceGraphResult) =>
  page.pictures.file.edges.flatMap(({ ties }) =>
    ties.map(({ path, line, to, label }) => `${path}:${line} → ${to?.path}:${to?.line} ${label}`),
  )

test('files, and what ties them, from the folder that is open', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const graph = (await graphOf(client))!
    assert.deepEqual(calls(graph), [
      'jobs/check.py:5 → server/main.py:6 GET /api/users/{user_id}',
      'web/users.ts:1 → server/main.py:6 GET /api/users/{user_id}',
    ])
    assert.equal(graph.files, 3)
    assert.equal(`${graph.base}/web/users.ts`, uri('web/users.ts'))
    assert.equal(graph.page.start, 'file')
  }),
)

test('what is typed is in the picture before it is saved', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    const [page, at] = [uri('web/users.ts'), positionOf('web/users.ts', 'export')]
    client.change(page, 2, at, at, '// First of all:\n')
    assert.ok(calls((await graphOf(client))!).some(it => it.startsWith('web/users.ts:2 → server/main.py:6 ')))
    const text = FILES['web/users.ts']
    client.change(
      page,
      3,
      { line: 0, character: 0 },
      { line: 2, character: 0 },
      text.replace('users', 'people'),
    )
    assert.deepEqual(
      calls((await graphOf(client))!).map(it => it.split(':')[0]),
      ['jobs/check.py'],
    )
  }),
)

test('a file that is gone is forgotten when everything is read again, and reading is told', limit, t =>
  inWorkspace(t, async ({ client, uri }) => {
    rmSync(fileURLToPath(uri('jobs/check.py')))
    const told: string[] = []
    client.connection.onProgress(new ProgressType<{ kind: string }>(), 'reading', it => {
      told.push(it.kind)
    })
    const graph = (await graphOf(client, { refresh: true, workDoneToken: 'reading' }))!
    assert.deepEqual(
      calls(graph).map(it => it.split(':')[0]),
      ['web/users.ts'],
    )
    assert.deepEqual([told[0], told.at(-1)], ['begin', 'end'])
  }),
)

test('without a folder there is no picture', limit, async () => {
  const client = await LspClient.start()
  assert.equal(await graphOf(client), null)
  await client.stop()
})

test('a folder without code gives an empty picture', limit, () =>
  inFolder('//- notes.md\nNothing but words.\n', async folder => {
    const client = await LspClient.start({
      folder: folder.path,
      env: { CODEANT_CACHE: `${folder.path}/.cache` },
    })
    const { page } = (await graphOf(client))!
    assert.deepEqual(page.pictures.file.nodes, [])
    await client.stop()
  }),
)

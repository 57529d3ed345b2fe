// Fixes of what two files disagree about, over the wire: one edit of all files that are concerned.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeAction } from 'vscode-languageserver-types'
import {
  applied,
  FILES,
  type FileName,
  inWorkspace,
  positionOf,
  type Workspace,
} from './support/lsp-workspace.ts'

const limit = { timeout: 60_000 }

/** Quick fixes for the call, once the route was renamed by typing. */
async function fixesOfRenamed({ client, uri }: Workspace): Promise<readonly CodeAction[]> {
  const [page, server] = [uri('web/users.ts'), uri('server/main.py')]
  await client.open(server, 'python', FILES['server/main.py'])
  const red = client.next(page)
  const start = positionOf('server/main.py', 'users/')
  client.change(server, 2, start, { ...start, character: start.character + 'users'.length }, 'people')
  const { diagnostics } = await red
  assert.deepEqual(
    diagnostics.map(it => it.code),
    ['contracts/unknown-route'],
  )
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: page },
    range: diagnostics[0]!.range,
    context: { diagnostics, only: ['quickfix'] },
  })
  return actions.filter(it => it.edit && !it.title.startsWith('Suppress'))
}

const renamed = (name: FileName) => FILES[name].replace('/users/', '/people/')

test('a renamed route: every call of it follows, in all files at once', limit, t =>
  inWorkspace(t, async it => {
    const [follow] = await fixesOfRenamed(it)
    assert.equal(
      follow!.title,
      'Call `/api/people/{user_id}` wherever the old path is called (look before you accept · in 2 files · verified: parses, finding gone, none new)',
    )
    const { texts, versions } = applied(follow!.edit!, FILES)
    assert.deepEqual(versions, { 'web/users.ts': 1, 'jobs/check.py': null })
    assert.deepEqual(texts, {
      'web/users.ts': renamed('web/users.ts'),
      'jobs/check.py': renamed('jobs/check.py'),
    })
  }),
)

test('or the route goes by its old name again', limit, t =>
  inWorkspace(t, async it => {
    const [, again] = await fixesOfRenamed(it)
    assert.match(
      again!.title,
      /^Name the route `\/api\/users\/\{user_id\}` again \(look before you accept · verified/,
    )
    const { texts, versions } = applied(again!.edit!, { 'server/main.py': renamed('server/main.py') })
    assert.deepEqual(versions, { 'server/main.py': 2 })
    assert.deepEqual(texts, { 'server/main.py': FILES['server/main.py'] })
  }),
)

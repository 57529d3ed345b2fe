// What is known of files that are not open: also what only the whole workspace tells, and counted once.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { AnalyzeWorkspaceResult, KnownFinding, Status } from '@codeant/shared/protocol.ts'
import { LspClient } from './support/lsp-client.ts'
import { inFolder } from './support/temporary-folder.ts'

const SERVER = `from fastapi import FastAPI

app = FastAPI()


@app.get("/api/people/{id}")
def person(id: int):
    return find(id)
`
const PAGE = 'export const load = (id: string) => fetch(`/api/users/${id}`)\n'

test(
  'the findings of rules that compare files are in the tree and in the status bar, open or not',
  { timeout: 90_000 },
  t =>
    inFolder(`//- server/main.py\n${SERVER}//- web/users.ts\n${PAGE}`, async folder => {
      const uri = (path: string) => pathToFileURL(join(folder.path, path)).href
      const page = uri('web/users.ts')
      const client = await LspClient.start({
        folder: folder.path,
        env: { CODEANT_CACHE: join(folder.path, '.cache') },
      })
      let status: Status | undefined
      client.connection.onNotification('codeant/status', (it: Status) => {
        status = it
      })
      const counted = async (findings: number, openFiles: number) => {
        while (status?.findings !== findings || status.openFiles !== openFiles)
          await new Promise(resolve => setTimeout(resolve, 20))
      }
      try {
        const rules = async () =>
          (await client.request<KnownFinding[]>('codeant/findings', null)).map(it => it.rule)
        const all = await client.request<AnalyzeWorkspaceResult>('codeant/analyzeWorkspace', null)
        assert.deepEqual(await rules(), ['contracts/unknown-route'])
        assert.equal(all.findings, 1)
        assert.equal(client.diagnostics(page).length, 1)
        await counted(1, 0)

        await client.open(page, 'typescript', PAGE)
        await counted(1, 1)
        assert.deepEqual(await rules(), ['contracts/unknown-route'])

        client.notify('textDocument/didClose', { textDocument: { uri: page } })
        await counted(1, 0)
        assert.equal(client.diagnostics(page).length, 1, 'a closed file is still in the list of problems')

        // The route gets the name that is called, before anything is saved: the file that is not open is told.
        await client.open(uri('server/main.py'), 'python', SERVER)
        client.change(
          uri('server/main.py'),
          2,
          { line: 5, character: 15 },
          { line: 5, character: 21 },
          'users',
        )
        await counted(0, 1)
        assert.deepEqual(await rules(), [])
        assert.equal(client.diagnostics(page).length, 0)
        await client.stop()
      } catch (error) {
        client.process.kill()
        t.diagnostic(client.log.slice(-40).join('\n'))
        throw error
      }
    }),
)

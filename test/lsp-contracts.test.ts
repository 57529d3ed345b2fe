// What two files say to each other, over the wire: an unsaved change of one shows in the other.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from 'vscode-languageserver-types'
import { LspClient } from './support/lsp-client.ts'
import { inFolder } from './support/temporary-folder.ts'

const SERVER = `from fastapi import FastAPI

app = FastAPI()


@app.get("/api/users/{user_id}")
def user(user_id: int):
    return find(user_id)
`
const PAGE = 'export const load = (id: string) => fetch(`/api/users/${id}`)\n'

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(it => it.code)
const at = (line: number, character: number) => ({ line, character })

test(
  'a renamed route turns the call in another language red, without saving, and back',
  { timeout: 90_000 },
  () =>
    inFolder('', async folder => {
      const uri = (name: string) => pathToFileURL(join(folder.path, name)).href
      for (const [name, text] of [
        ['server/main.py', SERVER],
        ['web/users.ts', PAGE],
      ] as const) {
        mkdirSync(dirname(join(folder.path, name)), { recursive: true })
        writeFileSync(join(folder.path, name), text)
      }
      const client = await LspClient.start({
        folder: folder.path,
        env: { CODEANT_CACHE: join(folder.path, '.cache') },
      })
      try {
        const [page, server] = [uri('web/users.ts'), uri('server/main.py')]
        assert.deepEqual((await client.open(page, 'typescript', PAGE)).diagnostics, [])
        await client.open(server, 'python', SERVER)
        const red = client.next(page)
        // users → people
        client.change(server, 2, at(5, 15), at(5, 20), 'people')
        const { diagnostics } = await red
        assert.deepEqual(codes(diagnostics), ['contracts/unknown-route'])
        assert.match(String(diagnostics[0]!.message), /`\/api\/users\/\{id\}`/)
        const green = client.next(page)
        client.change(server, 3, at(5, 15), at(5, 21), 'users')
        assert.deepEqual((await green).diagnostics, [])
        await client.stop()
      } catch (error) {
        client.process.kill()
        console.log(client.log.slice(-40).join('\n'))
        throw error
      }
    }),
)

test('of a part of a workspace nothing is told that the rest of it may answer', { timeout: 90_000 }, () =>
  inFolder('', async folder => {
    const uri = (name: string) => pathToFileURL(join(folder.path, name)).href
    const routes = (of: string) => `from fastapi import FastAPI\n\napp = FastAPI()\n\n\n${of}`
    const route = (path: string) => `@app.get("${path}")\ndef answer():\n    return 1\n`
    const page =
      "export const load = () => fetch('/api/people')\nexport const lost = () => fetch('/api/nobody')\n"
    const open = routes(['/api/users', '/api/roles', '/api/teams'].map(route).join('\n\n'))
    const files: Record<string, string> = { 'server/first.py': open, 'web/page.ts': page }
    for (let i = 0; i < 60; i++) files[`server/more/part${i}.py`] = routes(route(`/api/part${i}`))
    files['server/zoo/last.py'] = routes(route('/api/people'))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, name)), { recursive: true })
      writeFileSync(join(folder.path, name), text)
    }
    const client = await LspClient.start({
      folder: folder.path,
      env: { CODEANT_CACHE: join(folder.path, '.cache') },
    })
    try {
      await client.open(uri('server/first.py'), 'python', open)
      let told = await client.open(uri('web/page.ts'), 'typescript', page)
      while (told.diagnostics.length === 0) told = await client.next(uri('web/page.ts'))
      assert.deepEqual(
        told.diagnostics.map(it => [it.code, it.range.start.line]),
        [['contracts/unknown-route', 1]],
      )
      await client.stop()
    } catch (error) {
      client.process.kill()
      throw error
    }
  }),
)

// `codeant endpoint` as a person starts it, and a second terminal that asks it.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inFolder } from '../support/temporary-folder.ts'

const program = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))
const example = fileURLToPath(new URL('../workspaces/example', import.meta.url))

test('one command starts it; what it says of the example is byte for byte what the command line says', () =>
  inFolder('', async ({ path }) => {
    const env = {
      ...process.env,
      CODEANT_LOCALE: 'es',
      CODEANT_CACHE: join(path, 'cache'),
      CODEANT_STATE: join(path, 'state'),
    }
    const endpoint = spawn(process.execPath, [program, 'endpoint', '--port', '0'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(endpoint, 'close')
    try {
      let said = ''
      for await (const piece of endpoint.stdout) if (/Ctrl\+C/.test((said += piece))) break
      assert.match(said, /El servidor de inferencia de CodeAnt .* escucha en http:\/\/127\.0\.0\.1:/)
      assert.ok(said.includes(join(path, 'state', 'endpoint')))
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0]
      const headers = { 'x-api-key': /ca_[0-9a-f]{12}_[\w-]{43}/.exec(said)![0] }

      const models = (await (await fetch(`${url}/v2/models`, { headers })).json()) as { models: string[] }
      assert.ok(models.models.includes('bug-finder'))

      const body = JSON.stringify({
        files: filesOf(example),
        locale: 'es',
        root: `${pathToFileURL(example).href}/`,
      })
      const there = await fetch(`${url}/api/v1/analyze`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
      const args = [program, 'analyze', '--format', 'sarif', '--fail-on', 'never']
      const here = execFileSync(process.execPath, args, { cwd: example, env, encoding: 'utf8' })
      assert.equal(await there.text(), here)
      assert.ok(here.length > 100_000)
    } finally {
      endpoint.kill('SIGTERM')
    }
    assert.deepEqual(await ended, [0, null])
  }))

function filesOf(folder: string): { readonly path: string; readonly content: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(it => it.isFile())
    .map(it => join(it.parentPath, it.name))
    .map(it => ({ path: relative(folder, it).split(sep).join('/'), content: readFileSync(it, 'utf8') }))
}

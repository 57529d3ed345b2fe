// A real gateway on a real port for a test: embedded database in memory, the models of this repository.

import { type App, buildApp } from '../../../deploy/gateway/src/app.ts'
import { readConfig } from '../../../deploy/gateway/src/config.ts'
import { makeFirstKey } from '../../../deploy/gateway/src/identity/admin-key.ts'
import { openParts, type Parts } from '../../../deploy/gateway/src/parts.ts'
import { listen, type RunningServer } from '../../../deploy/gateway/src/server.ts'

export interface TestGateway extends RunningServer {
  /** May do everything in the first tenant. */
  readonly key: string
  readonly app: App
  readonly parts: Parts
  /** All that was logged. */
  readonly log: () => string
  /** With the first key, unless `headers` say otherwise. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** `settings` by their keys: `{ 'http.bodyLimit': '2048' }`. `replace` may put other parts in the place of the real ones. */
export async function startGateway(
  settings: Readonly<Record<string, string>> = {},
  replace: (parts: Parts) => Parts = it => it,
): Promise<TestGateway> {
  const config = readConfig({
    env: {},
    // How late this computer is, is no subject of a test that does not ask for it.
    options: { 'http.port': '0', 'limits.delayMs': '0', ...settings },
    readText: path => {
      throw new Error(`${path} is read`)
    },
  })
  let lines = ''
  const opened = await openParts(config, {
    version: '0.0.0-test',
    warn: it => {
      lines += `${it}\n`
    },
    logStream: {
      write(line) {
        lines += line
      },
    },
  })
  const parts = replace(opened)
  const key = (await makeFirstKey(parts.database)) ?? ''
  const app = await buildApp(parts)
  const server = await listen(app, parts)
  return {
    ...server,
    key,
    app,
    parts,
    log: () => lines,
    fetch: (path, init = {}) =>
      fetch(`${server.url}${path}`, { ...init, headers: { 'x-api-key': key, ...init.headers } }),
  }
}

/** What an answer says, as what the test expects it to be. */
export async function json<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T
}

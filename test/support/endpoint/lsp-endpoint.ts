// A language server whose endpoint is a fake: a function with a slip in it, models that are nearly sure, and a person who
// answers what the server asks.

import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ConsentAnswer, ConsentParams, RemoteSettings } from '@codeant/shared/endpoint.ts'
import { ENDPOINT_CONSENT, ENDPOINT_KEY } from '@codeant/shared/endpoint.ts'
import { STATUS, type Status } from '@codeant/shared/protocol.ts'
import type { Diagnostic } from 'vscode-languageserver-types'
import { BUG_KINDS } from '../../../server/src/inference/choices.ts'
import { LspClient } from '../lsp-client.ts'
import { inFolder, type TemporaryFolder } from '../temporary-folder.ts'

const MODELS = fileURLToPath(new URL('../../../models/', import.meta.url))

export const RIGHT = `function total(items) {
  let sum = 0
  for (const item of items) {
    sum += item.price
  }
  return sum
}
`
/** Where the slip is made, in `RIGHT`. */
export const SLIP = { start: { line: 3, character: 8 }, end: { line: 3, character: 10 } }

export interface EndpointSession {
  readonly client: LspClient
  readonly folder: TemporaryFolder
  readonly uri: string
  /** What the server asked a person, the oldest first. */
  readonly consents: ConsentParams[]
  /** The last status that the server told. */
  readonly status: () => Status | undefined
  /** Waits until what the server says is so. */
  readonly until: (what: string, isSo: () => boolean) => Promise<void>
  /** Makes the slip, or another change that makes the function one that was not asked about yet. */
  readonly slip: () => void
  readonly touch: () => void
  readonly learned: () => readonly Diagnostic[]
}

export interface EndpointSessionOptions {
  readonly remote: Partial<RemoteSettings>
  readonly consent?: ConsentAnswer | (() => ConsentAnswer)
  readonly key?: () => string | null
  readonly threshold?: number
  readonly files?: Readonly<Record<string, string>>
  readonly env?: NodeJS.ProcessEnv
  readonly endpointOptions?: object
}

/** The document `total.js` is open and was considered; nothing was changed in it yet. */
export function withEndpoint(
  {
    remote,
    consent = 'allow',
    key,
    threshold = 0.995,
    files = {},
    env,
    endpointOptions,
  }: EndpointSessionOptions,
  run: (it: EndpointSession) => Promise<void>,
): Promise<void> {
  return inFolder(`//- total.js\n${RIGHT}`, async folder => {
    for (const [name, text] of Object.entries(files)) folder.write(name, text)
    const consents: ConsentParams[] = []
    let status: Status | undefined
    const client = await LspClient.start({
      folder: folder.path,
      env: { ...environment(folder, threshold), ...env },
      initializationOptions: {
        settings: { remote: { enabled: true, timeout: 2, ...remote } },
        endpoint: endpointOptions ?? { consent: true, keys: key !== undefined },
      },
    })
    client.connection.onRequest(ENDPOINT_CONSENT, (params: ConsentParams) => {
      consents.push(params)
      return typeof consent === 'function' ? consent() : consent
    })
    client.connection.onRequest(ENDPOINT_KEY, () => key?.() ?? null)
    client.connection.onNotification(STATUS, (it: Status) => {
      status = it
    })
    const uri = pathToFileURL(join(folder.path, 'total.js')).href
    let version = 1
    try {
      await client.open(uri, 'javascript', RIGHT)
      // What the function is like now is what is not asked about; the pause in which that is noted is over.
      await new Promise(resolve => setTimeout(resolve, 400))
      await run({
        client,
        folder,
        uri,
        consents,
        status: () => status,
        async until(what, isSo) {
          const end = Date.now() + 20_000
          while (!isSo()) {
            assert.ok(Date.now() < end, `never so: ${what}\n${client.log.slice(-60).join('\n')}`)
            await new Promise(resolve => setTimeout(resolve, 20))
          }
        },
        slip: () => client.change(uri, ++version, SLIP.start, SLIP.end, '-='),
        // A name is another input: nothing that was remembered answers it.
        touch: () => client.change(uri, ++version, { line: 0, character: 9 }, { line: 0, character: 9 }, 'a'),
        learned: () => client.diagnostics(uri).filter(it => String(it.code).startsWith('learned/')),
      })
      const errors = client.log.filter(it => it.includes('window/showMessage') && it.includes('"type":1'))
      assert.deepEqual(errors, [], 'no error box')
    } finally {
      await client.stop()
    }
  })
}

/** The shipped models, of which every finding of some sureness is shown; and folders of their own for what is remembered. */
function environment(folder: TemporaryFolder, threshold: number): NodeJS.ProcessEnv {
  const models = join(folder.path, '.models')
  cpSync(join(MODELS, 'bug-finder'), join(models, 'bug-finder'), { recursive: true })
  const file = join(models, 'bug-finder', 'model.json')
  const gate = Object.fromEntries(
    BUG_KINDS.map(it => [it, { threshold, passed: true, read: 100, worth: 90 }]),
  )
  const gates = { python: gate, javascript: gate, typescript: gate, rust: gate }
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), gates }))
  return {
    CODEANT_MODELS: models,
    CODEANT_CACHE: join(folder.path, '.cache'),
    CODEANT_STATE: join(folder.path, '.state'),
    CODEANT_CONFIG: join(folder.path, '.config'),
  }
}

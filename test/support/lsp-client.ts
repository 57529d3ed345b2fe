// A client for the real server over standard input and output, for tests and benchmarks.

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import type { Diagnostic, Position } from 'vscode-languageserver-types'

export interface Published {
  readonly uri: string
  readonly version?: number
  readonly diagnostics: readonly Diagnostic[]
}

export interface ClientOptions {
  readonly command?: readonly [string, ...string[]]
  readonly folder?: string
  readonly initializationOptions?: object
  readonly env?: NodeJS.ProcessEnv
  readonly capabilities?: object
  /** Keeps no log: writing a large document down would be part of what is measured. */
  readonly quiet?: boolean
}

const MAIN = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))

export class LspClient {
  readonly connection: MessageConnection
  readonly process: ChildProcess
  /** Everything that was said, for a test that fails. */
  readonly log: string[] = []
  readonly published = new Map<string, Published>()
  readonly #waiting: {
    readonly uri: string
    readonly version: number | undefined
    readonly resolve: (it: Published) => void
  }[] = []
  readonly #quiet: boolean
  capabilities: unknown

  private constructor(process: ChildProcess, quiet: boolean) {
    this.process = process
    this.#quiet = quiet
    this.connection = createMessageConnection(
      new StreamMessageReader(process.stdout!),
      new StreamMessageWriter(process.stdin!),
    )
    this.connection.onNotification('textDocument/publishDiagnostics', (it: Published) => {
      this.log.push(
        `← publishDiagnostics ${it.uri.slice(it.uri.lastIndexOf('/') + 1)} v${it.version}: ${it.diagnostics.length}`,
      )
      this.published.set(it.uri, it)
      for (let i = this.#waiting.length - 1; i >= 0; i--) {
        const wait = this.#waiting[i]!
        if (
          wait.uri !== it.uri ||
          (wait.version !== undefined && it.version !== undefined && it.version < wait.version)
        )
          continue
        this.#waiting.splice(i, 1)
        wait.resolve(it)
      }
    })
    this.connection.onNotification((method, params) => {
      this.log.push(`← ${method} ${JSON.stringify(params)?.slice(0, 200)}`)
    })
    this.connection.onRequest('client/registerCapability', () => null)
    this.connection.onRequest('window/workDoneProgress/create', () => null)
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    )
    process.stderr!.on('data', data => this.log.push(`stderr ${data}`))
    this.connection.listen()
  }

  /** What the client answers when the server asks for its configuration. */
  settings: object | null = null

  static async start({
    command,
    folder,
    initializationOptions,
    env,
    capabilities,
    quiet = false,
  }: ClientOptions = {}): Promise<LspClient> {
    const [file, ...args] = command ?? [process.execPath, MAIN, 'lsp', '--stdio']
    const client = new LspClient(
      spawn(file, args, {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, ...env },
        ...(folder && { cwd: folder }),
      }),
      quiet,
    )
    const uri = folder && pathToFileURL(folder).href
    const answer = await client.request('initialize', {
      processId: process.pid,
      rootUri: uri ?? null,
      workspaceFolders: uri ? [{ uri, name: 'test' }] : null,
      capabilities: capabilities ?? {
        workspace: {
          workspaceEdit: { documentChanges: true },
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
        },
        textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } },
        window: { workDoneProgress: true },
      },
      initializationOptions,
    })
    client.capabilities = (answer as { capabilities: unknown }).capabilities
    client.notify('initialized', {})
    return client
  }

  request<T = unknown>(method: string, params: unknown): Promise<T> {
    this.#sent(method, params)
    return this.connection.sendRequest(method, params)
  }

  notify(method: string, params: unknown): void {
    this.#sent(method, params)
    void this.connection.sendNotification(method, params)
  }

  #sent(method: string, params: unknown): void {
    if (!this.#quiet) this.log.push(`→ ${method} ${JSON.stringify(params).slice(0, 200)}`)
  }

  open(uri: string, languageId: string, text: string): Promise<Published> {
    const said = this.next(uri, 1)
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } })
    return said
  }

  change(uri: string, version: number, start: Position, end: Position, text: string): void {
    this.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start, end }, text }],
    })
  }

  /** The next diagnostics about this version of the document, or a later one. */
  next(uri: string, version?: number): Promise<Published> {
    return new Promise(resolve => this.#waiting.push({ uri, version, resolve }))
  }

  diagnostics(uri: string): readonly Diagnostic[] {
    return this.published.get(uri)?.diagnostics ?? []
  }

  /** Ends the server. One that does not know how to end, or has ended already, is no reason to fail. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.process
    const gone =
      exitCode === null && signalCode === null && new Promise(resolve => this.process.once('exit', resolve))
    try {
      // Without parameters: as the protocol has it, some servers refuse even an empty list.
      await this.connection.sendRequest('shutdown')
      await this.connection.sendNotification('exit')
    } catch {
      this.process.kill()
    }
    await gone
    this.connection.dispose()
  }
}

// How the server is started, and what happens when it stops.

import type { InitializationOptions } from '@codeant/shared/protocol.ts'
import { type ExtensionContext, type LogOutputChannel, Uri, window } from 'vscode'
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandlerResult,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node'
import { WORDS } from './l10n/words.ts'
import { editorSettings, locale } from './settings.ts'

const LANGUAGES = [
  'python',
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'rust',
  'vue',
  'svelte',
  'json',
  'jsonc',
  'yaml',
  'toml',
  'codeant-rules',
  'markdown',
  'plaintext',
  'shellscript',
  'dockerfile',
  'dockercompose',
  'dotenv',
  'makefile',
  'prisma',
  'html',
  'css',
  'sql',
  'graphql',
  'proto',
  'proto3',
  'xml',
  'properties',
  'go',
  'java',
]

/** A server that ended this often within this time would only end again. */
const MAX_RESTARTS = 4
const WITHIN_MS = 3 * 60_000

export function newLanguageClient(context: ExtensionContext, log: LogOutputChannel): LanguageClient {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server', 'main.mjs').fsPath
  const server: ServerOptions = {
    run: { module, args: ['lsp'], transport: TransportKind.stdio },
    debug: {
      module,
      args: ['lsp'],
      transport: TransportKind.stdio,
      options: { execArgv: ['--inspect=6009'] },
    },
  }
  const initializationOptions: InitializationOptions = {
    commands: [
      'codeant.explain',
      'codeant.suppress',
      'codeant.showFindings',
      'codeant.showSimilar',
      'codeant.sketch',
    ],
    hoverShowsDiagnostics: true,
    // VS Code asks one server only, and that should be the language's own; callers are among the references.
    callHierarchy: false,
    endpoint: { consent: true, keys: true },
    settings: editorSettings(),
  }
  const ends: number[] = []
  const client: LanguageClientOptions = {
    documentSelector: LANGUAGES.flatMap(language => [
      { scheme: 'file', language },
      { scheme: 'untitled', language },
    ]),
    initializationOptions,
    outputChannel: log,
    markdown: { isTrusted: false, supportHtml: false },
    errorHandler: {
      error: (): ErrorHandlerResult => ({ action: ErrorAction.Continue }),
      closed: (): CloseHandlerResult => {
        const now = Date.now()
        ends.push(now)
        if (ends.filter(it => now - it < WITHIN_MS).length <= MAX_RESTARTS)
          return { action: CloseAction.Restart }
        const say = WORDS[locale()]
        void window.showErrorMessage(say.crashed, say.showLog).then(chosen => chosen && log.show())
        return { action: CloseAction.DoNotRestart, handled: true }
      },
    },
  }
  return new LanguageClient('codeant', 'CodeAnt', server, client)
}

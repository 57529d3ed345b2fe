// The language server: says what it can do, makes a session, and hands every message to the file that is named after it.

import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import {
  ASK_FOR_FIX,
  type AskForFixArgument,
  ENDPOINT_CHANGED,
  ENDPOINT_EXPLAIN,
  ENDPOINT_FORGET_CONSENT,
  ENDPOINT_PAYLOAD,
  ENDPOINT_SENT,
  ENDPOINT_SIGN_IN,
  ENDPOINT_SIGN_OUT,
  type EndpointExplainParams,
  type EndpointExplainResult,
  type PayloadParams,
  type SignInParams,
  type SignInResult,
} from '@codeant/shared/endpoint.ts'
import { PLAYGROUND, type PlaygroundParams, type PlaygroundResult } from '@codeant/shared/playground.ts'
import {
  ANALYZE_WORKSPACE,
  completeSettings,
  EXPLAIN,
  type ExplainParams,
  FINDINGS,
  FINDINGS_CHANGED,
  type InitializationOptions,
  NOT_A_BUG,
  type NotABugArgument,
  type PartialSettings,
  PLAN,
  SIMILAR,
  type SimilarParams,
  SUPPRESS,
  type SuppressParams,
  TRANSLATE,
  type TranslateParams,
  type TranslateResult,
  WORKSPACE_GRAPH,
  type WorkspaceGraphParams,
} from '@codeant/shared/protocol.ts'
import {
  type CancellationToken,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import { logBugs } from '../base/bug.ts'
import type { Log } from '../base/log.ts'
import { CHECKER_FILES, saysToCheckers } from '../features/other-checkers/files.ts'
import { SETTINGS_WORDS } from '../features/settings-words.ts'
import { VERSION } from '../host/node/folders.ts'
import { filePath } from './convert.ts'
import { guard } from './guard.ts'
import { listenToDocuments } from './notifications/documents.ts'
import { Publisher } from './publish.ts'
import { analyzeWorkspace } from './requests/analyze-workspace.ts'
import { askForFix, explainWithEndpoint } from './requests/ask-endpoint.ts'
import {
  callHierarchyIncoming,
  callHierarchyOutgoing,
  prepareCallHierarchy,
} from './requests/call-hierarchy.ts'
import { codeActions, FIX_ALL, resolveCodeAction, suppressEdit } from './requests/code-action.ts'
import { codeLenses } from './requests/code-lens.ts'
import { completion } from './requests/completion.ts'
import { definition } from './requests/definition.ts'
import { pullDiagnostics } from './requests/diagnostic.ts'
import { documentLinks, resolveDocumentLink } from './requests/document-link.ts'
import { explain } from './requests/explain.ts'
import { hover } from './requests/hover.ts'
import { plan } from './requests/plan.ts'
import { references } from './requests/references.ts'
import { prepareRename, rename } from './requests/rename.ts'
import { signIn, signOut } from './requests/sign-in.ts'
import { similar } from './requests/similar.ts'
import { translate } from './requests/translate.ts'
import { workspaceGraph } from './requests/workspace-graph.ts'
import { Session } from './session.ts'
import { WorkspaceFindings } from './workspace-findings.ts'

/** Runs until the client says goodbye or goes away. */
export async function serve(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all)
  const ended = new Promise<void>(resolve => connection.onExit(resolve))
  start(connection)
  await ended
}

function start(connection: Connection): void {
  const log: Log = {
    info: it => connection.console.info(it),
    warn: it => connection.console.warn(it),
    error: it => connection.console.error(it),
  }
  logBugs(log)
  connection.onInitialize(params => {
    const session = newSession(connection, log, params)
    const publisher = new Publisher(session)
    const findings = new WorkspaceFindings(session)
    joinFindings(connection, session, publisher, findings)
    listenToDocuments(connection, session, publisher)
    listenToRequests(connection, session, publisher, findings)
    listenAboutTheEndpoint(connection, session)
    listenToTheWorld(connection, session, publisher, findings)
    return capabilities(session)
  })
  connection.listen()
}

/** Findings of files that are not open follow what is read from disk, and what the rules that compare files say. */
function joinFindings(
  connection: Connection,
  { related }: Session,
  publisher: Publisher,
  findings: WorkspaceFindings,
): void {
  related.onRead = it => {
    if (findings.isWanted) findings.accept(it)
  }
  related.comparison.onDone = () => findings.compare()
  publisher.closedFindings = () => findings.count
  // Of a scan that tells of a thousand files, the tree needs to hear once.
  let isTold = false
  findings.news = () => {
    publisher.status()
    if (isTold) return
    isTold = true
    setImmediate(() => {
      isTold = false
      void connection.sendNotification(FINDINGS_CHANGED)
    })
  }
}

function newSession(connection: Connection, log: Log, params: InitializeParams): Session {
  const options = (params.initializationOptions ?? {}) as InitializationOptions
  const roots = params.workspaceFolders?.map(it => it.uri) ?? (params.rootUri ? [params.rootUri] : [])
  return new Session({
    connection,
    log,
    options,
    capabilities: params.capabilities,
    folders: roots.filter(it => it.startsWith('file:')).map(it => fileURLToPath(it)),
    clientLocale: params.locale ?? process.env.LANG,
    env: process.env,
  })
}

function capabilities({ options }: Session): InitializeResult {
  return {
    serverInfo: { name: 'CodeAnt', version: VERSION },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
      hoverProvider: true,
      completionProvider: {},
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentLinkProvider: { resolveProvider: true },
      ...(options.callHierarchy !== false && { callHierarchyProvider: true }),
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, FIX_ALL],
        resolveProvider: true,
      },
      codeLensProvider: { resolveProvider: false },
      executeCommandProvider: { commands: [NOT_A_BUG, ASK_FOR_FIX] },
      ...(options.diagnostics === 'pull' && {
        diagnosticProvider: {
          identifier: 'codeant',
          interFileDependencies: false,
          workspaceDiagnostics: false,
        },
      }),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  }
}

function listenToRequests(
  connection: Connection,
  session: Session,
  publisher: Publisher,
  findings: WorkspaceFindings,
): void {
  /** Guards a question about one document, which may come before what it takes to answer is loaded. */
  const about = <T>(
    { uri }: { uri: string },
    token: CancellationToken,
    fallback: T,
    answer: (signal: AbortSignal) => T | Promise<T>,
  ) =>
    guard(token, fallback, async signal => {
      const document = session.document(uri)
      if (document) await session.prepare(document)
      return answer(signal)
    })
  connection.onHover(({ textDocument, position }, token) =>
    about(textDocument, token, null, () => hover(session, textDocument.uri, position)),
  )
  connection.onCompletion(({ textDocument, position }, token) =>
    about(textDocument, token, [], () => completion(session, textDocument.uri, position)),
  )
  connection.onDefinition(({ textDocument, position }, token) =>
    about(textDocument, token, null, () => definition(session, textDocument.uri, position)),
  )
  connection.onReferences((params, token) =>
    about(params.textDocument, token, null, () => references(session, params)),
  )
  connection.onPrepareRename(({ textDocument, position }, token) =>
    about(textDocument, token, null, () => prepareRename(session, textDocument.uri, position)),
  )
  connection.onRenameRequest((params, token) =>
    about(params.textDocument, token, null, () => rename(session, params)),
  )
  connection.onDocumentLinks(({ textDocument }, token) =>
    about(textDocument, token, null, () => documentLinks(session, textDocument.uri)),
  )
  connection.onDocumentLinkResolve((link, token) =>
    guard(token, link, () => resolveDocumentLink(session, link)),
  )
  connection.languages.callHierarchy.onPrepare(({ textDocument, position }, token) =>
    about(textDocument, token, null, () => prepareCallHierarchy(session, textDocument.uri, position)),
  )
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) =>
    guard(token, null, () => callHierarchyIncoming(session, item)),
  )
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) =>
    guard(token, null, () => callHierarchyOutgoing(session, item)),
  )
  connection.onCodeAction((params, token) =>
    about(params.textDocument, token, [], () => codeActions(session, params)),
  )
  connection.onCodeActionResolve((action, token) =>
    guard(token, action, () => resolveCodeAction(session, action)),
  )
  connection.onCodeLens(({ textDocument }, token) =>
    about(textDocument, token, [], () => codeLenses(session, textDocument.uri)),
  )
  connection.languages.diagnostics.on((params, token) =>
    about<DocumentDiagnosticReport>(params.textDocument, token, { kind: 'full', items: [] }, () =>
      pullDiagnostics(publisher, params),
    ),
  )
  connection.onExecuteCommand(({ command, arguments: given }, token) => {
    if (command === ASK_FOR_FIX)
      return guard(token, null, signal => askForFix(session, (given?.[0] ?? {}) as AskForFixArgument, signal))
    if (command !== NOT_A_BUG) return
    const { uri, rule, start } = (given?.[0] ?? {}) as NotABugArgument
    session.dismiss(uri, rule, start)
  })
  connection.onRequest(EXPLAIN, (params: ExplainParams, token) =>
    about(params, token, null, () => explain(session, params)),
  )
  connection.onRequest<TranslateResult | null, void>(TRANSLATE, (params: TranslateParams, token) =>
    about(params, token, null, () => translate(session, params)),
  )
  connection.onRequest(FINDINGS, (...given: unknown[]) =>
    guard(tokenOf(given), [], () => [...findings.all()]),
  )
  connection.onRequest(ANALYZE_WORKSPACE, (...given: unknown[]) =>
    guard(tokenOf(given), { files: 0, findings: 0, skipped: 0 }, signal =>
      analyzeWorkspace(session, publisher, findings, signal),
    ),
  )
  connection.onRequest(PLAN, (...given: unknown[]) =>
    guard(tokenOf(given), null, signal => plan(session, signal)),
  )
  connection.onRequest(WORKSPACE_GRAPH, (params: WorkspaceGraphParams, token) =>
    guard(token, null, signal => workspaceGraph(session, params, signal)),
  )
  connection.onRequest<PlaygroundResult | null, void>(PLAYGROUND, (params: PlaygroundParams, token) =>
    guard(token, null, () => session.patterns.play(params)),
  )
  connection.onRequest(SIMILAR, (params: SimilarParams, token) =>
    about(params, token, null, signal => similar(session, params, signal)),
  )
  connection.onRequest(SUPPRESS, ({ uri, rule, line, reason }: SuppressParams, token) =>
    guard(token, null, () => {
      const document = session.document(uri)
      const text = session.texts.get(uri)
      return document && text ? suppressEdit(session, document, text, rule, line, reason) : null
    }),
  )
}

/** What was sent, keys and decisions, and what a person asks the endpoint for. */
function listenAboutTheEndpoint(connection: Connection, session: Session): void {
  const { endpoint } = session.remote
  connection.onRequest(ENDPOINT_SENT, (...given: unknown[]) =>
    guard(tokenOf(given), [], () => [...endpoint.sent]),
  )
  connection.onRequest(ENDPOINT_PAYLOAD, ({ id }: PayloadParams, token) =>
    guard(token, null, () => endpoint.payload(id) ?? null),
  )
  connection.onRequest<EndpointExplainResult | null, void>(
    ENDPOINT_EXPLAIN,
    (params: EndpointExplainParams, token: CancellationToken) =>
      guard(token, null, signal => explainWithEndpoint(session, params, signal)),
  )
  connection.onRequest<SignInResult | null, void>(
    ENDPOINT_SIGN_IN,
    (params: SignInParams, token: CancellationToken) =>
      guard(token, null, signal => signIn(session, params, signal)),
  )
  connection.onRequest(ENDPOINT_SIGN_OUT, (...given: unknown[]) =>
    guard(tokenOf(given), null, signal => signOut(session, signal)),
  )
  connection.onNotification(ENDPOINT_CHANGED, () => session.remote.changed())
  connection.onNotification(ENDPOINT_FORGET_CONSENT, () => endpoint.forgetConsents(session.folders))
}

/** A request without parameters may come with `null` for them, or with nothing at all. */
function tokenOf(given: readonly unknown[]): CancellationToken {
  return given.at(-1) as CancellationToken
}

/** Settings, folders, files on disk. */
function listenToTheWorld(
  connection: Connection,
  session: Session,
  publisher: Publisher,
  findings: WorkspaceFindings,
): void {
  const {
    capabilities: { workspace },
  } = session
  connection.onInitialized(async () => {
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'codeant' })
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [
        '**/.codeant.toml',
        '**/*.codeant',
        '**/.codeant/**',
        '**/.codeant-baseline.json',
        `**/{${CHECKER_FILES.join(',')},requirements.txt,Pipfile}`,
        '**/*.{py,pyi,js,mjs,cjs,jsx,ts,mts,cts,tsx,rs,vue,svelte,graphql,graphqls,gql,proto}',
      ].map(globPattern => ({ globPattern }))
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
    }
    // What is open already was read under the defaults.
    if (await readConfiguration(session)) publisher.all()
    announceSettings(session)
    publisher.state = 'ready'
    void session.related
      .read(new AbortController().signal)
      .catch(error => session.log.warn(`reading the workspace: ${String(error)}`))
    if (session.settings.scope === 'workspace')
      void analyzeWorkspace(session, publisher, findings, new AbortController().signal).catch(error =>
        session.log.warn(String(error)),
      )
  })

  connection.onDidChangeConfiguration(async () => {
    const scope = session.settings.scope
    await readConfiguration(session)
    publisher.all()
    if (workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type)
    if (scope !== 'workspace' && session.settings.scope === 'workspace') {
      await analyzeWorkspace(session, publisher, findings, new AbortController().signal)
    }
  })

  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    if (changes.some(it => SETTLES.test(it.uri) || saysToCheckers(it.uri))) {
      session.forgetSettings()
      await session.configureModels()
      announceSettings(session)
      publisher.all()
    }
    for (const { uri, type } of changes) {
      if (type !== FileChangeType.Deleted) continue
      findings.forget(uri)
      session.related.gone(filePath(uri))
    }
    // Files that changed behind the editor's back.
    const files = changes
      .filter(it => it.type !== FileChangeType.Deleted && !session.document(it.uri))
      .map(it => filePath(it.uri))
    const { related, scanner } = session
    await related.take(scanner.scan(scanner.requests(files, () => undefined)))
  })

  if (workspace?.workspaceFolders) {
    connection.onNotification(
      'workspace/didChangeWorkspaceFolders',
      ({ event }: { event: { added: { uri: string }[]; removed: { uri: string }[] } }) => {
        const removed = new Set(event.removed.map(it => filePath(it.uri)))
        const added = event.added.map(it => filePath(it.uri))
        session.folders = [...session.folders.filter(it => !removed.has(it)), ...added]
        for (const folder of removed) session.projects.close(folder)
        for (const folder of added) session.projects.open(folder)
        session.forgetSettings()
        publisher.all()
      },
    )
  }
  connection.onShutdown(async () => {
    await session.close()
  })
}

/** Our own settings, those of other checkers, and manifests: what decides on findings that are known already. */
const SETTLES =
  /\.codeant\.toml$|\.codeant$|\/\.codeant\/|\.codeant-baseline\.json$|\/(pyproject|Cargo)\.toml$|\/(requirements\.txt|Pipfile|package\.json)$/

/** Whether something differs from before. */
async function readConfiguration(session: Session): Promise<boolean> {
  const {
    connection,
    capabilities: { workspace },
    options,
  } = session
  if (!workspace?.configuration) return false
  const section = (await connection.workspace.getConfiguration('codeant')) as PartialSettings | null
  const before = session.settings
  session.settings = completeSettings(options.settings, section)
  const isOther = !isDeepStrictEqual(session.settings, before)
  if (isOther) await session.configureModels()
  return isOther
}

/** Problems in `.codeant.toml` are told once, where the editor shows messages. */
function announceSettings(session: Session): void {
  for (const folder of session.folders) session.projects.of(`${folder}/x`)
  for (const { file, code, key, expected } of session.projects.problems) {
    session.warn(`${file}: ${SETTINGS_WORDS[session.locale][code](key, expected)}`)
  }
}

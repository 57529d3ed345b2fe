// Composes the extension, and nothing else.

import {
  type ConsentAnswer,
  ENDPOINT_CONSENT,
  ENDPOINT_KEY,
  ENDPOINT_SIGN_IN_CODE,
} from '@codeant/shared/endpoint.ts'
import { FINDINGS_CHANGED, STATUS, type Status } from '@codeant/shared/protocol.ts'
import { commands, type ExtensionContext, languages, window } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { analyzeWorkspace } from './commands/analyze-workspace.ts'
import { explain } from './commands/explain.ts'
import { fixAll } from './commands/fix-all.ts'
import { showSimilar } from './commands/show-similar.ts'
import { sketch } from './commands/sketch.ts'
import { suppress } from './commands/suppress.ts'
import { askConsent } from './endpoint/consent.ts'
import { endpointKey, setEndpointKey } from './endpoint/keys.ts'
import { EndpointPages } from './endpoint/pages.ts'
import { forgetConsent, showSent } from './endpoint/sent.ts'
import { showSignInCode, signIn, signOut } from './endpoint/sign-in.ts'
import { WORDS } from './l10n/words.ts'
import { newLanguageClient } from './language-client.ts'
import { locale } from './settings.ts'
import { StatusItem } from './status.ts'
import { ExplanationPanel } from './views/explanation-panel.ts'
import { FindingsTree, type Grouping } from './views/findings-tree.ts'
import { GRAPH_VIEW, GraphPanel } from './views/graph-panel.ts'
import { PLAYGROUND_VIEW, PlaygroundPanel } from './views/playground-panel.ts'
import { SimilarityHints } from './views/similarity-hints.ts'

let running: LanguageClient | undefined

/** What other extensions, and our own tests, may use. */
export interface Api {
  /** The last status that the server told. */
  status(): Status | undefined
}

export async function activate(context: ExtensionContext): Promise<Api> {
  const log = window.createOutputChannel('CodeAnt', { log: true })
  const status = new StatusItem()
  const client = newLanguageClient(context, log)
  const tree = new FindingsTree(client)
  const panel = new ExplanationPanel(client)
  const similarities = new SimilarityHints()
  const pages = new EndpointPages()
  const graph = new GraphPanel(client, context.extensionUri)
  const playground = new PlaygroundPanel(client, context.extensionUri)
  const view = window.createTreeView('codeant.findings', { treeDataProvider: tree, showCollapseAll: true })
  const group = (by: Grouping) => () => {
    tree.group(by)
    void commands.executeCommand('setContext', 'codeant.grouping', by)
  }
  void commands.executeCommand('setContext', 'codeant.grouping', tree.grouping)
  const showAll = (isWanted: boolean) => () => {
    tree.showAll(isWanted)
    void commands.executeCommand('setContext', 'codeant.showsAll', isWanted)
  }
  const sayHeldBack = () => {
    const words = WORDS[locale()]
    view.message = tree.heldBack > 0 ? words.heldBack(tree.heldBack) : undefined
  }

  context.subscriptions.push(
    log,
    status.item,
    panel,
    graph,
    playground,
    similarities,
    commands.registerCommand('codeant.showSimilar', showSimilar(client, similarities)),
    view,
    commands.registerCommand('codeant.explain', explain(panel)),
    commands.registerCommand('codeant.suppress', suppress(client)),
    commands.registerCommand('codeant.sketch', sketch(client)),
    commands.registerCommand('codeant.analyzeWorkspace', analyzeWorkspace(client, tree)),
    commands.registerCommand('codeant.fixAll', fixAll),
    commands.registerCommand('codeant.showFindings', () => commands.executeCommand('codeant.findings.focus')),
    commands.registerCommand('codeant.showGraph', () => graph.show('picture')),
    commands.registerCommand('codeant.showPlan', () => graph.show('plan')),
    window.registerWebviewPanelSerializer(GRAPH_VIEW, graph),
    commands.registerCommand('codeant.openPlayground', () => playground.show()),
    window.registerWebviewPanelSerializer(PLAYGROUND_VIEW, playground),
    commands.registerCommand('codeant.groupByRule', group('rule')),
    commands.registerCommand('codeant.groupByFile', group('file')),
    commands.registerCommand('codeant.showAllFindings', showAll(true)),
    commands.registerCommand('codeant.showLikelyFindings', showAll(false)),
    tree.onDidChangeTreeData(sayHeldBack),
    commands.registerCommand('codeant.refreshFindings', () => tree.refresh()),
    commands.registerCommand('codeant.restart', () => client.restart()),
    commands.registerCommand('codeant.showLog', () => log.show()),
    pages.register(),
    commands.registerCommand('codeant.setEndpointKey', setEndpointKey(context.secrets, client)),
    commands.registerCommand('codeant.signIn', signIn(context.secrets, client)),
    commands.registerCommand('codeant.signOut', signOut(client)),
    client.onNotification(ENDPOINT_SIGN_IN_CODE, showSignInCode),
    commands.registerCommand('codeant.showSent', showSent(client, pages)),
    commands.registerCommand('codeant.decideAgain', forgetConsent(client)),
    client.onRequest<ConsentAnswer, void>(ENDPOINT_CONSENT, askConsent(pages)),
    client.onRequest(ENDPOINT_KEY, endpointKey(context.secrets)),
    languages.onDidChangeDiagnostics(() => tree.refreshSoon()),
    client.onNotification(STATUS, (it: Status) => status.show(it)),
    client.onNotification(FINDINGS_CHANGED, () => tree.refreshSoon()),
  )

  running = client
  try {
    await client.start()
  } catch (error) {
    status.failed(error instanceof Error ? error.message : String(error))
  }
  return { status: () => status.last }
}

export async function deactivate(): Promise<void> {
  await running?.stop()
}

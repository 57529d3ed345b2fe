// The workspace graph: what the files of the folders that are open have to do with each other, as a picture to look around in.
//
// The page is the one that the command line writes. It is thrown away while it is hidden, and keeps what was chosen in its state;
// what it draws is kept here, so that it is drawn again without asking the server.

import { randomBytes } from 'node:crypto'
import type { EditorMessage, PageMessage } from '@codeant/shared/picture.ts'
import {
  WORKSPACE_GRAPH,
  type WorkspaceGraphParams,
  type WorkspaceGraphResult,
} from '@codeant/shared/protocol.ts'
import {
  CancellationTokenSource,
  commands,
  type Disposable,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from 'vscode'
import { WorkDoneProgress } from 'vscode-languageclient'
import type { LanguageClient } from 'vscode-languageclient/node'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'

export const GRAPH_VIEW = 'codeant.graph'

export class GraphPanel implements Disposable, WebviewPanelSerializer {
  readonly #client: LanguageClient
  /** Where the script and the style of the page lie. */
  readonly #pages: Uri
  #panel: WebviewPanel | undefined
  #last: WorkspaceGraphResult | undefined
  /** Ends the question that is under way. */
  #asking: CancellationTokenSource | undefined

  constructor(client: LanguageClient, extension: Uri) {
    this.#client = client
    this.#pages = Uri.joinPath(extension, 'dist', 'page')
  }

  show(): void {
    if (this.#panel) this.#panel.reveal()
    else this.#take(window.createWebviewPanel(GRAPH_VIEW, WORDS[locale()].graphTitle, ViewColumn.Active))
  }

  /** The window was loaded again. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    this.#panel?.dispose()
    this.#take(panel)
  }

  dispose(): void {
    this.#panel?.dispose()
  }

  #take(panel: WebviewPanel): void {
    this.#panel = panel
    this.#last = undefined
    panel.webview.options = { enableScripts: true, localResourceRoots: [] }
    panel.webview.onDidReceiveMessage((message: PageMessage) => void this.#hear(message))
    panel.onDidDispose(() => {
      this.#asking?.cancel()
      if (this.#panel === panel) this.#panel = undefined
    })
    void this.#load(panel)
  }

  async #load(panel: WebviewPanel): Promise<void> {
    const read = async (name: string) =>
      new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(this.#pages, name)))
    const [script, style] = await Promise.all([read('graph.js'), read('graph.css')])
    if (this.#panel === panel) panel.webview.html = html(script, style)
  }

  async #hear(message: PageMessage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        if (this.#last) this.#tell({ kind: 'picture', page: this.#last.page })
        else await this.#ask(false)
        return
      case 'refresh':
        return this.#ask(true)
      case 'open':
        return this.#open(message)
      case 'plan':
        await commands.executeCommand('codeant.showPlan')
    }
  }

  #tell(message: EditorMessage): void {
    void this.#panel?.webview.postMessage(message)
  }

  async #ask(refresh: boolean): Promise<void> {
    const say = WORDS[locale()]
    this.#asking?.cancel()
    const asking = new CancellationTokenSource()
    this.#asking = asking
    const workDoneToken = randomBytes(8).toString('hex')
    const progress = this.#client.onProgress(WorkDoneProgress.type, workDoneToken, it => {
      if (it.kind !== 'end' && this.#asking === asking)
        this.#tell({ kind: 'notice', text: say.readingGraph(it.message), isBusy: true })
    })
    this.#tell({ kind: 'notice', text: say.readingGraph(), isBusy: true })
    try {
      const params: WorkspaceGraphParams = { refresh, workDoneToken }
      const found = await this.#client.sendRequest<WorkspaceGraphResult | null>(
        WORKSPACE_GRAPH,
        params,
        asking.token,
      )
      if (this.#asking === asking) this.#answer(found)
    } catch (error) {
      if (this.#asking === asking)
        this.#tell({ kind: 'notice', text: say.graphFailed(String(error)), isBusy: false })
    } finally {
      progress.dispose()
    }
  }

  #answer(found: WorkspaceGraphResult | null): void {
    const say = WORDS[locale()]
    this.#last = found ?? undefined
    if (!found) this.#tell({ kind: 'notice', text: say.noFolder, isBusy: false })
    else if (found.page.pictures.file.nodes.length === 0)
      this.#tell({ kind: 'notice', text: say.nothingTied(found.files), isBusy: false })
    else this.#tell({ kind: 'picture', page: found.page })
  }

  /** Beside the picture, so that it stays in sight. */
  async #open({ path, line, glance }: Extract<PageMessage, { kind: 'open' }>): Promise<void> {
    if (!this.#last) return
    const at = new Range(line - 1, 0, line - 1, 0)
    await window.showTextDocument(Uri.joinPath(Uri.parse(this.#last.base), path), {
      viewColumn: ViewColumn.Beside,
      selection: at,
      preview: true,
      preserveFocus: glance,
    })
  }
}

/** Script and style stand in the page itself: it may load nothing, not even from the editor. */
function html(script: string, style: string): string {
  const nonce = randomBytes(16).toString('base64url')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`
  // Cytoscape would add a style sheet of one line, which the policy forbids, unless one of this name is there.
  return `<!DOCTYPE html>
<html lang="${locale()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}" id="__________cytoscape_stylesheet">${style}</style>
</head>
<body>
<script nonce="${nonce}">${script}</script>
</body>
</html>`
}

// The workspace graph: what the files of the folders that are open have to do with each other, as a picture to look around in.
//
// The page is the one that the command line writes. It is thrown away while it is hidden, and keeps what was chosen in its state;
// what it draws is kept here, so that it is drawn again without asking the server.

import { randomBytes } from 'node:crypto'
import type { EditorMessage, PageMessage, PageTab } from '@codeant/shared/picture.ts'
import {
  PLAN,
  type PlanResult,
  WORKSPACE_GRAPH,
  type WorkspaceGraphParams,
  type WorkspaceGraphResult,
} from '@codeant/shared/protocol.ts'
import {
  CancellationTokenSource,
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
  #tab: PageTab = 'picture'
  #graph: WorkspaceGraphResult | undefined
  #plan: PlanResult | undefined
  /** Ends the question that is under way. */
  readonly #asking: Partial<Record<PageTab, CancellationTokenSource | undefined>> = {}

  constructor(client: LanguageClient, extension: Uri) {
    this.#client = client
    this.#pages = Uri.joinPath(extension, 'dist', 'page')
  }

  /** Opens it, or brings it to the front. */
  show(tab: PageTab): void {
    this.#tab = tab
    if (this.#panel) {
      this.#panel.reveal()
      void this.#showTab()
    } else this.#take(window.createWebviewPanel(GRAPH_VIEW, WORDS[locale()].graphTitle, ViewColumn.Active))
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
    this.#graph = undefined
    this.#plan = undefined
    panel.webview.options = { enableScripts: true, localResourceRoots: [] }
    panel.webview.onDidReceiveMessage((message: PageMessage) => void this.#hear(message))
    panel.onDidDispose(() => {
      for (const it of Object.values(this.#asking)) it?.cancel()
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
        // The picture is there already when somebody looks at the plan first.
        if (this.#graph) this.#tell({ kind: 'picture', page: this.#graph.page })
        else void this.#askGraph(false)
        return this.#showTab()
      case 'tab':
        this.#tab = message.tab
        return this.#showTab()
      case 'refresh':
        return this.#tab === 'plan' ? this.#askPlan() : this.#askGraph(true)
      case 'open':
        return this.#open(message)
    }
  }

  async #showTab(): Promise<void> {
    this.#tell({ kind: 'tab', tab: this.#tab })
    if (this.#tab === 'picture') return
    if (this.#plan) this.#tellPlan(this.#plan)
    else if (!this.#asking.plan) await this.#askPlan()
  }

  #tell(message: EditorMessage): void {
    void this.#panel?.webview.postMessage(message)
  }

  #notice(tab: PageTab, text: string, isBusy: boolean): void {
    this.#tell({ kind: 'notice', tab, text, isBusy })
  }

  async #askGraph(refresh: boolean): Promise<void> {
    const say = WORDS[locale()]
    const workDoneToken = randomBytes(8).toString('hex')
    const progress = this.#client.onProgress(WorkDoneProgress.type, workDoneToken, it => {
      if (it.kind !== 'end') this.#notice('picture', say.readingGraph(it.message), true)
    })
    this.#notice('picture', say.readingGraph(), true)
    try {
      const params: WorkspaceGraphParams = { refresh, workDoneToken }
      await this.#ask<WorkspaceGraphResult>('picture', WORKSPACE_GRAPH, params, found => {
        this.#graph = found
        if (found.page.pictures.file.nodes.length === 0)
          this.#notice('picture', say.nothingTied(found.files), false)
        else this.#tell({ kind: 'picture', page: found.page })
      })
    } finally {
      progress.dispose()
    }
  }

  #askPlan(): Promise<void> {
    this.#notice('plan', WORDS[locale()].planning, true)
    return this.#ask<PlanResult>('plan', PLAN, undefined, found => {
      this.#plan = found
      this.#tellPlan(found)
    })
  }

  #tellPlan({ tables, problems }: PlanResult): void {
    if (tables.length === 0) this.#notice('plan', problems.join('\n'), false)
    else this.#tell({ kind: 'plan', tables })
  }

  /** Of two questions for the same tab, the later one counts. */
  async #ask<T>(
    tab: PageTab,
    method: string,
    params: object | undefined,
    answer: (it: T) => void,
  ): Promise<void> {
    const say = WORDS[locale()]
    this.#asking[tab]?.cancel()
    const asking = new CancellationTokenSource()
    this.#asking[tab] = asking
    const isLast = () => this.#asking[tab] === asking
    try {
      const found = await this.#client.sendRequest<T | null>(method, params ?? null, asking.token)
      if (!isLast()) return
      if (found) answer(found)
      else this.#notice(tab, say.noFolder, false)
    } catch (error) {
      if (isLast()) this.#notice(tab, say.graphFailed(String(error)), false)
    } finally {
      if (isLast()) this.#asking[tab] = undefined
    }
  }

  /** Beside the picture, so that it stays in sight. */
  async #open({ path, line, glance }: Extract<PageMessage, { kind: 'open' }>): Promise<void> {
    const base = this.#graph?.base ?? this.#plan?.base
    if (base === undefined) return
    const at = new Range(line - 1, 0, line - 1, 0)
    await window.showTextDocument(Uri.joinPath(Uri.parse(base), path), {
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

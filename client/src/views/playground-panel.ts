// The playground for rules: a rule on the left, code on the right, what matches marked in it, and why something does not.
//
// The page keeps its texts in its state, so that nothing is lost while it is hidden or the window is loaded again. Whatever it wants
// to know, it asks the server through here: one question at a time, and of those that come meanwhile only the last.

import { randomBytes } from 'node:crypto'
import {
  PLAYGROUND,
  type PlaygroundEditorMessage,
  type PlaygroundPageMessage,
  type PlaygroundResult,
} from '@codeant/shared/playground.ts'
import {
  type Disposable,
  type TextEditor,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { openAsTest, saveRules } from '../commands/write-playground.ts'
import { PLAYGROUND_WORDS } from '../l10n/playground-words.ts'
import { locale } from '../settings.ts'
import { startingTexts } from './playground-start.ts'

export const PLAYGROUND_VIEW = 'codeant.playground'

type Question = Extract<PlaygroundPageMessage, { kind: 'ask' }>

export class PlaygroundPanel implements Disposable, WebviewPanelSerializer {
  readonly #client: LanguageClient
  /** Where the script and the style of the page lie. */
  readonly #pages: Uri
  #panel: WebviewPanel | undefined
  /** What was edited when the command was given: opening the page takes the focus from it. */
  #editor: TextEditor | undefined
  #isAsking = false
  #next: Question | undefined

  constructor(client: LanguageClient, extension: Uri) {
    this.#client = client
    this.#pages = Uri.joinPath(extension, 'dist', 'page')
  }

  /** Opens it beside the editor, or brings it to the front as it is. */
  show(): void {
    this.#editor = window.activeTextEditor
    if (this.#panel) this.#panel.reveal()
    else {
      const title = PLAYGROUND_WORDS[locale()].title
      const column = this.#editor ? ViewColumn.Beside : ViewColumn.Active
      this.#take(window.createWebviewPanel(PLAYGROUND_VIEW, title, column))
    }
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
    panel.webview.options = { enableScripts: true, localResourceRoots: [] }
    panel.webview.onDidReceiveMessage((message: PlaygroundPageMessage) => void this.#hear(message))
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined
    })
    void this.#load(panel)
  }

  async #load(panel: WebviewPanel): Promise<void> {
    const read = async (name: string) =>
      new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(this.#pages, name)))
    const [script, style] = await Promise.all([read('playground.js'), read('playground.css')])
    if (this.#panel === panel) panel.webview.html = html(script, style)
  }

  async #hear(message: PlaygroundPageMessage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        if (!message.texts) this.#tell({ kind: 'start', texts: startingTexts(this.#editor) })
        return
      case 'ask':
        return this.#ask(message)
      case 'save':
        return saveRules(message.texts)
      case 'test':
        return openAsTest(message.texts, message.matches)
    }
  }

  async #ask(question: Question): Promise<void> {
    this.#next = question
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      for (let it = this.#takeNext(); it; it = this.#takeNext()) await this.#answer(it)
    } finally {
      this.#isAsking = false
    }
  }

  #takeNext(): Question | undefined {
    const next = this.#next
    this.#next = undefined
    return next
  }

  async #answer({ id, params }: Question): Promise<void> {
    const asked = { ...params, locale: locale() }
    const result = await this.#client
      .sendRequest<PlaygroundResult | null>(PLAYGROUND, asked)
      .catch((error: unknown) => failed(String(error)))
    if (result) this.#tell({ kind: 'answer', id, result })
  }

  #tell(message: PlaygroundEditorMessage): void {
    void this.#panel?.webview.postMessage(message)
  }
}

function failed(why: string): PlaygroundResult {
  return { rules: [], refused: [], matches: [], why: [], notice: PLAYGROUND_WORDS[locale()].failed(why) }
}

/** Script and style stand in the page itself: it may load nothing, not even from the editor. */
function html(script: string, style: string): string {
  const nonce = randomBytes(16).toString('base64url')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`
  return `<!DOCTYPE html>
<html lang="${locale()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${PLAYGROUND_WORDS[locale()].title}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<script nonce="${nonce}">${script}</script>
</body>
</html>`
}

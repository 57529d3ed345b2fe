// Pages that nobody can edit and that lie nowhere: what would be sent, and what was sent.

import { EventEmitter, type TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from 'vscode'

const SCHEME = 'codeant-endpoint'
/** Those that were opened last; more would only take memory. */
const MOST_PAGES = 50

export class EndpointPages implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>()
  readonly #changed = new EventEmitter<Uri>()
  readonly onDidChange = this.#changed.event

  register() {
    return workspace.registerTextDocumentContentProvider(SCHEME, this)
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? ''
  }

  /** Beside what a person works on, which keeps the focus. */
  async show(name: string, text: string): Promise<void> {
    const path = `/${name}`
    this.#texts.delete(path)
    this.#texts.set(path, text)
    for (const it of [...this.#texts.keys()].slice(0, -MOST_PAGES)) this.#texts.delete(it)
    const uri = Uri.from({ scheme: SCHEME, path })
    this.#changed.fire(uri)
    const document = await workspace.openTextDocument(uri)
    await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    })
  }
}

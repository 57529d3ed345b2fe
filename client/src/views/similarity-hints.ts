// How similar the functions are that were shown last: a hint behind the first line of each, also inside of the peek view, which
// itself tells of places only.

import type { SimilarFunction } from '@codeant/shared/protocol.ts'
import {
  Disposable,
  EventEmitter,
  InlayHint,
  type InlayHintsProvider,
  languages,
  Position,
  type Range,
  type TextDocument,
  TextEditorSelectionChangeKind,
  Uri,
  window,
  workspace,
} from 'vscode'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'

export class SimilarityHints implements InlayHintsProvider, Disposable {
  readonly #changed = new EventEmitter<void>()
  readonly onDidChangeInlayHints = this.#changed.event
  readonly #listening: Disposable
  #byUri = new Map<string, readonly SimilarFunction[]>()
  /** The file that was asked about. */
  #source: string | undefined

  constructor() {
    this.#listening = Disposable.from(
      this.#changed,
      languages.registerInlayHintsProvider([{ scheme: 'file' }, { scheme: 'untitled' }], this),
      // Who goes on working where the question was asked has seen the answer. What the peek view selects is no work.
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        const isWork =
          kind === TextEditorSelectionChangeKind.Mouse || kind === TextEditorSelectionChangeKind.Keyboard
        if (isWork && textEditor.document.uri.toString() === this.#source) this.#clear()
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#byUri.has(document.uri.toString())) this.#clear()
      }),
    )
  }

  show(source: Uri, functions: readonly SimilarFunction[]): void {
    this.#byUri = new Map()
    for (const it of functions) {
      // Written as VS Code writes it.
      const uri = Uri.parse(it.uri).toString()
      this.#byUri.set(uri, [...(this.#byUri.get(uri) ?? []), it])
    }
    this.#source = source.toString()
    this.#changed.fire()
  }

  provideInlayHints({ uri }: TextDocument, range: Range): InlayHint[] {
    const say = WORDS[locale()]
    return (this.#byUri.get(uri.toString()) ?? [])
      .filter(({ line }) => range.start.line <= line && line <= range.end.line)
      .map(({ line, endCharacter, alike, similarity }) => {
        const label = say.alike[alike](Math.round(similarity * 100))
        const hint = new InlayHint(new Position(line, endCharacter), label)
        hint.paddingLeft = true
        return hint
      })
  }

  dispose(): void {
    this.#listening.dispose()
  }

  #clear(): void {
    if (this.#byUri.size === 0) return
    this.#byUri = new Map()
    this.#source = undefined
    this.#changed.fire()
  }
}

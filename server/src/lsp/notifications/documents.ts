// Opening, changing and closing documents: the only way in which texts enter the database.

import type { LanguageId } from '@codeant/shared/language.ts'
import type { Connection } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { languageOf } from '../../features/languages.ts'
import { changedDocument, newDocument, type TextEdit } from '../../text/document.ts'
import { filePath } from '../convert.ts'
import type { Publisher } from '../publish.ts'
import type { Session } from '../session.ts'

/** Editors' own names for languages that a file's name does not give away. */
const BY_EDITOR_ID: Readonly<Record<string, LanguageId>> = {
  python: 'python',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  typescript: 'typescript',
  typescriptreact: 'typescript',
  rust: 'rust',
  json: 'json',
  jsonc: 'jsonc',
  yaml: 'yaml',
  toml: 'toml',
}

export function listenToDocuments(connection: Connection, session: Session, publisher: Publisher): void {
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const language = languageOf(filePath(uri)) ?? BY_EDITOR_ID[languageId]
    if (!language) return
    session.texts.set(uri, TextDocument.create(uri, languageId, version, text))
    session.database.apply([{ kind: 'set', document: newDocument(uri, language, text, version) }])
    publisher.changed(uri)
  })

  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const text = session.texts.get(uri)
    const document = session.document(uri)
    if (!text || !document) return
    const edits: TextEdit[] = []
    for (const change of contentChanges) {
      // Offsets are those of the text that the changes before this one left.
      const range = 'range' in change ? change.range : undefined
      const start = range ? text.offsetAt(range.start) : 0
      const end = range ? text.offsetAt(range.end) : text.getText().length
      edits.push({ start: Math.min(start, end), end: Math.max(start, end), newText: change.text })
      TextDocument.update(text, [change], version)
    }
    session.database.apply([
      { kind: 'set', document: changedDocument(document, text.getText(), edits, version) },
    ])
    publisher.changed(uri)
  })

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    session.texts.delete(uri)
    session.database.apply([{ kind: 'remove', uri }])
    session.release(uri)
    publisher.closed(uri)
  })
}

// Edits of several files as one: a client applies all of it or nothing, and takes it back at once.

import type { AnnotatedTextEdit, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
import type { At } from '../graph/routes.ts'
import type { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

export interface PlacedText {
  readonly at: At
  readonly newText: string
}

export function toWorkspaceEdit(
  session: Session,
  view: ProjectView,
  texts: readonly PlacedText[],
): WorkspaceEdit {
  const edits = new Map<string, TextEdit[]>()
  for (const { at, newText } of texts) {
    const range = view.range(at.file, at.place)
    if (!range) continue
    const own = edits.get(at.file)
    if (own) own.push({ range, newText })
    else edits.set(at.file, [{ range, newText }])
  }
  const files = [...edits].map(([path, all]) => ({ uri: view.document(path)!.uri, all }))
  if (!session.capabilities.workspace?.workspaceEdit?.documentChanges)
    return { changes: Object.fromEntries(files.map(({ uri, all }) => [uri, all])) }
  // With a version, an edit that comes too late is refused by the client instead of landing in the wrong place.
  const documentChanges: TextDocumentEdit[] = files.map(({ uri, all }) => ({
    textDocument: { uri, version: session.document(uri)?.version ?? null },
    edits: all as (TextEdit | AnnotatedTextEdit)[],
  }))
  return { documentChanges }
}

// Edits of several files as one: a client applies all of it or nothing, and takes it back at once.

import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver'
import type { At } from '../graph/routes.ts'
import type { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

export interface PlacedText {
  readonly at: At
  readonly newText: string
}

/** Edits, and what the client says of them before they are made, where it can. */
export interface Annotated {
  readonly texts: readonly PlacedText[]
  readonly as?: ChangeAnnotation
}

export function toWorkspaceEdit(
  session: Session,
  view: ProjectView,
  groups: readonly Annotated[],
): WorkspaceEdit {
  const { documentChanges: hasVersions, changeAnnotationSupport } =
    session.capabilities.workspace?.workspaceEdit ?? {}
  const edits = new Map<string, (TextEdit | AnnotatedTextEdit)[]>()
  const changeAnnotations: Record<string, ChangeAnnotation> = {}
  for (const [i, { texts, as }] of groups.entries()) {
    const annotationId = as && hasVersions && changeAnnotationSupport ? `${i}` : undefined
    if (annotationId && texts.length > 0) changeAnnotations[annotationId] = as!
    for (const { at, newText } of texts) {
      const range = view.range(at.file, at.place)
      if (!range) continue
      const own = edits.get(at.file) ?? []
      edits.set(at.file, own)
      own.push({ range, newText, ...(annotationId && { annotationId }) })
    }
  }
  const files = [...edits].map(([path, all]) => ({ uri: view.document(path)!.uri, all }))
  if (!hasVersions) return { changes: Object.fromEntries(files.map(({ uri, all }) => [uri, all])) }
  // With a version, an edit that comes too late is refused by the client instead of landing in the wrong place.
  const documentChanges: TextDocumentEdit[] = files.map(({ uri, all }) => ({
    textDocument: { uri, version: session.document(uri)?.version ?? null },
    edits: all,
  }))
  return { documentChanges, ...(Object.keys(changeAnnotations).length > 0 && { changeAnnotations }) }
}

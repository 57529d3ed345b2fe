// A document, and a position in it, as features know them: a project, and an offset.

import type { Position } from 'vscode-languageserver'
import type { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

export interface ViewAt {
  readonly view: ProjectView
  readonly offset: number
}

export function viewAt(session: Session, uri: string, position: Position): ViewAt | undefined {
  const view = viewOfDocument(session, uri)
  return view && { view, offset: session.texts.get(uri)!.offsetAt(position) }
}

/** Undefined where nothing can be said: the document is not open, ignored or broken. */
export function viewOfDocument(session: Session, uri: string): ProjectView | undefined {
  const document = session.document(uri)
  if (!document || !session.texts.has(uri)) return undefined
  // What is typed is read before anything is asked about it.
  session.report(document)
  return session.related.view(document)
}

// A position of a document as features know it: its project, and an offset.

import type { Position } from 'vscode-languageserver'
import type { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

export interface ViewAt {
  readonly view: ProjectView
  readonly offset: number
}

/** Undefined where nothing can be said: the document is not open, ignored or broken. */
export function viewAt(session: Session, uri: string, position: Position): ViewAt | undefined {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  if (!document || !text) return undefined
  // What is typed is read before anything is asked about it.
  session.report(document)
  const view = session.related.view(document)
  return view && { view, offset: text.offsetAt(position) }
}

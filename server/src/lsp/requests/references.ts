// Find references: the calls of a route in other files and languages, and those that ask the same as a call.

import type { Location, ReferenceParams } from 'vscode-languageserver'
import { references as find } from '../../features/references.ts'
import type { Session } from '../session.ts'
import { viewAt } from '../view-at.ts'

export function references(
  session: Session,
  { textDocument, position, context }: ReferenceParams,
): Location[] | null {
  const here = viewAt(session, textDocument.uri, position)
  if (!here) return null
  const { view, offset } = here
  const found = find(view, view.path, offset, context.includeDeclaration)
  return found.length === 0 ? null : found.flatMap(it => view.location(it) ?? [])
}

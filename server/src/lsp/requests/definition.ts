// Go to definition: from a call to the route that answers it. What else may be defined, the language's own server knows.

import type { Definition, DefinitionLink, Position } from 'vscode-languageserver'
import { definition as find } from '../../features/definition.ts'
import type { Session } from '../session.ts'
import { viewAt } from '../view-at.ts'

export function definition(
  session: Session,
  uri: string,
  position: Position,
): Definition | DefinitionLink[] | null {
  const here = viewAt(session, uri, position)
  const found = here && find(here.view, here.view.path, here.offset)
  if (!found) return null
  const { view } = here
  const targets = found.to.flatMap(it => view.location(it) ?? [])
  if (targets.length === 0) return null
  if (!session.capabilities.textDocument?.definition?.linkSupport) return targets
  const from = view.range(found.from.file, found.from.place)
  return targets.map(({ uri, range }) => ({
    ...(from && { originSelectionRange: from }),
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  }))
}

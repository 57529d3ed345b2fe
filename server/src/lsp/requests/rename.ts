// Rename what files of several languages share: a word of a path, a field, a variable. Refuses with a reason rather than rename
// a part; what may be meant as well is marked, so that the client asks.

import {
  LSPErrorCodes,
  type Position,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import { renamingAt } from '../../features/rename.ts'
import { type Changes, isRefusal, type Refusal } from '../../features/renaming.ts'
import type { ProjectView } from '../project-view.ts'
import type { Session } from '../session.ts'
import { viewAt } from '../view-at.ts'
import { WORDS } from '../words.ts'
import { type Annotated, toWorkspaceEdit } from '../workspace-edit.ts'

export function prepareRename(
  session: Session,
  uri: string,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | null {
  const here = viewAt(session, uri, position)
  const found = here && renamingAt(here.view, here.view.path, here.offset)
  if (!found) return null
  if (isRefusal(found)) throw refusal(session, here.view, found)
  const range = here.view.range(found.at.file, found.at.place)
  return range ? { range, placeholder: found.name } : null
}

export async function rename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): Promise<WorkspaceEdit | null> {
  await viewAt(session, textDocument.uri, position)?.view.prepareTied(['field'])
  // What was typed meanwhile counts.
  const here = viewAt(session, textDocument.uri, position)
  if (!here) return null
  const { view } = here
  const found = renamingAt(view, view.path, here.offset)
  if (!found) return null
  if (isRefusal(found)) throw refusal(session, view, found)
  const changes = found.to(newName)
  if (isRefusal(changes)) throw refusal(session, view, changes)
  const broken = changes.certain.find(it => !view.isCurrent(it.at.file))
  if (broken) throw failed(WORDS[session.locale].notRenamed.broken(broken.at.file))
  return toWorkspaceEdit(session, view, annotated(session, view, changes))
}

function annotated(session: Session, view: ProjectView, { certain, doubtful, beyond }: Changes): Annotated[] {
  const { notRenamed, renamed } = WORDS[session.locale]
  // Of a text that the client does not have, nobody can say where a name is now.
  const asked = doubtful.filter(it => view.isCurrent(it.at.file))
  const canAsk = session.capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined
  if (!canAsk && doubtful.length > 0) throw failed(notRenamed.unasked(doubtful.length))
  const description = beyond && renamed.beyond[beyond]
  // What breaks unless something else is done is worth a look before anything is changed.
  const needsConfirmation = beyond === 'filled by name'
  if (!canAsk && needsConfirmation && description) throw failed(description)
  return [
    {
      texts: certain,
      ...(description && { as: { label: renamed.certain, description, needsConfirmation } }),
    },
    {
      texts: asked,
      as: { label: renamed.doubtful, description: renamed.doubtfulMeans, needsConfirmation: true },
    },
  ]
}

function refusal({ locale }: Session, view: ProjectView, refused: Refusal): Error {
  const say = WORDS[locale].notRenamed[refused.reason]
  if ('prefix' in refused) return failed(say(refused.name, refused.prefix))
  if (!('at' in refused)) return failed(say(refused.name, ''))
  const { start } = view.range(refused.at.file, refused.at.place) ?? { start: { line: 0 } }
  return failed(say(refused.name, `${refused.at.file}:${start.line + 1}`))
}

function failed(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message)
}

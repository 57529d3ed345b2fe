// Rename a segment of a path, in routes and calls of all files and languages. Refuses with a reason rather than rename a part.

import {
  LSPErrorCodes,
  type Position,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import { rename as find, prepareRename as prepare, type Refusal } from '../../features/rename.ts'
import type { ProjectView } from '../project-view.ts'
import type { Session } from '../session.ts'
import { viewAt } from '../view-at.ts'
import { WORDS } from '../words.ts'
import { toWorkspaceEdit } from '../workspace-edit.ts'

export function prepareRename(
  session: Session,
  uri: string,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | null {
  const here = viewAt(session, uri, position)
  const found = here && prepare(here.view, here.view.path, here.offset)
  if (!found) return null
  if ('reason' in found) throw refusal(session, here.view, found)
  const range = here.view.range(found.at.file, found.at.place)
  return range ? { range, placeholder: found.segment } : null
}

export function rename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): WorkspaceEdit | null {
  const here = viewAt(session, textDocument.uri, position)
  const found = here && find(here.view, here.view.path, here.offset, newName)
  if (!found) return null
  const { view } = here
  if ('reason' in found) throw refusal(session, view, found)
  const broken = found.find(it => !view.isCurrent(it.at.file))
  if (broken) throw failed(WORDS[session.locale].notRenamed.broken(broken.at.file))
  return toWorkspaceEdit(session, view, found)
}

function refusal({ locale }: Session, view: ProjectView, refused: Refusal): Error {
  const say = WORDS[locale].notRenamed
  if (refused.reason === 'no-segment') return failed(say.noSegment(refused.name))
  const { start } = view.range(refused.at.file, refused.at.place) ?? { start: { line: 0 } }
  const place = `${refused.at.file}:${start.line + 1}`
  return failed(
    refused.reason === 'taken' ? say.taken(refused.path, place) : say.notWritten(refused.segment, place),
  )
}

function failed(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message)
}

// Document links: what a document names in other files. Where a link leads is found when somebody follows it.

import type { DocumentLink } from 'vscode-languageserver'
import { documentLinks as find, targetOf, tooltipOf } from '../../features/document-links.ts'
import type { ProjectView } from '../project-view.ts'
import type { Session } from '../session.ts'
import { viewOfDocument } from '../view-at.ts'

/** What an unresolved link carries. */
interface LinkData {
  readonly uri: string
}

export function documentLinks(session: Session, uri: string): DocumentLink[] | null {
  const view = viewOfDocument(session, uri)
  if (!view) return null
  const data: LinkData = { uri }
  const canTell = session.capabilities.textDocument?.documentLink?.tooltipSupport === true
  return find(view, view.path).flatMap(it => {
    const range = view.range(view.path, it.place)
    return range ? [{ range, data, ...(canTell && { tooltip: tooltipOf(it, session.locale) }) }] : []
  })
}

export function resolveDocumentLink(session: Session, link: DocumentLink): DocumentLink {
  const data = link.data as LinkData | undefined
  const view = data && viewOfDocument(session, data.uri)
  const document = view?.document(view.path)
  if (!view || !document) return link
  const start = document.offsetAt(link.range.start)
  const found = find(view, view.path).find(it => it.place[0] === start)
  const target = found && addressOf(view, targetOf(view, found))
  return target ? { ...link, target } : link
}

/** With the line and the column, as editors read them behind `#`. */
function addressOf(view: ProjectView, at: ReturnType<typeof targetOf>): string | undefined {
  const location = at && view.location(at)
  if (!location) return undefined
  const { line, character } = location.range.start
  return `${location.uri}#L${line + 1},${character + 1}`
}

// Hover: every finding under the cursor, explained for the reader, and what other files have to do with the place.

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver'
import { explainBelowMessage, explainFinding } from '../../features/explain.ts'
import { isPatternFile, keyHover } from '../../features/rule-file-help.ts'
import { sentenceHover } from '../../features/sentence-hover.ts'
import { tieHover } from '../../features/tie-hover.ts'
import { whyUntied } from '../../features/why-untied.ts'
import { RULE_FILE } from '../../rules/natural/rule-file.ts'
import type { Document } from '../../text/document.ts'
import { filePath, toRange } from '../convert.ts'
import type { Session } from '../session.ts'
import { viewAt } from '../view-at.ts'

export function hover(session: Session, uri: string, position: Position): Hover | null {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  if (!document || !text) return null
  if (RULE_FILE.test(uri)) {
    const said = sentenceHover(document.text, text.offsetAt(position), session.locale)
    if (said)
      return { contents: { kind: MarkupKind.Markdown, value: said.markdown }, range: toRange(text, said.at) }
  }
  if (isPatternFile(filePath(uri), document.text)) {
    const said = keyHover(document.text, text.offsetAt(position), session.locale)
    if (said)
      return { contents: { kind: MarkupKind.Markdown, value: said.markdown }, range: toRange(text, said.at) }
  }
  const found = findings(session, document, text.offsetAt(position))
  const tied = tie(session, uri, position)
  if (!found && !tied) return null
  const parts = [...(found?.parts ?? []), ...(tied ? [tied.markdown] : [])]
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
    range: found ? toRange(text, found.at) : toRange(text, tied!.at),
  }
}

interface FoundHere {
  readonly at: { readonly start: number; readonly end: number }
  readonly parts: readonly string[]
}

function findings(session: Session, document: Document, offset: number): FoundHere | undefined {
  const here = session
    .shown(document)
    .filter(({ finding }) => finding.start <= offset && offset <= finding.end)
  // A finding about a whole function would otherwise cover everything in it.
  const nearest = here.filter(
    it =>
      it.finding.end - it.finding.start <=
      2 * Math.min(...here.map(({ finding }) => finding.end - finding.start)) + 40,
  )
  if (nearest.length === 0) return undefined
  const { locale, settings, options } = session
  // With several, each needs its message to be told apart.
  const repeats = !options.hoverShowsDiagnostics || nearest.length > 1
  const parts = nearest.map(({ finding }) => {
    const rule = session.rules.get(finding.rule)!
    const reader = { locale, audience: settings.audience }
    if (!repeats) return explainBelowMessage(rule, finding, reader)
    const href = session.diagnosticContext.pageOf(finding.rule, locale)
    const name = href ? `[${finding.rule}](${href})` : finding.rule
    return `${explainFinding(rule, finding, reader)}\n\nCodeAnt · ${name}`
  })
  return { at: nearest[0]!.finding, parts }
}

/** What other files have to do with this place. */
function tie(session: Session, uri: string, position: Position) {
  const here = viewAt(session, uri, position)
  if (!here) return undefined
  const { view, offset } = here
  const found = tieHover(view, view.path, offset, session.locale, view.link)
  const untied = whyUntied(view.relations, view.path, offset, offset, session.locale)
  const at = found?.at ?? untied[0]?.at
  if (!at) return undefined
  const [start, end] = at.place
  const parts = [...(found ? [found.markdown] : []), ...untied.map(it => `_${it.says}_`)]
  return { at: { start, end }, markdown: parts.join('\n\n') }
}

// Hover: every finding under the cursor, explained for the reader.

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver'
import { explainBelowMessage, explainFinding } from '../../features/explain.ts'
import { toRange } from '../convert.ts'
import type { Session } from '../session.ts'

export function hover(session: Session, uri: string, position: Position): Hover | null {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  if (!document || !text) return null
  const offset = text.offsetAt(position)
  const here = session
    .shown(document)
    .filter(({ finding }) => finding.start <= offset && offset <= finding.end)
  // A finding about a whole function would otherwise cover everything in it.
  const nearest = here.filter(
    it =>
      it.finding.end - it.finding.start <=
      2 * Math.min(...here.map(({ finding }) => finding.end - finding.start)) + 40,
  )
  if (nearest.length === 0) return null
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
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
    range: toRange(text, nearest[0]!.finding),
  }
}

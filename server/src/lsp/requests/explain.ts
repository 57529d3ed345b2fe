// The explanation panel's question: one finding, for the reader that is chosen there.

import type { ExplainParams, ExplainResult } from '@codeant/shared/protocol.ts'
import { explainFinding, wordsOf } from '../../features/explain.ts'
import type { Session } from '../session.ts'

export function explain(
  session: Session,
  { uri, rule: id, line, character, audience, locale }: ExplainParams,
): ExplainResult | null {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  const rule = session.rules.get(id)
  if (!document || !text || !rule) return null
  const offset = text.offsetAt({ line, character })
  const candidates = session.shown(document).filter(it => it.finding.rule === id)
  // The nearest one: the text may have moved a little since the panel was opened.
  const [nearest] = candidates.sort(
    (a, b) => Math.abs(a.finding.start - offset) - Math.abs(b.finding.start - offset),
  )
  if (!nearest) return null
  const reader = { locale: locale ?? session.locale, audience: audience ?? session.settings.audience }
  return {
    rule: id,
    severity: nearest.severity,
    title: wordsOf(rule, nearest.finding, reader.locale).message,
    markdown: explainFinding(rule, nearest.finding, reader),
    ...reader,
  }
}

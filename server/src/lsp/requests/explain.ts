// The explanation panel's question: one finding, for the reader that is chosen there.

import type { ExplainParams, ExplainResult } from '@codeant/shared/protocol.ts'
import { explainFinding, wordsOf } from '../../features/explain.ts'
import type { Reported } from '../../features/report.ts'
import { filePath } from '../convert.ts'
import type { Session } from '../session.ts'

export function explain(session: Session, params: ExplainParams): ExplainResult | null {
  const { rule: id, audience, locale } = params
  const rule = session.rules.get(id)
  const nearest = nearestFinding(session, params)
  if (!rule || !nearest) return null
  const reader = { locale: locale ?? session.locale, audience: audience ?? session.settings.audience }
  return {
    rule: id,
    severity: nearest.severity,
    title: wordsOf(rule, nearest.finding, reader.locale).message,
    markdown: explainFinding(rule, nearest.finding, reader),
    ...reader,
    hasMore: session.remote.offered('explanation', filePath(params.uri)) !== undefined,
  }
}

/** The finding that is meant: the text may have moved a little since the place was told. */
export function nearestFinding(
  session: Session,
  { uri, rule, line, character }: Pick<ExplainParams, 'uri' | 'rule' | 'line' | 'character'>,
): Reported | undefined {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  if (!document || !text) return undefined
  const offset = text.offsetAt({ line, character })
  const [nearest] = session
    .shown(document)
    .filter(it => it.finding.rule === rule)
    .sort((a, b) => Math.abs(a.finding.start - offset) - Math.abs(b.finding.start - offset))
  return nearest
}

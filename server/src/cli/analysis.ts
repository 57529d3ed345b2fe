// The result of `analyze`, as plain data: what every output format is written from.

import type { RelatedPlace, Severity } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { SkipReason } from '../features/admission.ts'
import { wordsOf } from '../features/explain.ts'
import { isHeldBack } from '../features/held-back.ts'
import type { Reported } from '../features/report.ts'
import type { RuleSet } from '../rules/rule-set.ts'

/** Lines and columns count from 1; columns in UTF-16 units, as editors show them. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

export interface PlacedFinding {
  readonly rule: string
  readonly severity: Severity
  readonly path: string
  readonly start: Position
  readonly end: Position
  readonly message: string
  readonly why: string
  readonly remedy: string
  readonly fix?: 'safe' | 'unsafe'
  readonly related?: readonly RelatedPosition[]
  /** Equal for the same finding in another version of the project. */
  readonly fingerprint: string
  /** From 0 to 1: how likely it is that somebody acts on it, as the model has it that was trained on what people did. */
  readonly likelihood?: number
  /** So unlikely that a list shows it only to those who want to see everything. */
  readonly heldBack?: true
}

export interface SkippedFile {
  readonly path: string
  readonly reason: SkipReason
}

export interface Summary {
  readonly files: number
  readonly lines: number
  readonly bytes: number
  /** Taken from the cache. */
  readonly remembered: number
  readonly suppressed: number
  /** Known from the baseline. */
  readonly known: number
  readonly milliseconds: number
}

export interface Analysis {
  readonly findings: readonly PlacedFinding[]
  readonly skipped: readonly SkippedFile[]
  readonly summary: Summary
}

/** Another file that a finding is about too, as a person in the current folder would write its path. */
export interface OtherFile {
  readonly path: string
  readonly text: string
}

/** `path` where it is in another file. */
export interface RelatedPosition {
  readonly path?: string
  readonly start: Position
  readonly end: Position
}

function positionsIn(text: string): (offset: number) => Position {
  const document = TextDocument.create('', '', 0, text)
  return offset => {
    const { line, character } = document.positionAt(offset)
    return { line: line + 1, column: character + 1, offset }
  }
}

/** Gives a file's findings lines, columns and words. Those less likely than `holdBack` are marked. */
export function placeFindings(
  path: string,
  text: string,
  reported: readonly Reported[],
  rules: RuleSet,
  locale: Locale,
  holdBack?: number,
  beside: (path: string) => OtherFile | undefined = () => undefined,
): PlacedFinding[] {
  const position = positionsIn(text)
  const relatedTo = (place: RelatedPlace): RelatedPosition[] => {
    if (place.path === undefined) return [{ start: position(place.start), end: position(place.end) }]
    const other = beside(place.path)
    if (!other) return []
    const there = positionsIn(other.text)
    return [{ path: other.path, start: there(place.start), end: there(place.end) }]
  }
  return reported.map(({ finding, severity, meaning, likelihood }) => {
    const { message, why, remedy } = wordsOf(rules.get(finding.rule)!, finding, locale)
    return {
      rule: finding.rule,
      severity,
      path,
      start: position(finding.start),
      end: position(finding.end),
      message,
      why,
      remedy,
      ...(finding.fix && { fix: finding.fix }),
      ...(finding.related && {
        related: finding.related.flatMap(relatedTo),
      }),
      fingerprint: meaning,
      ...(likelihood !== undefined && { likelihood }),
      ...(likelihood !== undefined && isHeldBack({ severity, likelihood }, holdBack) && { heldBack: true }),
    }
  })
}

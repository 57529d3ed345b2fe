// Between the core's offsets and the protocol's positions. Nothing else of the protocol comes further in than this folder.

import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Finding, Severity } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type TextEdit as LspEdit,
  type Range,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { wordsOf } from '../features/explain.ts'
import type { Reported } from '../features/report.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import type { TextEdit } from '../text/document.ts'

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

/** Code that can go is shown faded. */
const UNNECESSARY = new Set([
  'correctness/unreachable-code',
  'correctness/unused-variable',
  'correctness/unused-import',
])

export function toRange(
  document: TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) }
}

export interface DiagnosticContext {
  readonly rules: RuleSet
  readonly locale: Locale
  /** The page that explains a rule, for the link behind its name. */
  readonly pageOf: (rule: string, locale: Locale) => string | undefined
  /** Another file of the project that a document belongs to, as it is now; undefined when it is gone. */
  readonly beside: (uri: string, path: string) => TextDocument | undefined
}

/** What a diagnostic carries along, so that a later request need not search for its finding. */
export interface DiagnosticData {
  readonly rule: string
  readonly fix?: 'safe' | 'unsafe'
}

export function toDiagnostic(
  document: TextDocument,
  { finding, severity }: Reported,
  { rules, locale, pageOf, beside }: DiagnosticContext,
): Diagnostic {
  const rule = rules.get(finding.rule)!
  const href = pageOf(finding.rule, locale)
  const data: DiagnosticData = finding.fix ? { rule: finding.rule, fix: finding.fix } : { rule: finding.rule }
  const { message, places } = wordsOf(rule, finding, locale)
  const diagnostic: Diagnostic = {
    range: toRange(document, finding),
    severity: SEVERITY[severity],
    source: 'codeant',
    code: finding.rule,
    message,
    data,
  }
  if (href) diagnostic.codeDescription = { href }
  if (UNNECESSARY.has(finding.rule)) diagnostic.tags = [DiagnosticTag.Unnecessary]
  if (finding.related)
    diagnostic.relatedInformation = related(document, finding, it => places?.[it] ?? message, beside)
  return diagnostic
}

export function toLspEdits(document: TextDocument, edits: readonly TextEdit[]): LspEdit[] {
  return edits.map(({ start, end, newText }) => ({ range: toRange(document, { start, end }), newText }))
}

export function fileUri(path: string): string {
  return pathToFileURL(path).href
}

/** Documents that were never saved have no path; they are treated as files of the folder that the server runs in. */
export function filePath(uri: string): string {
  if (uri.startsWith('file:')) {
    try {
      return fileURLToPath(uri)
    } catch {
      // A URI that is no path of this system: its own text serves as a name.
    }
  }
  return join(process.cwd(), uri.slice(uri.lastIndexOf('/') + 1) || 'untitled')
}

function related(
  document: TextDocument,
  finding: Finding,
  message: (index: number) => string,
  beside: DiagnosticContext['beside'],
) {
  return finding.related!.flatMap((it, index) => {
    const other = it.path === undefined ? document : beside(document.uri, it.path)
    return other ? [{ location: { uri: other.uri, range: toRange(other, it) }, message: message(index) }] : []
  })
}

// Findings of files that are not open: made by a scan, shown beside those of open ones, replaced when a file changes.

import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '@codeant/shared/finding.ts'
import type { KnownFinding } from '@codeant/shared/protocol.ts'
import type { Diagnostic } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { decode } from '../features/admission.ts'
import type { FileResult } from '../features/analyse-file.ts'
import { wordsOf } from '../features/explain.ts'
import { isHeldBack } from '../features/held-back.ts'
import type { Reported } from '../features/report.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { withRelated } from '../features/workspace-graphs.ts'
import { fileUri, toDiagnostic, toRange } from './convert.ts'
import type { Session } from './session.ts'

interface Known {
  readonly file: string
  readonly path: string
  /** What was found in the file by itself. */
  readonly result: FileResult
  /** What was found by comparing it with others, when that was done last. */
  readonly related: readonly Finding[]
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly KnownFinding[]
}

export class WorkspaceFindings {
  readonly #session: Session
  readonly #byUri = new Map<string, Known>()
  /** Whether somebody wants to know of files that are not open. */
  isWanted = false
  /** There are others than before. */
  news: () => void = () => {}

  constructor(session: Session) {
    this.#session = session
  }

  /** Takes the answer of a scan; publishes it unless the file is open, where the live analysis speaks. */
  accept({ file, path, result: { facts, ...result } }: ScanAnswer): void {
    this.#take(file, path, result, this.#byUri.get(fileUri(file))?.related ?? [])
  }

  /** All rules have compared the files: those of which they say something else now are told again. */
  compare(): void {
    for (const [uri, { file, path, result, related }] of this.#byUri) {
      if (this.#session.document(uri)) continue
      const now = this.#session.related.findingsOnDisk(file)
      if (!isDeepStrictEqual(now, related)) this.#take(file, path, result, now)
    }
  }

  #take(file: string, path: string, result: FileResult, related: readonly Finding[]): void {
    const uri = fileUri(file)
    const had = this.#byUri.get(uri)?.diagnostics.length ?? 0
    const placed = this.#place(uri, file, path, result, related)
    this.#byUri.set(uri, { file, path, result, related, ...(placed ?? NOTHING) })
    if (!this.#session.document(uri) && (had > 0 || placed)) this.#send(uri)
  }

  forget(uri: string): void {
    if (!this.#byUri.delete(uri)) return
    if (!this.#session.document(uri)) this.#send(uri)
  }

  /** How many there are in files that are not open. */
  get count(): number {
    let count = 0
    for (const [uri, it] of this.#byUri) if (!this.#session.document(uri)) count += it.findings.length
    return count
  }

  /** All findings of open and closed files, for the tree. */
  *all(): Generator<KnownFinding> {
    const { database, texts } = this.#session
    for (const document of database.snapshot.documents.values()) {
      const text = texts.get(document.uri)
      if (text && this.#session.isPrepared(document))
        yield* known(this.#session, document.uri, text, this.#session.ranked(document))
    }
    for (const [uri, it] of this.#byUri) if (!this.#session.document(uri)) yield* it.findings
  }

  /** Undefined where nothing is to be shown. */
  #place(
    uri: string,
    file: string,
    path: string,
    result: FileResult,
    related: readonly Finding[],
  ): Pick<Known, 'diagnostics' | 'findings'> | undefined {
    if (result.findings.length === 0 && related.length === 0) return undefined
    const text = read(file)
    if (text === undefined) return undefined
    const { shown } = this.#session.reportResult(file, path, withRelated(result, text, related))
    if (shown.length === 0) return undefined
    const document = TextDocument.create(uri, '', 0, text)
    const { diagnosticContext } = this.#session
    return {
      diagnostics: shown.map(it => toDiagnostic(document, it, diagnosticContext)),
      findings: [...known(this.#session, uri, document, shown)],
    }
  }

  #send(uri: string): void {
    void this.#session.connection.sendDiagnostics({
      uri,
      diagnostics: [...(this.#byUri.get(uri)?.diagnostics ?? [])],
    })
    this.news()
  }
}

const NOTHING: Pick<Known, 'diagnostics' | 'findings'> = { diagnostics: [], findings: [] }

/** Undefined when it was deleted since. */
function read(file: string): string | undefined {
  try {
    return decode(readFileSync(file))?.text
  } catch {
    return undefined
  }
}

function* known(
  { rules, locale, holdBack }: Session,
  uri: string,
  text: TextDocument,
  shown: readonly Reported[],
): Generator<KnownFinding> {
  for (const { finding, severity, likelihood } of shown) {
    const ranked = { severity, ...(holdBack !== undefined && likelihood !== undefined && { likelihood }) }
    const { start, end } = toRange(text, finding)
    const { message } = wordsOf(rules.get(finding.rule)!, finding, locale)
    yield {
      uri,
      rule: finding.rule,
      ...ranked,
      message,
      line: start.line,
      character: start.character,
      endLine: end.line,
      endCharacter: end.character,
      heldBack: isHeldBack(ranked, holdBack),
    }
  }
}

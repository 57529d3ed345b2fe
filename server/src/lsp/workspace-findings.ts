// Findings of files that are not open: made by a scan, shown beside those of open ones, replaced when a file changes.

import { readFileSync } from 'node:fs'
import type { KnownFinding } from '@codeant/shared/protocol.ts'
import type { Diagnostic } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { decode } from '../features/admission.ts'
import { wordsOf } from '../features/explain.ts'
import { isHeldBack } from '../features/held-back.ts'
import type { Reported } from '../features/report.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { fileUri, toDiagnostic, toRange } from './convert.ts'
import type { Session } from './session.ts'

interface Known {
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly KnownFinding[]
}

export class WorkspaceFindings {
  readonly #session: Session
  readonly #byUri = new Map<string, Known>()

  constructor(session: Session) {
    this.#session = session
  }

  /** Takes the answer of a scan; publishes it unless the file is open, where the live analysis speaks. */
  accept(answer: ScanAnswer): number {
    const uri = fileUri(answer.file)
    const { shown } = this.#session.reportResult(answer.file, answer.path, answer.result)
    const known = shown.length > 0 ? this.#place(uri, answer.file, shown) : undefined
    const had = this.#byUri.has(uri)
    if (known) this.#byUri.set(uri, known)
    else this.#byUri.delete(uri)
    if ((known || had) && !this.#session.document(uri)) this.#send(uri)
    return shown.length
  }

  /** The file was closed: what the scan knew of it is shown again. */
  closed(uri: string): void {
    if (this.#byUri.has(uri)) this.#send(uri)
  }

  forget(uri: string): void {
    if (!this.#byUri.delete(uri)) return
    if (!this.#session.document(uri)) this.#send(uri)
  }

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

  #place(uri: string, file: string, shown: readonly Reported[]): Known | undefined {
    let text: string | undefined
    try {
      text = decode(readFileSync(file))?.text
    } catch {
      return undefined // deleted since
    }
    if (text === undefined) return undefined
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

// Telling the client what is found: at once after a keystroke, never about a version it has left, never the same twice.

import { STATUS, type Status } from '@codeant/shared/protocol.ts'
import type { Diagnostic } from 'vscode-languageserver'
import { SKIP_REASONS } from '../features/skip-words.ts'
import { toDiagnostic } from './convert.ts'
import type { OpenReport, Session } from './session.ts'
import { WORDS } from './words.ts'

/** A broken document is read from scratch when typing pauses: sooner would cost a full parse between two keys. */
const SETTLE_MS = 400
/** The status bar need not flicker. */
const STATUS_MS = 500

export class Publisher {
  readonly #session: Session
  readonly #published = new Map<
    string,
    { readonly digest: string; readonly version: number; readonly count: number }
  >()
  readonly #skipped = new Map<string, string>()
  readonly #pending = new Set<string>()
  readonly #settling = new Map<string, NodeJS.Timeout>()
  #scheduled = false
  #statusTimer: NodeJS.Timeout | undefined
  #state: Status['state'] = 'starting'
  scannedFiles = 0
  scannedFindings = 0

  constructor(session: Session) {
    this.#session = session
  }

  /** The document changed. All that is queued up behind this message is read first, so that only the last text counts. */
  changed(uri: string): void {
    this.#pending.add(uri)
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      const uris = [...this.#pending]
      this.#pending.clear()
      for (const it of uris) this.#publish(it)
    })
  }

  /** Everything is to be said again: settings, the language or a baseline changed. */
  all(): void {
    this.#published.clear()
    for (const uri of this.#session.database.snapshot.documents.keys()) this.changed(uri)
  }

  closed(uri: string): void {
    clearTimeout(this.#settling.get(uri))
    this.#settling.delete(uri)
    this.#published.delete(uri)
    this.#skipped.delete(uri)
    if (!this.pulls) void this.#session.connection.sendDiagnostics({ uri, diagnostics: [] })
    this.status()
  }

  get pulls(): boolean {
    return this.#session.options.diagnostics === 'pull'
  }

  set state(state: Status['state']) {
    this.#state = state
    this.status()
  }

  /** The diagnostics of an open document, and what they are worth. */
  diagnose(uri: string): { readonly diagnostics: Diagnostic[]; readonly report: OpenReport } | undefined {
    const { texts, diagnosticContext, locale } = this.#session
    const document = this.#session.document(uri)
    const text = texts.get(uri)
    if (!document || !text || !this.#session.isPrepared(document)) return undefined
    const report = this.#session.report(document)
    const diagnostics = report.shown.map(it => toDiagnostic(text, it, diagnosticContext))
    if (report.skipped) {
      const at = { line: 0, character: 0 }
      diagnostics.push({
        range: { start: at, end: at },
        severity: 3,
        source: 'codeant',
        message: WORDS[locale].notAnalysed(SKIP_REASONS[locale][report.skipped]),
      })
      this.#skipped.set(uri, report.skipped)
    } else this.#skipped.delete(uri)
    return { diagnostics, report }
  }

  #publish(uri: string): void {
    const document = this.#session.document(uri)
    if (!document) return
    if (!this.#session.isPrepared(document)) {
      void this.#session.prepare(document).then(() => this.changed(uri))
      return
    }
    this.#settleLater(uri)
    if (this.pulls) return
    const said = this.diagnose(uri)
    if (!said) return
    const digest = JSON.stringify(said.diagnostics)
    const last = this.#published.get(uri)
    this.#published.set(uri, { digest, version: document.version, count: said.report.shown.length })
    if (last?.digest !== digest)
      void this.#session.connection.sendDiagnostics({
        uri,
        version: document.version,
        diagnostics: said.diagnostics,
      })
    this.status()
  }

  #settleLater(uri: string): void {
    clearTimeout(this.#settling.get(uri))
    const timer = setTimeout(() => {
      this.#settling.delete(uri)
      const document = this.#session.document(uri)
      if (document && this.#session.settle(document)) {
        if (this.pulls) void this.#session.connection.languages.diagnostics.refresh()
        else this.changed(uri)
      }
    }, SETTLE_MS)
    timer.unref()
    this.#settling.set(uri, timer)
  }

  /** Tells the status bar, after a moment in which more may change. */
  status(): void {
    this.#statusTimer ??= setTimeout(() => {
      this.#statusTimer = undefined
      const findings = [...this.#published.values()].reduce((sum, it) => sum + it.count, 0)
      const status: Status = {
        state: this.#state,
        openFiles: this.#session.database.snapshot.documents.size,
        scannedFiles: this.scannedFiles,
        findings: findings + this.scannedFindings,
        memory: process.memoryUsage.rss(),
        bytesSent: 0,
        skipped: [...this.#skipped].map(([it, reason]) => ({ uri: it, reason })),
      }
      void this.#session.connection.sendNotification(STATUS, status)
    }, STATUS_MS)
    this.#statusTimer.unref()
  }
}

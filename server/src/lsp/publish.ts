// Telling the client what is found: at once after a keystroke, never about a version it has left, never the same twice.

import { STATUS, type Status } from '@codeant/shared/protocol.ts'
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver'
import { SLICE_MS } from '../base/pause.ts'
import { SKIP_REASONS } from '../features/skip-words.ts'
import { moveReported } from '../features/waiting-findings.ts'
import { Abandoned } from '../syntax/parser.ts'
import { type Document, editBetween } from '../text/document.ts'
import { toDiagnostic } from './convert.ts'
import type { OpenReport, Session } from './session.ts'
import { WORDS } from './words.ts'

/** A broken document is read from scratch when typing pauses: sooner would cost a full parse between two keys. */
const SETTLE_MS = 400
/** A keystroke in a file of ordinary size is done within this; what takes longer goes on in slices. */
const FIRST_SLICE_MS = 25
/**
 * The parser takes this long only where it guesses what broken text was meant to be. Then what was known before is said
 * again, moved by the edit, which is what is said of broken text anyway; it is corrected should the text be whole.
 */
const PARSE_PATIENCE_MS = 8
/** Models are asked when typing pauses: sooner, they would be asked about words that are half written. */
const CONSIDER_MS = 100
/** Other files are told a little later than this one: whoever types fast is typing in this one. */
const RELATE_MS = 40
/** Somebody who types without a pause wants to hear something in between: then one version is seen through. */
const HUNGRY_AFTER_MS = 100
const HUNGRY_SLICE_MS = 80
/** The status bar need not flicker: the next status comes so long after the last. */
const STATUS_MS = 500
/** What belongs together, such as the findings at both ends of a call, is counted at once. */
const GATHER_MS = 50

/** What the client was told last of a document. */
interface Published {
  readonly document: Document
  readonly report: OpenReport
  readonly digest: string
}

export class Publisher {
  readonly #session: Session
  readonly #published = new Map<string, Published>()
  readonly #skipped = new Map<string, string>()
  readonly #pending = new Set<string>()
  /** Since when a document waits for an answer to any of its versions. */
  readonly #hungry = new Map<string, number>()
  readonly #settling = new Map<string, NodeJS.Timeout>()
  readonly #considering = new Map<string, NodeJS.Timeout>()
  readonly #relating = new Map<string, NodeJS.Timeout>()
  #scheduled = false
  #statusTimer: NodeJS.Timeout | undefined
  #statusAt = Number.NEGATIVE_INFINITY
  #state: Status['state'] = 'starting'
  scannedFiles = 0
  /** How many findings are known of files that are not open. */
  closedFindings: () => number = () => 0

  constructor(session: Session) {
    this.#session = session
    session.learnedNews = uri => this.changed(uri)
    session.patterns.news = uri => this.changed(uri)
    session.related.comparison.news = uri => this.changed(uri)
    session.remote.statusNews = () => this.status()
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
    if (this.pulls) this.#askToPull()
    for (const uri of this.#session.database.snapshot.documents.keys()) this.changed(uri)
  }

  closed(uri: string): void {
    clearTimeout(this.#settling.get(uri))
    this.#settling.delete(uri)
    for (const timers of [this.#considering, this.#relating]) {
      clearTimeout(timers.get(uri))
      timers.delete(uri)
    }
    this.#session.learned.closed(uri)
    this.#session.patterns.documents.closed(uri)
    void this.#session.related.closed(uri).catch(error => this.#session.log.warn(String(error)))
    this.#published.delete(uri)
    this.#skipped.delete(uri)
    this.#hungry.delete(uri)
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

  /** The diagnostics of an open document. Undefined while they are being made. */
  diagnose(uri: string): Diagnostic[] | undefined {
    const document = this.#session.document(uri)
    if (!document || !this.#session.isPrepared(document)) return undefined
    const report = this.#session.report(document)
    return report && this.#diagnostics(uri, report)
  }

  #diagnostics(uri: string, report: OpenReport): Diagnostic[] {
    const { texts, diagnosticContext, locale } = this.#session
    const text = texts.get(uri)!
    const diagnostics = report.shown.map(it => toDiagnostic(text, it, diagnosticContext))
    if (report.skipped) {
      const at = { line: 0, character: 0 }
      const message = WORDS[locale].notAnalysed(SKIP_REASONS[locale][report.skipped])
      diagnostics.push({
        range: { start: at, end: at },
        severity: DiagnosticSeverity.Information,
        source: 'codeant',
        message,
      })
      this.#skipped.set(uri, report.skipped)
    } else this.#skipped.delete(uri)
    return diagnostics
  }

  #publish(uri: string): void {
    const document = this.#session.document(uri)
    if (!document) return
    if (!this.#session.isPrepared(document)) {
      void this.#session.prepare(document).then(() => this.changed(uri))
      return
    }
    this.#settleLater(document)
    // A client that pulls has asked already; only what it could not be told at once is worth a call.
    if (this.pulls && !this.#session.isLarge(document)) return
    const now = performance.now()
    const since = this.#hungry.get(uri) ?? now
    this.#hungry.set(uri, since)
    const isHungry = now - since > HUNGRY_AFTER_MS
    let until = now + (isHungry ? HUNGRY_SLICE_MS : FIRST_SLICE_MS)
    let parseUntil = isHungry ? until : now + PARSE_PATIENCE_MS
    const steps = this.#session.steps(document, () => performance.now() > parseUntil)
    const work = () => {
      // A newer text has its own turn: nobody wants to hear about this one any more.
      if (this.#session.document(uri) !== document) return
      try {
        do {
          const { done, value } = steps.next()
          if (done) {
            this.#hungry.delete(uri)
            // It took so long that the pause has been and gone.
            if (!this.#settling.has(uri)) this.#settleLater(document)
            return this.#send(document, value)
          }
          if (value === 'parsing') {
            if (parseUntil < until && this.#sayMeanwhile(document)) break
            parseUntil = until
          }
        } while (performance.now() < until)
      } catch (error) {
        if (error instanceof Abandoned) return
        throw error
      }
      until = performance.now() + SLICE_MS
      parseUntil = until
      setImmediate(work)
    }
    work()
  }

  /** False when nothing new could be said. */
  #sayMeanwhile(document: Document): boolean {
    const last = this.#published.get(document.uri)
    if (!last || last.document === document || last.report.skipped) return false
    const { change, text } = document
    const edit = change?.from === last.document.revision ? change : editBetween(last.document.text, text)
    this.#send(document, { ...last.report, shown: moveReported(last.report.shown, edit) })
    return true
  }

  #send(document: Document, report: OpenReport): void {
    this.#considerLater(document)
    if (this.pulls) {
      this.#askToPull()
      return
    }
    const { uri, version } = document
    const diagnostics = this.#diagnostics(uri, report)
    const digest = JSON.stringify(diagnostics)
    const last = this.#published.get(uri)
    this.#published.set(uri, { document, report, digest })
    const isNews = last?.digest !== digest
    if (isNews || (this.#session.options.publishUnchanged && last.document !== document))
      void this.#session.connection.sendDiagnostics({ uri, version, diagnostics })
    this.status()
  }

  #askToPull(): void {
    const { capabilities, connection } = this.#session
    if (capabilities.workspace?.diagnostics?.refreshSupport) void connection.languages.diagnostics.refresh()
  }

  #settleLater({ uri }: Document): void {
    clearTimeout(this.#settling.get(uri))
    const timer = setTimeout(() => {
      this.#settling.delete(uri)
      const document = this.#session.document(uri)
      if (!document || !this.#session.isUnsettled(document)) return
      this.#session.release(uri)
      this.changed(uri)
    }, SETTLE_MS)
    timer.unref()
    this.#settling.set(uri, timer)
  }

  #considerLater(document: Document): void {
    const { related } = this.#session
    this.#whenStill(this.#relating, document, RELATE_MS, () => related.consider(document))
    this.#whenStill(this.#considering, document, CONSIDER_MS, () => {
      this.#session.patterns.consider(document)
      this.#session.considerLearned(document)
    })
  }

  /** Goes on when the document was not changed for so long. */
  #whenStill(timers: Map<string, NodeJS.Timeout>, document: Document, ms: number, go: () => void): void {
    const { uri } = document
    clearTimeout(timers.get(uri))
    const timer = setTimeout(() => {
      timers.delete(uri)
      if (this.#session.document(uri) === document) go()
    }, ms)
    timer.unref()
    timers.set(uri, timer)
  }

  /** Tells the status bar, after a moment in which more may change. */
  status(): void {
    const wait = Math.max(GATHER_MS, this.#statusAt + STATUS_MS - performance.now())
    this.#statusTimer ??= setTimeout(() => {
      this.#statusTimer = undefined
      this.#statusAt = performance.now()
      const findings = [...this.#published.values()].reduce((sum, it) => sum + it.report.shown.length, 0)
      const { endpoint } = this.#session.remote
      const status: Status = {
        state: this.#state,
        openFiles: this.#session.database.snapshot.documents.size,
        scannedFiles: this.scannedFiles,
        findings: findings + this.closedFindings(),
        memory: process.memoryUsage.rss(),
        bytesSent: endpoint.bytesSent,
        ...(endpoint.status && { endpoint: endpoint.status }),
        skipped: [...this.#skipped].map(([it, reason]) => ({ uri: it, reason })),
      }
      void this.#session.connection.sendNotification(STATUS, status)
    }, wait)
    this.#statusTimer.unref()
  }
}

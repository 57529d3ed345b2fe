// One client's session: what is open, under which settings, and what is derived from that. A value passed to every handler.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Locale, localeFor } from '@codeant/shared/locale.ts'
import {
  completeSettings,
  type EditorSettings,
  type InitializationOptions,
} from '@codeant/shared/protocol.ts'
import type { ClientCapabilities, Connection } from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Log } from '../base/log.ts'
import { Database } from '../database/database.ts'
import { admitText, decode, type SkipReason } from '../features/admission.ts'
import { analyseFile, type Engine, type FileResult } from '../features/analyse-file.ts'
import type { Baseline } from '../features/baseline.ts'
import { grammarOf, languageOf } from '../features/languages.ts'
import { LiveAnalysis, type Phase } from '../features/live-analysis.ts'
import { type FileReport, optIns, type Reported, reportFile } from '../features/report.ts'
import { loadBaseline } from '../host/node/baselines.ts'
import { shipped } from '../host/node/folders.ts'
import { Projects } from '../host/node/projects.ts'
import { Scanner } from '../host/node/scanner.ts'
import { RULES } from '../rules/registry.generated.ts'
import { RuleSet } from '../rules/rule-set.ts'
import type { Document } from '../text/document.ts'
import type { DiagnosticContext } from './convert.ts'

export interface SessionOptions {
  readonly connection: Connection
  readonly log: Log
  readonly capabilities: ClientCapabilities
  readonly folders: readonly string[]
  readonly options: InitializationOptions
  /** The editor's own language, as a tag. */
  readonly clientLocale: string | undefined
  readonly env: NodeJS.ProcessEnv
}

/** What is known of an open document. */
export interface OpenReport extends FileReport {
  readonly skipped?: SkipReason
}

export class Session {
  readonly connection: Connection
  readonly log: Log
  readonly capabilities: ClientCapabilities
  readonly options: InitializationOptions
  readonly database = new Database()
  readonly texts = new Map<string, TextDocument>()
  readonly rules = RuleSet.standard(RULES)
  readonly projects: Projects
  readonly scanner: Scanner
  folders: readonly string[]
  settings: EditorSettings
  readonly #clientLocale: string | undefined
  readonly #baselines = new Map<string, Baseline | undefined>()
  readonly #ready: Promise<Engine>
  #engine: Engine | undefined
  #live: LiveAnalysis | undefined

  constructor({ connection, log, capabilities, folders, options, clientLocale, env }: SessionOptions) {
    this.connection = connection
    this.log = log
    this.capabilities = capabilities
    this.folders = folders
    this.options = options
    this.settings = completeSettings(options.settings)
    this.#clientLocale = clientLocale
    const categories = new Set(RULES.map(it => `${it.id.slice(0, it.id.indexOf('/'))}/*`))
    this.projects = new Projects(id => this.rules.get(id) !== undefined || categories.has(id))
    for (const folder of folders) this.projects.open(folder)
    this.scanner = new Scanner({ projects: this.projects, rules: this.rules, log, env, cache: true })
    this.#ready = this.scanner.engine([]).then(engine => {
      this.#engine = engine
      this.#live = new LiveAnalysis(engine)
      return engine
    })
  }

  get locale(): Locale {
    const { locale } = this.settings
    return locale === 'auto' ? localeFor(this.#clientLocale) : locale
  }

  /** The engine with the rules that this file's settings want. */
  engineFor(file: string): Engine {
    const { parser, rules } = this.#engine!
    return { parser, rules: rules.with(optIns(rules, this.projects.of(file).settings)) }
  }

  /** Loads what this document needs. Afterwards, `report` answers at once. */
  async prepare({ language, uri }: Pick<Document, 'language' | 'uri'>): Promise<void> {
    const { parser } = await this.#ready
    const grammar = grammarOf(language, uri)
    if (grammar) await parser.load(grammar)
  }

  isPrepared({ language, uri }: Pick<Document, 'language' | 'uri'>): boolean {
    const grammar = grammarOf(language, uri)
    return this.#engine !== undefined && (!grammar || this.#engine.parser.isLoaded(grammar))
  }

  /**
   * What is to be said of an open document as it is now. Undefined for a large one whose analysis is still under way: a
   * request must not wait for it.
   */
  report(document: Document): OpenReport | undefined {
    if (this.isLarge(document) && !this.#live!.known(document)) return undefined
    const steps = this.steps(document)
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }

  /** The findings to show for an open document; none while a large one is being analysed. */
  shown(document: Document): readonly Reported[] {
    return this.report(document)?.shown ?? []
  }

  isLarge({ text }: Document): boolean {
    return text.length > LARGE
  }

  /** The same in slices. */
  *steps(document: Document, pause?: () => boolean): Generator<Phase, OpenReport> {
    const file = filePath(document.uri)
    const { settings } = this.projects.of(file)
    if (this.projects.isIgnored(file)) return { shown: [], suppressed: 0, known: 0 }
    const refused = admitText(document.text, document.language, settings)
    if (refused) return { shown: [], suppressed: 0, known: 0, skipped: refused }
    const path = this.projects.pathOf(file)
    const result = yield* this.#live!.steps(document, path, optIns(this.rules, settings), pause)
    const report = this.reportResult(file, path, result)
    return result.skipped ? { ...report, skipped: result.skipped } : report
  }

  /** The same for a result from elsewhere, such as a scan. */
  reportResult(file: string, path: string, result: FileResult): FileReport {
    const project = this.projects.of(file)
    const baseline = this.#baselineOf(file)
    const today = new Date().toISOString().slice(0, 10)
    return reportFile(path, result, {
      rules: this.rules,
      settings: project.settings,
      today,
      ...(baseline && { baseline }),
    })
  }

  /** See `LiveAnalysis.isUnsettled`. */
  isUnsettled(document: Document): boolean {
    return this.#live?.isUnsettled(document) ?? false
  }

  release(uri: string): void {
    this.#live?.release(uri)
  }

  /** Settings, baselines or files changed on disk. */
  forgetSettings(): void {
    this.projects.forget()
    this.#baselines.clear()
    this.database.apply([{ kind: 'world' }])
  }

  document(uri: string): Document | undefined {
    return this.database.snapshot.documents.get(uri)
  }

  get diagnosticContext(): DiagnosticContext {
    return { rules: this.rules, locale: this.locale, pageOf }
  }

  #baselineOf(file: string): Baseline | undefined {
    const project = this.projects.of(file)
    if (!this.#baselines.has(project.root)) {
      this.#baselines.set(
        project.root,
        loadBaseline(project, other => this.#analyseOnDisk(other)),
      )
    }
    return this.#baselines.get(project.root)
  }

  #analyseOnDisk(file: string): FileResult | undefined {
    const path = this.projects.pathOf(file)
    const language = languageOf(path)
    const grammar = language && grammarOf(language, path)
    if (!language || !this.#engine || (grammar && !this.#engine.parser.isLoaded(grammar))) return undefined
    try {
      const decoded = decode(readFileSync(file))
      return decoded && analyseFile(this.engineFor(file), path, language, decoded.text)
    } catch {
      return undefined // gone or unreadable: it has no findings today
    }
  }
}

/** Characters above which a document is analysed in slices only: a full analysis of this much takes some 50 ms. */
const LARGE = 150_000

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

/** The shipped page about a rule. */
function pageOf(rule: string, locale: Locale): string | undefined {
  const page = new URL(`${locale}/rules/${rule}.md`, shipped('docs'))
  let known = PAGES.get(page.href)
  if (known === undefined) {
    known = existsSync(page)
    PAGES.set(page.href, known)
  }
  return known ? page.href : undefined
}

const PAGES = new Map<string, boolean>()

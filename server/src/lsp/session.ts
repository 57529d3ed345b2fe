// One client's session: what is open, under which settings, and what is derived from that. A value passed to every handler.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@codeant/shared/finding.ts'
import { type Locale, localeFor } from '@codeant/shared/locale.ts'
import {
  completeSettings,
  type EditorSettings,
  type InitializationOptions,
} from '@codeant/shared/protocol.ts'
import { type ModelSettings, modelSettings } from '@codeant/shared/settings.ts'
import {
  type ClientCapabilities,
  type Connection,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Log } from '../base/log.ts'
import { Database } from '../database/database.ts'
import { admitText, decode, type SkipReason } from '../features/admission.ts'
import { analyseFile, type Engine, type FileResult, isCode, likelihoodsOf } from '../features/analyse-file.ts'
import type { Baseline } from '../features/baseline.ts'
import { COMPONENT, codeFactSteps, textFacts } from '../features/file-facts.ts'
import { grammarOf, languageOf } from '../features/languages.ts'
import { patternOf } from '../features/learned/dismissals.ts'
import { acceptedOnly, Judgements } from '../features/learned/judgements.ts'
import { LearnedDocuments } from '../features/learned/open-documents.ts'
import { type Read, type ReviewOptions, review } from '../features/learned/review.ts'
import { type Doubt, secondOpinions } from '../features/learned/second-opinion.ts'
import { isContent } from '../features/learned/verify.ts'
import { LiveAnalysis, type Phase } from '../features/live-analysis.ts'
import { modelNotice } from '../features/model-words.ts'
import { withMore } from '../features/more-findings.ts'
import { type FileReport, optIns, type Reported, reportFile, ruleSettings } from '../features/report.ts'
import { withRelated } from '../features/workspace-graphs.ts'
import type { FileFacts } from '../graph/facts.ts'
import { installedAdvisories } from '../host/node/advisory-index.ts'
import { loadBaseline } from '../host/node/baselines.ts'
import { InstalledBugFinder, secretThreshold } from '../host/node/bug-finder.ts'
import { DismissalsOnDisk } from '../host/node/dismissals.ts'
import { installedRanker } from '../host/node/finding-ranker.ts'
import { digest, shipped } from '../host/node/folders.ts'
import { Models } from '../host/node/models.ts'
import { Projects } from '../host/node/projects.ts'
import { Scanner } from '../host/node/scanner.ts'
import { RULES } from '../rules/registry.generated.ts'
import { RuleSet } from '../rules/rule-set.ts'
import { rulesWith } from '../rules/security/known-advisory.ts'
import type { Grammar } from '../syntax/language.ts'
import { TooDeep } from '../syntax/parser.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Document } from '../text/document.ts'
import { type DiagnosticContext, filePath, fileUri } from './convert.ts'
import { SessionEndpoint } from './endpoint.ts'
import { SessionPatterns } from './patterns.ts'
import { RelatedDocuments } from './related-documents.ts'

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
  readonly env: NodeJS.ProcessEnv
  readonly database = new Database()
  readonly texts = new Map<string, TextDocument>()
  readonly rules: RuleSet
  readonly projects: Projects
  readonly scanner: Scanner
  readonly models: Models
  /** Findings of the bug finder; whoever publishes says what happens when there are others. */
  readonly learned: LearnedDocuments
  learnedNews: (uri: string) => void = () => {}
  /** What the other files of its project say to a document. */
  readonly related: RelatedDocuments
  /** What the rules in patterns say that projects bring along. */
  readonly patterns: SessionPatterns
  /** The team's own endpoint, where the user switched it on. */
  readonly remote: SessionEndpoint
  folders: readonly string[]
  settings: EditorSettings
  readonly #clientLocale: string | undefined
  readonly #likelihoods = new WeakMap<FileResult, ReadonlyMap<Finding, number>>()
  readonly #doubts = new WeakMap<Document, readonly Doubt[]>()
  readonly #baselines = new Map<string, Baseline | undefined>()
  readonly #bugFinder: InstalledBugFinder
  readonly #dismissals: DismissalsOnDisk
  readonly #judgements: Judgements
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
    this.env = env
    this.rules = RuleSet.standard(rulesWith(RULES, installedAdvisories(env)))
    const categories = new Set(RULES.map(it => `${it.id.slice(0, it.id.indexOf('/'))}/*`))
    this.projects = new Projects(
      id => this.rules.get(id) !== undefined || categories.has(id) || id.startsWith('own/'),
    )
    for (const folder of folders) this.projects.open(folder)
    this.scanner = new Scanner({
      ...{ projects: this.projects, rules: this.rules, log, env, cache: true, neverHere: true },
      know: it => this.patterns.know(it),
    })
    this.patterns = new SessionPatterns(this)
    this.models = new Models({
      settings: this.#modelSettings(),
      env,
      log,
      cache: true,
      notify: notice => this.warn(modelNotice(notice, this.locale)),
      budgetPerMs: MODEL_BUDGET_MS,
    })
    this.#bugFinder = new InstalledBugFinder(this.models)
    this.#dismissals = new DismissalsOnDisk(env)
    this.#judgements = new Judgements({
      backend: this.models.backend,
      rules: this.rules,
      threshold: () => secretThreshold(this.models),
    })
    this.learned = new LearnedDocuments({
      review: (document, read, isAsked, signal) => this.#review(document, read, isAsked, signal),
      reconsider: (document, signal) => this.#reconsider(document, signal),
      news: uri => this.learnedNews(uri),
    })
    this.related = new RelatedDocuments(this)
    this.remote = new SessionEndpoint(this, env)
    this.remote.allowedNews = () => this.#reconsiderAll()
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

  /** Where the editor shows messages. A notification: the request of the same name would want an answer. */
  warn(message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Warning,
      message,
    })
  }

  /** The engine with the rules that this file's settings want. */
  engineFor(file: string): Engine {
    return { parser: this.#engine!.parser, rules: this.rulesOf(file) }
  }

  /** Loads what this document needs. Afterwards, `report` answers at once. */
  async prepare({ language, uri }: Pick<Document, 'language' | 'uri'>): Promise<void> {
    const { parser } = await this.#ready
    const grammar = COMPONENT.test(uri) ? 'typescript' : grammarOf(language, uri)
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

  /** The same with how likely each is to be acted on; too slow for every keystroke. */
  ranked(document: Document): readonly Reported[] {
    const shown = this.shown(document)
    const known = shown.length > 0 ? this.#live?.known(document) : undefined
    if (!known) return shown
    if (!this.#likelihoods.has(known)) this.#likelihoods.set(known, this.#rank(document, known))
    const likelihoods = this.#likelihoods.get(known)
    return shown.map(it => {
      const likelihood = likelihoods?.get(it.finding)
      return likelihood === undefined ? it : { ...it, likelihood }
    })
  }

  #rank(document: Document, { findings }: FileResult): ReadonlyMap<Finding, number> {
    const { language, uri } = document
    const semantics = this.#live?.semantics(document)
    const ranker = installedRanker(this.env)?.ranker
    if (!ranker || !semantics || !isCode(language)) return new Map()
    const file = filePath(uri)
    const { rules } = this.engineFor(file)
    const all = likelihoodsOf(ranker, this.projects.pathOf(file), language, semantics, findings, rules)
    return new Map(findings.map((it, i) => [it, all[i]!]))
  }

  /** Findings less likely than this are held back where there is a list; undefined: none is. */
  get holdBack(): number | undefined {
    return this.#modelSettings().enabled ? installedRanker(this.env)?.holdBack : undefined
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
    const tree = this.#live!.semantics(document)?.tree
    const { text } = document
    const accepted = acceptedOnly(result, it => this.#judgements.isAccepted(text, it))
    const related = withRelated(accepted, document.text, this.related.findings(document))
    const all = withMore(
      this.learned.added(document, related, tree),
      this.patterns.documents.findings(document),
      document.text,
      tree,
    )
    const report = this.reportResult(file, path, all)
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
      versions: this.projects.versionsAround(file),
      ...(baseline && { baseline }),
    })
  }

  /** Asks the bug finder about what changed in a document whose analysis is known. What it says comes as `learnedNews`. */
  considerLearned(document: Document): void {
    const semantics = this.#live?.semantics(document)
    const file = filePath(document.uri)
    if (!semantics || this.projects.isIgnored(file)) return
    const known = this.#live?.known(document)
    if (known)
      this.#judgements
        .ask(document.text, known.findings, 'visible', new AbortController().signal)
        .then(isNews => isNews && this.learnedNews(document.uri))
        .catch(error => this.log.warn(`the model of secrets: ${String(error)}`))
    const { tree, scopes } = semantics
    this.learned
      .consider(document, { path: this.projects.pathOf(file), tree, scopes }, this.#modelSettings().functions)
      .catch(error => this.log.warn(`the bug finder: ${String(error)}`))
  }

  /** Settings changed: models run under the new ones, and what they said is asked again. */
  async configureModels(): Promise<void> {
    this.learned.forget()
    this.remote.configure()
    await this.models.configure(this.#modelSettings())
  }

  async #review(
    document: Document,
    read: Read,
    isAsked: (start: number, end: number) => boolean,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> {
    const options = this.#reviewOptions(filePath(document.uri))
    if (!options) return []
    const doubts: Doubt[] = []
    const doubted = (it: Doubt) => void doubts.push(it)
    const findings = await review(read, { ...options, doubted }, isAsked, 'edited', signal)
    this.#doubts.set(document, doubts)
    return findings
  }

  /** What others say where the model of this machine is not sure. Nothing that is known already waits for it. */
  async #reconsider(document: Document, signal: AbortSignal): Promise<readonly Finding[]> {
    const doubts = this.#doubts.get(document) ?? []
    const options = doubts.length > 0 ? this.#reviewOptions(filePath(document.uri)) : undefined
    const others = options && this.remote.others(document, this.#engine!.parser)
    return others ? secondOpinions(doubts, options, others, signal) : []
  }

  #reconsiderAll(): void {
    for (const it of this.database.snapshot.documents.values())
      if (this.isPrepared(it)) this.considerLearned(it)
  }

  /** A learned finding is no bug, says the user: it goes, and does not come back. */
  dismiss(uri: string, rule: string, start: number): void {
    const document = this.document(uri)
    const finding =
      document && this.learned.findings(document).find(it => it.rule === rule && it.start === start)
    if (!document || !finding) return
    this.#dismissals.add(patternOf(finding, document.text, digest))
    this.learned.drop(document, it => this.#dismissals.has(patternOf(it, document.text, digest)))
  }

  /** See `isContent`; `text` is the document's, repaired at `at`. */
  async isContent(
    { uri, language }: Document,
    text: string,
    rule: string,
    at: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const file = filePath(uri)
    const options = this.#reviewOptions(file)
    const path = this.projects.pathOf(file)
    return (
      options !== undefined &&
      isContent(this.#engine!.parser, { path, language, text }, rule, at, options, signal)
    )
  }

  #reviewOptions(file: string): ReviewOptions | undefined {
    const model = this.#bugFinder.get()
    const { settings } = this.projects.of(file)
    const isWanted = (rule: string) => ruleSettings(rule, settings).enabled === true
    const isDismissed = (it: Finding, text: string) => this.#dismissals.has(patternOf(it, text, digest))
    const now = () => performance.now()
    return model && { backend: this.models.backend, model, isWanted, isDismissed, now }
  }

  #modelSettings(): ModelSettings {
    const [folder] = this.folders
    const project = folder === undefined ? {} : this.projects.at(folder).settings.models
    return modelSettings(project, this.settings.models)
  }

  /** What is said of the document is what was true before it was broken. */
  isWaiting(document: Document): boolean {
    return this.#live?.isWaiting(document) ?? false
  }

  /** See `LiveAnalysis.isUnsettled`. */
  isUnsettled(document: Document): boolean {
    return this.#live?.isUnsettled(document) ?? false
  }

  release(uri: string): void {
    this.#live?.release(uri)
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    this.remote.endpoint.close()
    await Promise.all([this.models.close(), this.scanner.close(), this.patterns.close()])
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
    const beside = (uri: string, path: string) => this.textIn(this.projects.of(filePath(uri)).root, path)
    return { rules: this.rules, locale: this.locale, pageOf, beside }
  }

  /** A file of a project, as the client has it or as it is on disk. */
  textIn(root: string, path: string): TextDocument | undefined {
    const file = join(root, path)
    const open = this.texts.get(fileUri(file)) ?? this.#openAt(file)
    if (open) return open
    const text = this.onDisk(file)
    return text === undefined ? undefined : TextDocument.create(fileUri(file), '', 0, text)
  }

  /** The text of a file, whatever the client has of it; undefined when it is gone. */
  onDisk(file: string): string | undefined {
    try {
      return decode(readFileSync(file))?.text
    } catch {
      return undefined
    }
  }

  /** Clients write the same URI in more than one way. */
  #openAt(file: string): TextDocument | undefined {
    for (const [uri, text] of this.texts) if (filePath(uri) === file) return text
    return undefined
  }

  /** A text that is not open, read once. Undefined where its grammar is not loaded, or it is too deep. */
  parsed(text: string, grammar: Grammar): SyntaxTree | undefined {
    const { parser } = this.#engine!
    if (!parser.isLoaded(grammar)) return undefined
    try {
      return parser.parseOnce(text, grammar)
    } catch (error) {
      if (error instanceof TooDeep) return undefined
      throw error
    }
  }

  /** What was read of a document, unless it is broken. */
  tree(document: Document): SyntaxTree | undefined {
    return this.#live?.semantics(document)?.tree
  }

  /** The rules that a project lets run: those that are on by default, and those that its settings switch on. */
  rulesOf(file: string): RuleSet {
    return this.rules.with(optIns(this.rules, this.projects.of(file).settings))
  }

  /** What a document tells others; undefined while it is broken. The steps hold for as long as the document is what it was. */
  *factSteps(document: Document): Generator<void, FileFacts | undefined> {
    const { language, uri } = document
    const file = filePath(uri)
    const path = this.projects.pathOf(file)
    const rules = this.rulesOf(file)
    if (!isCode(language)) return textFacts(this.#engine!.parser, path, document.text, rules) ?? NO_FACTS
    const semantics = this.#live?.semantics(document)
    return semantics && (yield* codeFactSteps(path, language, semantics, rules))
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

const NO_FACTS: FileFacts = { rows: {}, places: {} }

/** The budget of time that settings give to models is one for each ten minutes of an editing session. */
const MODEL_BUDGET_MS = 600_000

/** Characters above which a document is analysed in slices only: a full analysis of this much takes some 50 ms. */
const LARGE = 150_000

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

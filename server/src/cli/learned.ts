// Asks the bug finder about the files of an analysis, where somebody wants that.

import type { Finding } from '@codeant/shared/finding.ts'
import { modelSettings } from '@codeant/shared/settings.ts'
import { grammarOf } from '../features/languages.ts'
import { LEARNED_LANGUAGES } from '../features/learned/bug-finder.ts'
import { isChanged, type KnownFunctions } from '../features/learned/changed-functions.ts'
import { patternOf } from '../features/learned/dismissals.ts'
import { mayBeShown } from '../features/learned/findings.ts'
import { acceptedOnly, Judgements } from '../features/learned/judgements.ts'
import { withLearned } from '../features/learned/open-documents.ts'
import { type ReviewOptions, readAndReview } from '../features/learned/review.ts'
import { isContent } from '../features/learned/verify.ts'
import { modelNotice } from '../features/model-words.ts'
import { ruleSettings } from '../features/report.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { InstalledBugFinder, secretThreshold } from '../host/node/bug-finder.ts'
import { DismissalsOnDisk } from '../host/node/dismissals.ts'
import { digest } from '../host/node/folders.ts'
import { Models } from '../host/node/models.ts'
import type { ModelNotice } from '../inference/local/models.ts'
import type { Terminal } from './terminal.ts'
import { readText, type Workspace } from './workspace.ts'

/** Which functions are asked about. */
export const LEARNED_SCOPES = ['off', 'changed', 'all'] as const
export type LearnedScope = (typeof LEARNED_SCOPES)[number]

export interface LearnedOptions {
  /** In seconds, where it is not what settings say. */
  readonly timeBudget?: number
  readonly notify?: (notice: ModelNotice) => void
}

export class LearnedAnalysis {
  readonly #workspace: Workspace
  readonly #cwd: string
  readonly #models: Models
  readonly #bugFinder: InstalledBugFinder
  readonly #dismissals: DismissalsOnDisk
  readonly #judgements: Judgements
  readonly #known: (file: string) => KnownFunctions | undefined

  /** `known`: the functions that a file had before; undefined: all of them are new. */
  constructor(
    workspace: Workspace,
    terminal: Terminal,
    cache: boolean,
    known: (file: string) => KnownFunctions | undefined = () => undefined,
    { timeBudget, notify }: LearnedOptions = {},
  ) {
    this.#workspace = workspace
    this.#cwd = terminal.cwd
    this.#known = known
    this.#models = new Models({
      settings: {
        ...modelSettings(workspace.projects.at(terminal.cwd).settings.models),
        ...(timeBudget !== undefined && { timeBudget }),
      },
      env: terminal.env,
      log: workspace.log,
      cache,
      notify: it => {
        workspace.log.warn(modelNotice(it, terminal.locale))
        notify?.(it)
      },
    })
    this.#bugFinder = new InstalledBugFinder(this.#models)
    this.#dismissals = new DismissalsOnDisk(terminal.env)
    this.#judgements = new Judgements({
      backend: this.#models.backend,
      rules: workspace.rules,
      threshold: () => secretThreshold(this.#models),
    })
  }

  /** Whether the settings of the current folder, or what a kind has passed, let the bug finder say anything. */
  get maySpeak(): boolean {
    const model = this.#bugFinder.get()
    if (!model) return true // that its files are not there was told already
    const { settings } = this.#workspace.projects.at(this.#cwd)
    const isWanted = (rule: string) => ruleSettings(rule, settings).enabled === true
    return LEARNED_LANGUAGES.some(it => mayBeShown(model, it, isWanted))
  }

  /** The answer without what a model does not agree with. */
  async judge(answer: ScanAnswer): Promise<ScanAnswer> {
    const { file, result } = answer
    if (!result.findings.some(it => this.#workspace.rules.get(it.rule)?.judgedBy)) return answer
    const text = readText(file) ?? ''
    await this.#judgements.ask(text, result.findings, 'idle', NEVER)
    return { ...answer, result: acceptedOnly(result, it => this.#judgements.isAccepted(text, it)) }
  }

  /** The answer with what the bug finder says of the file's functions. */
  async add(answer: ScanAnswer): Promise<ScanAnswer> {
    if (answer.result.skipped) return answer
    const text = readText(answer.file)
    const read = text === undefined ? undefined : await this.#read(answer, text)
    return read ? { ...answer, result: withLearned(answer.result, read.findings, text!, read.tree) } : answer
  }

  /** What the bug finder says of the file now that its text is this one. */
  async findings(answer: ScanAnswer, text: string): Promise<readonly Finding[]> {
    return (await this.#read(answer, text))?.findings ?? []
  }

  /** Whether it says nothing of this kind any more of the function around `at`, now that the file's text is this one. */
  async isContent(
    { file, path, language }: ScanAnswer,
    text: string,
    rule: string,
    at: number,
  ): Promise<boolean> {
    const options = this.#options(file)
    if (!options) return false
    const { parser } = await this.#workspace.scanner.engine([{ language, path }])
    return isContent(parser, { path, language, text }, rule, at, options, NEVER)
  }

  async #read({ file, path, language }: ScanAnswer, text: string) {
    const options = this.#options(file)
    const grammar = grammarOf(language, path)
    if (!options || !grammar) return undefined
    const { parser } = await this.#workspace.scanner.engine([{ language, path }])
    const known = this.#known(file)
    const isAsked = (start: number, end: number) => known === undefined || isChanged(known, text, start, end)
    return readAndReview(parser, { path, grammar, text }, options, isAsked, 'idle', NEVER)
  }

  /** Undefined when there is no bug finder. */
  #options(file: string): ReviewOptions | undefined {
    const model = this.#bugFinder.get()
    const { settings } = this.#workspace.projects.of(file)
    const isWanted = (rule: string) => ruleSettings(rule, settings).enabled === true
    const isDismissed = (it: Finding, text: string) => this.#dismissals.has(patternOf(it, text, digest))
    const now = () => performance.now()
    return model && { backend: this.#models.backend, model, isWanted, isDismissed, now }
  }

  close(): Promise<void> {
    return this.#models.close()
  }
}

const NEVER = new AbortController().signal

// What every analysing command needs: the rules, the projects, the scanner, and the day.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ProjectSettings, RuleSettings } from '@codeant/shared/settings.ts'
import type { Log } from '../base/log.ts'
import { decode } from '../features/admission.ts'
import { analyseFile, type Engine, type FileResult } from '../features/analyse-file.ts'
import type { Baseline } from '../features/baseline.ts'
import { OWN, packRuleAsRule, summaryOf } from '../features/pack-rules.ts'
import { type FileReport, reportFile, ruleSettings } from '../features/report.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { SETTINGS_WORDS } from '../features/settings-words.ts'
import { installedAdvisories } from '../host/node/advisory-index.ts'
import { loadBaseline } from '../host/node/baselines.ts'
import type { LoadedPack } from '../host/node/packs.ts'
import { isProjectRule } from '../host/node/project-rules.ts'
import { type Project, Projects } from '../host/node/projects.ts'
import { Scanner } from '../host/node/scanner.ts'
import { RULES } from '../rules/registry.generated.ts'
import { RuleSet } from '../rules/rule-set.ts'
import { rulesWith } from '../rules/security/known-advisory.ts'
import { announceRefused } from './packs.ts'
import type { Terminal } from './terminal.ts'
import { paint } from './terminal.ts'

export interface Workspace {
  readonly rules: RuleSet
  readonly projects: Projects
  readonly scanner: Scanner
  readonly today: string
  readonly log: Log
  /** Whether this is the id of a rule or of a category. */
  readonly isKnown: (id: string) => boolean
}

export interface WorkspaceOptions {
  readonly cache: boolean
  readonly threads?: number
  /** Ids of rules or categories: nothing else is looked for. */
  readonly only?: readonly string[]
  /** YYYY-MM-DD, where it is not the day of the clock. */
  readonly today?: string
  /** Rules that people brought, besides those of their projects. */
  readonly pack?: LoadedPack
}

export function openWorkspace(
  terminal: Terminal,
  { cache, threads, only, today, pack }: WorkspaceOptions,
): Workspace {
  const rules = RuleSet.standard(rulesWith(RULES, installedAdvisories(terminal.env)))
  if (pack) rules.know(pack.pack.rules.map(it => packRuleAsRule(summaryOf(it))))
  const log: Log = {
    info() {},
    warn: it => terminal.err.write(`${paint(terminal.err, 'yellow', 'codeant:')} ${it}\n`),
    error: it => terminal.err.write(`${paint(terminal.err, 'red', 'codeant:')} ${it}\n`),
  }
  const isKnown = (id: string) =>
    rules.get(id) !== undefined ||
    id.startsWith('own/') ||
    RULES.some(it => id === `${it.id.slice(0, it.id.indexOf('/'))}/*`)
  const projects = new Projects(isKnown, only && (it => onlyRules(rules, it, only)))
  projects.open(terminal.cwd)
  const scanner = new Scanner({
    ...{ projects, rules, log, env: terminal.env, cache },
    ...(threads && { threads }),
    ...(pack && { pack }),
    ...(only?.every(it => it === OWN || it.startsWith(`${OWN}/`)) && { patternsOnly: true }),
    async know(origin) {
      const loaded = await scanner.loaded(origin)
      rules.know(loaded.pack.rules.map(it => packRuleAsRule(summaryOf(it))))
      // Of the others it was told when they were asked for, or added.
      announceRefused(
        loaded.refused.filter(it => isProjectRule(it.file)),
        terminal,
      )
    },
  })
  return {
    rules,
    projects,
    scanner,
    today: today ?? new Date().toISOString().slice(0, 10),
    log,
    isKnown: id => isKnown(id) || isKnown(`${id}/*`),
  }
}

/** Settings under which only the named rules run. One that is off by default runs when it is named itself. */
function onlyRules(rules: RuleSet, settings: ProjectSettings, only: readonly string[]): ProjectSettings {
  const table: Record<string, RuleSettings> = {}
  for (const rule of rules.rules) {
    const own = ruleSettings(rule.id, settings)
    if (only.includes(rule.id)) table[rule.id] = { ...own, enabled: true }
    else if (only.includes(rule.id.slice(0, rule.id.indexOf('/')))) table[rule.id] = own
    else table[rule.id] = { ...own, enabled: false }
  }
  // Rules that people wrote themselves are known when their files are.
  table[`${OWN}/*`] = { ...settings.rules[`${OWN}/*`], enabled: only.includes(OWN) }
  for (const id of only)
    if (id.startsWith(`${OWN}/`)) table[id] = { ...ruleSettings(id, settings), enabled: true }
  return { ...settings, rules: table }
}

/** Says what is wrong with settings files. Returns how many problems there are. */
export function announceSettings({ projects }: Workspace, terminal: Terminal): number {
  for (const it of projects.problems) {
    terminal.err.write(
      `${paint(terminal.err, 'red', it.file)}: ${SETTINGS_WORDS[terminal.locale][it.code](it.key, it.expected)}\n`,
    )
  }
  return projects.problems.length
}

/** Reports of answers, each under the settings and the baseline of its own project. */
export class Reporter {
  readonly #workspace: Workspace
  readonly #useBaseline: boolean
  readonly #baselines = new Map<string, Baseline | undefined>()
  #engine: Engine | undefined

  constructor(workspace: Workspace, useBaseline: boolean) {
    this.#workspace = workspace
    this.#useBaseline = useBaseline
  }

  /** An engine of this thread, for looking into the files that a baseline names. */
  async prepare(): Promise<void> {
    const all = ['a.py', 'a.js', 'a.ts', 'a.tsx', 'a.rs'] as const
    const language = {
      py: 'python',
      js: 'javascript',
      ts: 'typescript',
      tsx: 'typescript',
      rs: 'rust',
    } as const
    if (this.#useBaseline)
      this.#engine = await this.#workspace.scanner.engine(
        all.map(path => ({ path, language: language[path.slice(2) as keyof typeof language] })),
      )
  }

  report(answer: Pick<ScanAnswer, 'file' | 'path' | 'result'>): FileReport {
    const { projects, rules, today } = this.#workspace
    const project = projects.of(answer.file)
    const baseline = this.#baselineOf(project)
    return reportFile(answer.path, answer.result, {
      rules,
      settings: project.settings,
      today,
      versions: projects.versionsAround(answer.file),
      ...(baseline && { baseline }),
    })
  }

  #baselineOf(project: Project): Baseline | undefined {
    if (!this.#useBaseline) return undefined
    if (!this.#baselines.has(project.root))
      this.#baselines.set(
        project.root,
        loadBaseline(project, file => this.#analyse(file)),
      )
    return this.#baselines.get(project.root)
  }

  #analyse(file: string): FileResult | undefined {
    const request = this.#workspace.scanner.request(file)
    const text = readText(file)
    const pack = request?.pack && this.#workspace.scanner.loadedAlready(request.pack)
    return request && text !== undefined && this.#engine
      ? analyseFile(
          {
            ...this.#engine,
            rules: this.#engine.rules.with(request.optIns),
            ...(pack && { pack: pack.pack }),
          },
          request.path,
          request.language,
          text,
        )
      : undefined
  }
}

/** The text of a file, or undefined when it cannot be read as text any more. */
export function readText(file: string): string | undefined {
  try {
    return decode(readFileSync(file))?.text
  } catch {
    return undefined
  }
}

export function absolute(terminal: Terminal, place: string): string {
  return resolve(terminal.cwd, place)
}

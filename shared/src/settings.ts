// Every setting of a project, in one place: `.codeant.toml`, the editor and the command line all come down to this.

import { readArchitecture } from './architecture.ts'
import { SEVERITIES, type Severity } from './finding.ts'

export interface RuleSettings {
  /** Undefined: as the rule itself has it. */
  readonly enabled?: boolean
  readonly severity?: Severity
  /** For rules that measure. */
  readonly limit?: number
}

/** How models run on this machine. What a project asks for is at most what the person at the editor allows. */
export interface ModelSettings {
  readonly enabled: boolean
  /** Which functions the bug finder reads: those that were changed, or all. */
  readonly functions: ModelFunctions
  /** `web`: never the native engine, not even where it is installed. */
  readonly engine: ModelEngine
  /** Each holds sessions of its own. */
  readonly threads: number
  /** What the models of all threads may take, the engine aside. In MiB. */
  readonly memoryLimit: number
  /** Computing for what nobody waits for, in seconds: in one run of the command line, in any ten minutes of the editor. */
  readonly timeBudget: number
  /** Threads that nobody asked anything for so many seconds are ended. */
  readonly releaseAfter: number
}

export const MODEL_FUNCTIONS = ['changed', 'all'] as const
export type ModelFunctions = (typeof MODEL_FUNCTIONS)[number]

export const MODEL_ENGINES = ['auto', 'web'] as const
export type ModelEngine = (typeof MODEL_ENGINES)[number]

export const DEFAULT_MODEL_SETTINGS: ModelSettings = {
  enabled: true,
  functions: 'changed',
  engine: 'auto',
  // A second one halves the wait on an idle computer, and takes its memory and a core from everything else.
  threads: 1,
  // Eight times what a model of eight megabytes takes for the longest functions that it reads.
  memoryLimit: 512,
  // Some three thousand functions of middle length; in the editor a tenth of one core at most.
  timeBudget: 60,
  // Loading again costs half a second; a person who reads comes back to typing within this.
  releaseAfter: 120,
}

/** More threads than this gain nothing: they wait for the same memory. */
export const MAX_MODEL_THREADS = 2

/** What a project wants, within what the editor allows. */
export function modelSettings(
  project: Partial<ModelSettings>,
  editor: Partial<ModelSettings> = {},
): ModelSettings {
  const both = { ...DEFAULT_MODEL_SETTINGS, ...editor, ...project }
  const least = (key: 'threads' | 'memoryLimit' | 'timeBudget' | 'releaseAfter') =>
    Math.min(both[key], editor[key] ?? both[key])
  return {
    enabled: both.enabled && editor.enabled !== false,
    // More than the other wants costs time, which has a limit of its own.
    functions: [editor.functions, project.functions].includes('all') ? 'all' : both.functions,
    engine: editor.engine === 'web' ? 'web' : both.engine,
    threads: least('threads'),
    memoryLimit: least('memoryLimit'),
    timeBudget: least('timeBudget'),
    releaseAfter: least('releaseAfter'),
  }
}

export interface ProjectSettings {
  /** A project begins here: settings of folders above do not count, and paths are relative to this folder. */
  readonly root: boolean
  /** Glob patterns, as in `.gitignore`, of files that are not analysed. */
  readonly ignore: readonly string[]
  /** By rule id, or by category with `/*` behind it. */
  readonly rules: Readonly<Record<string, RuleSettings>>
  /** Larger files are skipped, and that is said. In bytes. */
  readonly maxFileSize: number
  /** A file that takes longer is given up, and that is said. In milliseconds. */
  readonly maxFileTime: number
  /** Where the recorded findings lie, relative to the settings' own folder. */
  readonly baseline: string
  /** A suppression must say why. */
  readonly requireReason: boolean
  /** Only what the project says itself: the rest is the machine's affair. */
  readonly models: Partial<ModelSettings>
  /** What the project says about the team's own endpoint: it can forbid it, and nothing in a project can allow it. */
  readonly remote: ProjectRemoteSettings
  /** The rules that the team gave itself in words, in `*.codeant`. */
  readonly sentences: readonly string[]
  /** What the settings of other checkers switch off stays off here too, and limits that they raise are raised. */
  readonly otherCheckers: boolean
  /** What that comes to, by rule id, beneath `rules`. No settings file of ours says it. */
  readonly elsewhere: Readonly<Record<string, Pick<RuleSettings, 'enabled' | 'limit'>>>
}

export interface ProjectRemoteSettings {
  readonly forbid: boolean
}

export const DEFAULT_SETTINGS: ProjectSettings = {
  root: false,
  ignore: [],
  rules: {},
  // Larger files are data or generated nearly without exception; other analysers draw the line here too.
  maxFileSize: 1024 * 1024,
  // Ten times what the slowest megabyte of real code took on two old cores.
  maxFileTime: 10_000,
  baseline: '.codeant-baseline.json',
  requireReason: true,
  models: {},
  remote: { forbid: false },
  sentences: [],
  otherCheckers: true,
  elsewhere: {},
}

/** What is wrong with a settings file, where it can be told. */
export interface SettingsProblem {
  /** The dotted path of the key. */
  readonly key: string
  readonly code: 'unknown-key' | 'wrong-type' | 'unknown-rule' | 'unknown-value' | 'too-many-files' | 'syntax'
  /** What was expected, in a form that needs no translation: a type or a list of values. */
  readonly expected: string
}

const KEYS: Readonly<Record<string, string>> = {
  root: 'boolean',
  ignore: 'string[]',
  'max-file-size': 'number > 0',
  'max-file-time': 'number > 0',
  baseline: 'string',
  'require-reason': 'boolean',
  'other-checkers': 'boolean',
  rules: 'table',
  models: 'table',
  remote: 'table',
  architecture: 'table',
}

const MODEL_KEYS: Readonly<Record<string, string>> = {
  enabled: 'boolean',
  functions: MODEL_FUNCTIONS.map(it => `"${it}"`).join(' | '),
  engine: MODEL_ENGINES.map(it => `"${it}"`).join(' | '),
  threads: `1–${MAX_MODEL_THREADS}`,
  'memory-limit': 'number > 0',
  'time-budget': 'number > 0',
  'release-after': 'number > 0',
}

/** Reads a parsed `.codeant.toml`. What cannot be used is reported and left at its default; nothing is lost silently. */
export function readSettings(
  table: Readonly<Record<string, unknown>>,
  isKnownRule: (id: string) => boolean,
): { readonly settings: Partial<ProjectSettings>; readonly problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = []
  const settings: { -readonly [K in keyof ProjectSettings]?: ProjectSettings[K] } = {}
  const wrong = (key: string, expected: string) => problems.push({ key, code: 'wrong-type', expected })
  for (const [key, value] of Object.entries(table)) {
    switch (key) {
      case 'root':
        if (typeof value === 'boolean') settings.root = value
        else wrong(key, KEYS[key]!)
        break
      case 'ignore':
        if (Array.isArray(value) && value.every(it => typeof it === 'string')) settings.ignore = value
        else wrong(key, KEYS[key]!)
        break
      case 'max-file-size':
        if (isPositive(value)) settings.maxFileSize = value
        else wrong(key, KEYS[key]!)
        break
      case 'max-file-time':
        if (isPositive(value)) settings.maxFileTime = value
        else wrong(key, KEYS[key]!)
        break
      case 'baseline':
        if (typeof value === 'string') settings.baseline = value
        else wrong(key, KEYS[key]!)
        break
      case 'require-reason':
        if (typeof value === 'boolean') settings.requireReason = value
        else wrong(key, KEYS[key]!)
        break
      case 'other-checkers':
        if (typeof value === 'boolean') settings.otherCheckers = value
        else wrong(key, KEYS[key]!)
        break
      case 'rules':
        if (isTable(value)) settings.rules = readRules(value, isKnownRule, problems)
        else wrong(key, KEYS[key]!)
        break
      case 'models':
        if (isTable(value)) settings.models = readModels(value, problems)
        else wrong(key, KEYS[key]!)
        break
      case 'remote':
        settings.remote = readRemote(value, problems)
        break
      case 'architecture':
        // What it says is for the rules that compare files: the graph reads it by itself.
        if (isTable(value)) problems.push(...readArchitecture(value).problems)
        else wrong(key, KEYS[key]!)
        break
      default:
        problems.push({ key, code: 'unknown-key', expected: Object.keys(KEYS).join(', ') })
    }
  }
  return { settings, problems }
}

function readModels(
  table: Readonly<Record<string, unknown>>,
  problems: SettingsProblem[],
): Partial<ModelSettings> {
  const models: { -readonly [K in keyof ModelSettings]?: ModelSettings[K] } = {}
  for (const [key, value] of Object.entries(table)) {
    if (key === 'enabled' && typeof value === 'boolean') models.enabled = value
    else if (key === 'functions' && MODEL_FUNCTIONS.includes(value as ModelFunctions))
      models.functions = value as ModelFunctions
    else if (key === 'engine' && MODEL_ENGINES.includes(value as ModelEngine))
      models.engine = value as ModelEngine
    else if (key === 'threads' && isPositive(value) && Number.isInteger(value) && value <= MAX_MODEL_THREADS)
      models.threads = value
    else if (key === 'memory-limit' && isPositive(value)) models.memoryLimit = value
    else if (key === 'time-budget' && isPositive(value)) models.timeBudget = value
    else if (key === 'release-after' && isPositive(value)) models.releaseAfter = value
    else {
      const expected = MODEL_KEYS[key]
      problems.push(
        expected
          ? { key: `models.${key}`, code: 'wrong-type', expected }
          : { key: `models.${key}`, code: 'unknown-key', expected: Object.keys(MODEL_KEYS).join(', ') },
      )
    }
  }
  return models
}

/** What cannot be read forbids: a slip must not send anything. */
function readRemote(value: unknown, problems: SettingsProblem[]): ProjectRemoteSettings {
  if (!isTable(value)) {
    problems.push({ key: 'remote', code: 'wrong-type', expected: KEYS.remote! })
    return { forbid: true }
  }
  for (const key of Object.keys(value))
    if (key !== 'forbid') problems.push({ key: `remote.${key}`, code: 'unknown-key', expected: 'forbid' })
  const { forbid = false } = value
  if (typeof forbid === 'boolean') return { forbid }
  problems.push({ key: 'remote.forbid', code: 'wrong-type', expected: 'boolean' })
  return { forbid: true }
}

function readRules(
  table: Readonly<Record<string, unknown>>,
  isKnownRule: (id: string) => boolean,
  problems: SettingsProblem[],
): Record<string, RuleSettings> {
  const rules: Record<string, RuleSettings> = {}
  for (const [id, value] of Object.entries(table)) {
    const key = `rules."${id}"`
    if (!isKnownRule(id)) problems.push({ key, code: 'unknown-rule', expected: 'codeant rules' })
    else {
      const read = readRule(value)
      if (typeof read === 'string') problems.push({ key, code: 'unknown-value', expected: read })
      else rules[id] = read
    }
  }
  return rules
}

const RULE_VALUE = `'on', 'off', ${SEVERITIES.map(it => `'${it}'`).join(', ')}, { severity, limit, enabled }`

/** `"off"`, `"on"`, a severity, or a table. A string is what was expected instead. */
function readRule(value: unknown): RuleSettings | string {
  if (value === 'off') return { enabled: false }
  if (value === 'on') return { enabled: true }
  if (isSeverity(value)) return { enabled: true, severity: value }
  if (!isTable(value)) return RULE_VALUE
  const rule: { -readonly [K in keyof RuleSettings]: RuleSettings[K] } = {}
  for (const [key, it] of Object.entries(value)) {
    if (key === 'enabled' && typeof it === 'boolean') rule.enabled = it
    else if (key === 'severity' && isSeverity(it)) rule.severity = it
    else if (key === 'limit' && typeof it === 'number') rule.limit = it
    else return RULE_VALUE
  }
  return rule
}

function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.includes(value as Severity)
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && value > 0
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

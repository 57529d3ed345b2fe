// Which project a file belongs to, and under which settings it stands: every `.codeant.toml` from the file up to the root,
// and the rules in words that lie beside them.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import {
  DEFAULT_SETTINGS,
  type ProjectSettings,
  readSettings,
  type SettingsProblem,
} from '@codeant/shared/settings.ts'
import ignore, { type Ignore } from 'ignore'
import { parse, TomlError } from 'smol-toml'
import { admitBytes, decode } from '../../features/admission.ts'
import { languageOf } from '../../features/languages.ts'
import { mutedSettings } from '../../features/ledger.ts'
import type { LibraryVersions } from '../../features/library-versions.ts'
import {
  type Decision,
  decisionsFor,
  type Family,
  meaningFor,
  type PlacedSettings,
} from '../../features/other-checkers/decisions.ts'
import { MOST_SENTENCES, RULE_FILE, sentencesIn } from '../../rules/natural/rule-file.ts'
import { ledgerOf } from './ledgers.ts'
import { Manifests } from './library-versions.ts'
import { OtherCheckers } from './other-checkers.ts'
import type { PackOrigin } from './packs.ts'
import { projectRules } from './project-rules.ts'

export const SETTINGS_FILE = '.codeant.toml'

export interface Project {
  /** The folder that paths are relative to. */
  readonly root: string
  readonly settings: ProjectSettings
}

/** A settings file that could not be used as it is. */
export interface SettingsFileProblem extends SettingsProblem {
  readonly file: string
}

interface ProjectWithIgnores extends Project {
  readonly ignores: readonly { readonly folder: string; readonly rules: Ignore }[]
}

interface FolderSettings {
  readonly folder: string
  readonly settings: Partial<ProjectSettings>
}

/** Reads settings files once; `forget` makes it read them again. */
export class Projects {
  readonly #isKnownRule: (id: string) => boolean
  readonly #adjust: (settings: ProjectSettings) => ProjectSettings
  readonly #opened = new Set<string>()
  readonly #files = new Map<string, FolderSettings | undefined>()
  readonly #repositories = new Map<string, boolean>()
  readonly #muted = new Map<string, ProjectSettings['rules']>()
  readonly #sentencesIn = new Map<string, readonly string[]>()
  readonly #patternsIn = new Map<string, PackOrigin | undefined>()
  readonly #projects = new Map<string, ProjectWithIgnores>()
  readonly #problems = new Map<string, readonly SettingsFileProblem[]>()
  #manifests = new Manifests()
  readonly #checkers = new OtherCheckers()
  /** Files about which other checkers are told the same have the very same settings. */
  readonly #decided = new Map<ProjectWithIgnores, Map<string, Project>>()
  readonly #decisions = new Map<Decision, number>()
  /** Whoever types asks about the same file again and again. */
  #last: { readonly file: string; readonly project: Project } | undefined

  /** `adjust`: what is asked for on top of the files, such as a command's options. */
  constructor(
    isKnownRule: (id: string) => boolean,
    adjust: (settings: ProjectSettings) => ProjectSettings = it => it,
  ) {
    this.#isKnownRule = isKnownRule
    this.#adjust = adjust
  }

  /** Somebody works in this folder: it is a project's root where there is neither a repository nor a settings file. */
  open(folder: string): void {
    this.#opened.add(folder)
    this.#forgetProjects()
  }

  close(folder: string): void {
    this.#opened.delete(folder)
    this.#forgetProjects()
  }

  /** The project of a file, with what other checkers are told about it. */
  of(file: string): Project {
    if (this.#last?.file === file) return this.#last.project
    const folder = dirname(file)
    const project = this.#project(folder)
    const family = FAMILIES[languageOf(file) ?? '']
    const placed =
      family && project.settings.otherCheckers ? this.#checkers.at(folder, project.root) : NOTHING
    const it =
      family && placed.length > 0
        ? this.#withDecisions(project, decisionsFor(placed, family, this.pathOf(file)))
        : project
    this.#last = { file, project: it }
    return it
  }

  /** What holds in a folder itself, for what is no matter of a single file. */
  at(folder: string): Project {
    return this.#project(folder)
  }

  /** The rules in patterns that the project of a file brings along. */
  patternsOf(file: string): PackOrigin | undefined {
    return this.patternsAt(dirname(file))
  }

  patternsAt(folder: string): PackOrigin | undefined {
    const { root } = this.at(folder)
    if (!this.#patternsIn.has(root)) this.#patternsIn.set(root, projectRules(root))
    return this.#patternsIn.get(root)
  }

  /** With forward slashes, relative to the project's root: how rules, reports and baselines name a file. */
  pathOf(file: string): string {
    const { root } = this.#project(dirname(file))
    return relative(root, file).split(sep).join('/') || file
  }

  /** What the manifests around a file ask for. */
  versionsAround(file: string): LibraryVersions {
    return this.#manifests.around(file, this.of(file).root)
  }

  /** The settings say that this file is not analysed. */
  isIgnored(file: string): boolean {
    for (const { folder, rules } of this.#project(dirname(file)).ignores) {
      const path = relative(folder, file).split(sep).join('/')
      if (path && !path.startsWith('../') && rules.ignores(path)) return true
    }
    return false
  }

  /**
   * Settings forbid that anything of this folder is sent to an endpoint. Every `.codeant.toml` up to the top of the disk
   * counts, also beyond a repository's root or one that says `root`: no folder can take back what one above it forbids.
   */
  isRemoteForbidden(folder: string): boolean {
    for (let it = folder; ; it = dirname(it)) {
      // Read anew each time: a file above the folder that is open is watched by nobody.
      if (this.#parse(it, join(it, SETTINGS_FILE))?.settings.remote?.forbid) return true
      if (dirname(it) === it) return false
    }
  }

  get problems(): readonly SettingsFileProblem[] {
    return [...this.#problems.values()].flat()
  }

  forget(): void {
    this.#files.clear()
    this.#muted.clear()
    this.#sentencesIn.clear()
    this.#patternsIn.clear()
    this.#repositories.clear()
    this.#forgetProjects()
    this.#problems.clear()
    this.#manifests = new Manifests()
  }

  #forgetProjects(): void {
    this.#projects.clear()
    this.#checkers.forget()
    this.#decided.clear()
    this.#decisions.clear()
    this.#last = undefined
  }

  #withDecisions(project: ProjectWithIgnores, decisions: readonly Decision[]): Project {
    if (decisions.length === 0) return project
    const key = decisions.map(it => this.#numberOf(it)).join()
    const known = this.#decided.get(project) ?? new Map<string, Project>()
    this.#decided.set(project, known)
    let decided = known.get(key)
    if (!decided) {
      const elsewhere = meaningFor(decisions)
      const { root, settings } = project
      decided = Object.keys(elsewhere).length > 0 ? { root, settings: { ...settings, elsewhere } } : project
      known.set(key, decided)
    }
    return decided
  }

  #numberOf(decision: Decision): number {
    const number = this.#decisions.get(decision) ?? this.#decisions.size
    this.#decisions.set(decision, number)
    return number
  }

  #project(folder: string): ProjectWithIgnores {
    const known = this.#projects.get(folder)
    if (known) return known
    const above = dirname(folder)
    // Nearly every folder stands as the one above it does, and a repository has thousands.
    if (above !== folder && !this.#opened.has(folder) && !this.#read(folder) && !this.#isRepository(folder)) {
      const same = this.#project(above)
      if (same.root !== above || this.#opened.has(above) || this.#read(above) || this.#isRepository(above)) {
        this.#projects.set(folder, same)
        return same
      }
    }
    const chain = this.#chain(folder)
    const files = chain.map(it => this.#read(it)).filter(it => it !== undefined)
    const root = this.#rootOf(chain, files)
    // What people said of a rule holds until their settings say otherwise.
    let settings: ProjectSettings = { ...DEFAULT_SETTINGS, rules: this.#mutedIn(root) }
    for (const { settings: own } of [...files].reverse())
      settings = {
        ...settings,
        ...own,
        rules: { ...settings.rules, ...own.rules },
        models: { ...settings.models, ...own.models },
        remote: { forbid: settings.remote.forbid || own.remote?.forbid === true },
      }
    const withRules = new Set([root, ...files.map(it => it.folder)])
    const project = {
      root,
      settings: this.#adjust({
        ...settings,
        sentences: [...withRules].flatMap(it => this.#sentences(it, settings)),
      }),
      ignores: files.flatMap(it =>
        it.settings.ignore ? [{ folder: it.folder, rules: ignore().add([...it.settings.ignore]) }] : [],
      ),
    }
    this.#projects.set(folder, project)
    return project
  }

  #mutedIn(root: string): ProjectSettings['rules'] {
    let muted = this.#muted.get(root)
    if (!muted) {
      muted = mutedSettings(ledgerOf(root) ?? new Map())
      this.#muted.set(root, muted)
    }
    return muted
  }

  /** The folder and those above it, up to settings that say so, to a repository's root or to the top. */
  #chain(folder: string): string[] {
    const chain: string[] = []
    for (let it = folder; ; it = dirname(it)) {
      chain.push(it)
      if (this.#read(it)?.settings.root || this.#isRepository(it) || dirname(it) === it) return chain
    }
  }

  #isRepository(folder: string): boolean {
    let known = this.#repositories.get(folder)
    if (known === undefined) {
      known = existsSync(join(folder, '.git'))
      this.#repositories.set(folder, known)
    }
    return known
  }

  /** Where settings say so, else where the repository begins, else the folder of the outermost settings, else what was opened. */
  #rootOf(chain: readonly string[], files: readonly FolderSettings[]): string {
    const top = chain.at(-1)!
    if (files.at(-1)?.settings.root || this.#isRepository(top)) return top
    return files.at(-1)?.folder ?? chain.findLast(it => this.#opened.has(it)) ?? chain[0]!
  }

  #read(folder: string): FolderSettings | undefined {
    if (this.#files.has(folder)) return this.#files.get(folder)
    const read = this.#parse(folder, join(folder, SETTINGS_FILE))
    this.#files.set(folder, read)
    return read
  }

  /** What the team demands in words in the files `*.codeant` of a folder, each sentence once. */
  #sentences(folder: string, { maxFileSize }: ProjectSettings): readonly string[] {
    const known = this.#sentencesIn.get(folder)
    if (known) return known
    const files = ruleFiles(folder)
    const [tooMany] = files.slice(MOST_RULE_FILES)
    if (tooMany !== undefined)
      this.#problems.set(tooMany, [
        { file: tooMany, key: RULES_KEY, code: 'too-many-files', expected: String(MOST_RULE_FILES) },
      ])
    const texts = files.slice(0, MOST_RULE_FILES).map(it => textOf(it, maxFileSize))
    const all = texts.flatMap(it => sentencesIn(it).slice(0, MOST_SENTENCES))
    const sentences = [...new Set(all.map(it => it.text))]
    this.#sentencesIn.set(folder, sentences)
    return sentences
  }

  #parse(folder: string, file: string): FolderSettings | undefined {
    // Most folders have none, and an error costs more than a question.
    if (!existsSync(file)) return undefined
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      return undefined
    }
    try {
      const { settings, problems } = readSettings(parse(text), this.#isKnownRule)
      if (problems.length > 0)
        this.#problems.set(
          file,
          problems.map(it => ({ ...it, file })),
        )
      return { folder, settings }
    } catch (error) {
      if (!(error instanceof TomlError)) throw error
      const expected = `TOML ${error.line}:${error.column}`
      this.#problems.set(file, [{ file, key: '', code: 'syntax', expected }])
      // What the rest of the file forbids cannot be read, so that it is taken to.
      return { folder, settings: { remote: { forbid: true } } }
    }
  }
}

const NOTHING: readonly PlacedSettings[] = []

const FAMILIES: Readonly<Record<string, Family | undefined>> = {
  python: 'python',
  javascript: 'script',
  typescript: 'script',
  rust: 'rust',
}

const RULES_KEY = '*.codeant'
/** A team has a few; a folder full of them is somebody's attempt to keep everybody waiting. */
const MOST_RULE_FILES = 20

function ruleFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(it => RULE_FILE.test(it))
      .sort()
      .map(it => join(folder, it))
      .filter(it => statSync(it, { throwIfNoEntry: false })?.isFile())
  } catch {
    // Who cannot read a folder hears of it where its files are looked for.
    return []
  }
}

/** Empty for what is not analysed either, and is told there. */
function textOf(file: string, maxFileSize: number): string {
  try {
    if (statSync(file).size > maxFileSize) return ''
    const bytes = readFileSync(file)
    return admitBytes(bytes, { maxFileSize }) ? '' : (decode(bytes)?.text ?? '')
  } catch {
    return ''
  }
}

// Reads what other files of a project say of its files: `per-file-ignores` of Ruff and Flake8, and the versions of libraries that
// the nearest manifest asks for.

import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { parse } from 'smol-toml'
import type { ProjectNotes } from '../../features/project-notes.ts'
import type { ApiLanguage } from '../../rules/apis/entry.ts'

/** Reads each file once; a new one is made when something on the disk changed. */
export class ProjectFiles {
  readonly #ignores = new Map<string, readonly IgnoredIn[]>()
  readonly #manifests = new Map<string, Manifest | undefined>()

  /** What is said of a file by those in its folder and above it, up to the project's root. */
  notesOn(file: string, root: string): ProjectNotes {
    let names: readonly string[] | undefined
    return {
      ignoredNames: () => {
        names ??= foldersFrom(file, root).flatMap(folder =>
          this.#ignoredBy(folder).flatMap(it => it.namesFor(file)),
        )
        return names
      },
      rangeOf: (language, library) => this.#rangeOf(file, root, language, library),
    }
  }

  #ignoredBy(folder: string): readonly IgnoredIn[] {
    let known = this.#ignores.get(folder)
    if (!known) {
      known = CHECKER_FILES.flatMap(name => {
        const text = textAt(join(folder, name))
        return text && /per[-_]file[-_]ignores/.test(text) ? ignoresIn(folder, name, text) : []
      })
      this.#ignores.set(folder, known)
    }
    return known
  }

  #rangeOf(file: string, root: string, language: ApiLanguage, library: string): string | undefined {
    const kind = language === 'python' || language === 'rust' ? language : 'javascript'
    let isElsewhere = false
    for (const folder of foldersFrom(file, root)) {
      for (const name of MANIFESTS[kind]) {
        const manifest = this.#manifest(folder, name)
        const asked = manifest?.asks(library)
        // Cargo's workspaces, and packages that npm finds in a folder above, say it further up.
        if (asked && asked !== 'inherited') return asked
        if (asked === 'inherited') isElsewhere = true
        else if (kind === 'rust' && manifest?.isPackage && !isElsewhere) return 'absent'
      }
    }
    return undefined
  }

  #manifest(folder: string, name: string): Manifest | undefined {
    const path = join(folder, name)
    if (!this.#manifests.has(path)) {
      const text = textAt(path)
      this.#manifests.set(path, text === undefined ? undefined : manifestIn(name, text))
    }
    return this.#manifests.get(path)
  }
}

interface IgnoredIn {
  namesFor(file: string): readonly string[]
}

const CHECKER_FILES = ['ruff.toml', '.ruff.toml', 'pyproject.toml', '.flake8', 'setup.cfg', 'tox.ini']

function ignoresIn(folder: string, name: string, text: string): readonly IgnoredIn[] {
  const pairs = name.endsWith('.toml') ? pairsInToml(tomlIn(text)) : pairsInList(sectionIn(text))
  return pairs.map(([pattern, names]) => {
    const isNegated = pattern.startsWith('!')
    const matches = globMatcher(isNegated ? pattern.slice(1) : pattern)
    return {
      namesFor: file => {
        const path = relative(folder, file).split(sep).join('/')
        return (matches(path) || matches(basename(path))) !== isNegated ? names : []
      },
    }
  })
}

type Pair = readonly [pattern: string, names: readonly string[]]

function pairsInToml(top: Table): Pair[] {
  const ruff = tableAt(top, 'tool', 'ruff')
  const pairs: Pair[] = []
  for (const at of [top, tableAt(top, 'lint'), ruff, tableAt(ruff, 'lint')])
    for (const key of ['per-file-ignores', 'extend-per-file-ignores'])
      for (const [pattern, names] of Object.entries(tableAt(at, key)))
        if (Array.isArray(names)) pairs.push([pattern, names.map(String)])
  const flake8 = tableAt(top, 'tool', 'flake8')['per-file-ignores']
  if (flake8) pairs.push(...pairsInList(Array.isArray(flake8) ? flake8.join('\n') : String(flake8)))
  return pairs
}

/** `tests/*,setup.py: F401, E501` for each line, or one behind the other. */
function pairsInList(list: string): Pair[] {
  const pairs: Pair[] = []
  for (const [, patterns, names] of list.matchAll(
    /([^\s,:][^\s:]*)\s*:\s*([A-Z]+\d*(?:[\s,]+[A-Z]+\d*(?![\w./*:]))*)/g,
  ))
    for (const pattern of patterns!.split(',')) if (pattern) pairs.push([pattern, names!.split(/[\s,]+/)])
  return pairs
}

/** What stands under `per-file-ignores` in an INI file: its line, and the indented ones below. */
function sectionIn(text: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex(it => /^per[-_]file[-_]ignores\s*[=:]/.test(it))
  if (first === -1) return ''
  const rest = lines.slice(first + 1)
  const end = rest.findIndex(it => /^[^\s#;]/.test(it))
  const own = (end === -1 ? rest : rest.slice(0, end)).filter(it => !/^\s*[#;]/.test(it))
  return [lines[first]!.replace(/^[^=:]*[=:]/, ''), ...own].join('\n')
}

/** As both checkers read it, a star passes over slashes. */
function globMatcher(glob: string): (path: string) => boolean {
  const source = glob
    .replace(/^\.?\//, '')
    .replace(/[.+^$()|\\]/g, '\\$&')
    .replace(/\*\*\/|\*+|\?/g, it => (it === '?' ? '.' : it.endsWith('/') ? '(?:.*/)?' : '.*'))
    .replace(/\{([^{}]*)\}/g, (_, choices: string) => `(?:${choices.replaceAll(',', '|')})`)
    .replaceAll(/[{}]/g, '\\$&')
  let pattern: RegExp
  try {
    pattern = new RegExp(`^${source}$`)
  } catch {
    return () => false
  }
  return path => pattern.test(path)
}

interface Manifest {
  /** It makes a package of its folder, and does not only gather those below. */
  readonly isPackage: boolean
  /** The range of versions, as it is written; `inherited` where one further up says it. */
  asks(library: string): string | 'inherited' | undefined
}

const MANIFESTS = {
  javascript: ['package.json'],
  rust: ['Cargo.toml'],
  python: ['pyproject.toml', 'requirements.txt', 'Pipfile'],
} as const

function manifestIn(name: string, text: string): Manifest {
  if (name === 'package.json') return npmManifest(jsonIn(text))
  if (name === 'Cargo.toml') return cargoManifest(tomlIn(text))
  return pythonManifest(name.endsWith('.txt') ? text.split('\n') : requirementsIn(tomlIn(text)))
}

function npmManifest(top: Table): Manifest {
  const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
  return {
    isPackage: true,
    asks: library => {
      const asked = groups.map(it => tableAt(top, it)[library]).find(it => typeof it === 'string')
      return typeof asked === 'string' ? asked : undefined
    },
  }
}

function cargoManifest(top: Table): Manifest {
  const groups = [top, tableAt(top, 'workspace'), ...Object.values(tableAt(top, 'target')).map(tableOf)]
  const dependencies = groups.flatMap(it =>
    ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap(key =>
      Object.entries(tableAt(it, key)),
    ),
  )
  return {
    isPackage: top.package !== undefined,
    asks: library => {
      const found = dependencies.find(([name]) => name.replaceAll('-', '_') === library)?.[1]
      if (found === undefined || typeof found === 'string') return found
      const { version, workspace } = tableOf(found)
      if (workspace === true) return 'inherited'
      return typeof version === 'string' ? version : '*'
    },
  }
}

function pythonManifest(requirements: readonly string[]): Manifest {
  return {
    isPackage: true,
    asks: library => {
      for (const line of requirements) {
        const [, name, range] = /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)/.exec(line) ?? []
        if (name?.toLowerCase().replace(/[._-]+/g, '-') === library) return range!.trim() || '*'
      }
      return undefined
    },
  }
}

/** Those of the standard, and Poetry's and Pipenv's tables, each as a line of `requirements.txt`. */
function requirementsIn(top: Table): string[] {
  const project = tableAt(top, 'project')
  const lists = [project.dependencies, ...Object.values(tableAt(project, 'optional-dependencies'))]
  const poetry = tableAt(top, 'tool', 'poetry')
  const tables = [tableAt(poetry, 'dependencies'), tableAt(top, 'packages')]
  return [
    ...lists.flatMap(it => (Array.isArray(it) ? it.map(String) : [])),
    ...tables.flatMap(table =>
      Object.entries(table).map(
        ([name, it]) => `${name} ${typeof it === 'string' ? it : (tableOf(it).version ?? '')}`,
      ),
    ),
  ]
}

type Table = Readonly<Record<string, unknown>>

function tableAt(top: Table, ...keys: readonly string[]): Table {
  return keys.reduce((it, key) => tableOf(it[key]), top)
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : NOTHING
}

const NOTHING: Table = {}

/** What does not parse says nothing. */
function tomlIn(text: string): Table {
  try {
    return tableOf(parse(text))
  } catch {
    return NOTHING
  }
}

function jsonIn(text: string): Table {
  try {
    return tableOf(JSON.parse(text))
  } catch {
    return NOTHING
  }
}

function textAt(path: string): string | undefined {
  // Most folders have none, and an error costs more than a question.
  if (!existsSync(path)) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The file's own folder first. */
function foldersFrom(file: string, root: string): string[] {
  const folders: string[] = []
  for (let it = dirname(file); ; it = dirname(it)) {
    folders.push(it)
    if (it === root || dirname(it) === it || !it.startsWith(root)) return folders
  }
}

// Reads which versions of libraries the manifests of a project ask for.

import { dirname, join } from 'node:path'
import { parse } from 'smol-toml'
import type { LibraryVersions } from '../../features/library-versions.ts'
import type { ApiLanguage } from '../../rules/apis/entry.ts'
import { smallText } from './small-text.ts'

/** Reads each file once; a new one is made when something on the disk changed. */
export class Manifests {
  readonly #manifests = new Map<string, Manifest | undefined>()

  /** What is said for a file by those in its folder and above it, up to the project's root. */
  around(file: string, root: string): LibraryVersions {
    return { rangeOf: (language, library) => this.#rangeOf(file, root, language, library) }
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
      const text = smallText(path)
      this.#manifests.set(path, text === undefined ? undefined : manifestIn(name, text))
    }
    return this.#manifests.get(path)
  }
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

/** The file's own folder first. */
function foldersFrom(file: string, root: string): string[] {
  const folders: string[] = []
  for (let it = dirname(file); ; it = dirname(it)) {
    folders.push(it)
    if (it === root || dirname(it) === it || !it.startsWith(root)) return folders
  }
}

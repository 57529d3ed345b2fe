// `sgconfig.yml`: where a project in ast-grep's format keeps its rules, utilities and tests.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { parse } from 'yaml'

export interface AstGrepProject {
  readonly root: string
  /** Folders; those that it does not name are absent. */
  readonly rules: readonly string[]
  readonly utilities: readonly string[]
  readonly tests: readonly string[]
}

const NAMES = ['sgconfig.yml', 'sgconfig.yaml']

export function isProjectFile(path: string): boolean {
  return NAMES.includes(basename(path))
}

/** The project that this place itself is: its configuration, or the folder that holds it. */
export function asProject(place: string): AstGrepProject | undefined {
  const file = isProjectFile(place) ? place : NAMES.map(it => join(place, it)).find(it => existsSync(it))
  return file === undefined || !statSync(file).isFile() ? undefined : readProject(file)
}

/** The projects around places, each looked for once. */
export class AstGrepProjects {
  readonly #byFolder = new Map<string, AstGrepProject | undefined>()

  /** The nearest one that the place is in. */
  around(place: string): AstGrepProject | undefined {
    if (this.#byFolder.has(place)) return this.#byFolder.get(place)
    const above = dirname(place)
    const project = asProject(place) ?? (above === place ? undefined : this.around(above))
    this.#byFolder.set(place, project)
    return project
  }

  /** Utilities look like rules, and are none. */
  isUtility(file: string): boolean {
    return this.around(dirname(file))?.utilities.some(it => file.startsWith(it + sep)) === true
  }
}

function readProject(file: string): AstGrepProject | undefined {
  let given: unknown
  try {
    given = parse(readFileSync(file, 'utf8'), { logLevel: 'silent', prettyErrors: false })
  } catch {
    return undefined
  }
  if (typeof given !== 'object' || given === null) return undefined
  const { ruleDirs, utilDirs, testConfigs } = given as Record<string, unknown>
  const root = dirname(file)
  const folders = (names: unknown) =>
    (Array.isArray(names) ? names : [])
      .filter(it => typeof it === 'string')
      .map(it => join(root, it))
      // A project of a stranger may name the whole disk.
      .filter(it => it === root || it.startsWith(root + sep))
  const tests = Array.isArray(testConfigs) ? testConfigs.map(it => it?.testDir) : []
  return { root, rules: folders(ruleDirs), utilities: folders(utilDirs), tests: folders(tests) }
}

// The utilities of the ast-grep projects that rule files are in, read once for each project.

import { readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { treeGrammarsOf } from '../../patterns/ast-grep/languages.ts'
import { NO_UTILITIES, type ProjectUtilities, readUtilities } from '../../patterns/ast-grep/utilities.ts'
import type { Refused } from '../../patterns/rule.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { type AstGrepProject, AstGrepProjects } from './ast-grep-project.ts'
import { PACKS_FOLDER } from './pack-lock.ts'

export interface SharedUtilities {
  readonly utilities: ProjectUtilities
  readonly refused: readonly (Refused & { readonly file: string })[]
  /** What they were read from. */
  readonly contents: string
}

export const NO_SHARED_UTILITIES: SharedUtilities = { utilities: NO_UTILITIES, refused: [], contents: '' }

export class UtilityShelf {
  readonly projects = new AstGrepProjects()
  readonly #parser: SyntaxParser
  readonly #files: (place: string) => readonly string[]
  readonly #given: ReadonlySet<string>
  readonly #byRoot = new Map<string, SharedUtilities>()

  /** `files` are the rule files of a place; `given` all places: of an installed pack, only what is among them may be read. */
  constructor(parser: SyntaxParser, files: (place: string) => readonly string[], given: readonly string[]) {
    this.#parser = parser
    this.#files = files
    this.#given = new Set(given)
  }

  async around(place: string): Promise<SharedUtilities> {
    const project = this.projects.around(place)
    if (!project || project.utilities.length === 0) return NO_SHARED_UTILITIES
    let shared = this.#byRoot.get(project.root)
    if (!shared) {
      shared = await this.#read(project)
      this.#byRoot.set(project.root, shared)
    }
    return shared
  }

  /** All that were read, for what is told and remembered of a pack. */
  get all(): readonly SharedUtilities[] {
    return [...this.#byRoot.values()]
  }

  async #read({ root, utilities: folders }: AstGrepProject): Promise<SharedUtilities> {
    const isPack = root.split(sep).join('/').includes(`/${PACKS_FOLDER}/`)
    const files = folders.flatMap(it => this.#files(it)).filter(it => !isPack || this.#given.has(it))
    const texts = files.map(it => readFileSync(it, 'utf8'))
    for (const grammar of texts.flatMap(treeGrammarsOf)) await this.#parser.load(grammar)
    const { utilities, refused } = readUtilities(this.#parser, texts)
    const [file = folders[0]!] = files
    return { utilities, refused: refused.map(it => ({ ...it, file })), contents: texts.join('\0') }
  }
}

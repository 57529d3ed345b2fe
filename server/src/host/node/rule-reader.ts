// Reading files of rules, so that what was read once is there at once: kept in the cache folder, by what the file holds.

import { join } from 'node:path'
import { silentLog } from '../../base/log.ts'
import { treeGrammarsOf } from '../../patterns/ast-grep/languages.ts'
import { readTreeRules } from '../../patterns/ast-grep/rule-document.ts'
import type { ProjectUtilities } from '../../patterns/ast-grep/utilities.ts'
import { recall, remember } from '../../patterns/remembered-rules.ts'
import type { RuleFile } from '../../patterns/rule.ts'
import { grammarsOf, readRuleFile } from '../../patterns/rule-file.ts'
import type { Grammar } from '../../syntax/language.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { NO_SHARED_UTILITIES } from './ast-grep-utilities.ts'
import { DiskShelf } from './disk-shelf.ts'
import { ANALYSIS, cacheFolder, digest } from './folders.ts'

export class RuleReader {
  readonly parser: SyntaxParser
  /** Those of all rules that were read: another parser has to load them before it runs the rules. */
  readonly grammars = new Set<Grammar>()
  readonly #shelf: DiskShelf | undefined

  constructor(parser: SyntaxParser, shelf: DiskShelf | undefined) {
    this.parser = parser
    this.#shelf = shelf
  }

  /**
   * The rules of a text, with the grammars that they need loaded; undefined when it holds none. `shared` is what rules in
   * ast-grep's format may use.
   */
  async read(text: string, shared = NO_SHARED_UTILITIES): Promise<RuleFile | undefined> {
    const { utilities, contents } = shared
    const key = digest(contents === '' ? text : `${text}\0${contents}`)
    const known = this.#shelf?.get(key)
    if (known !== undefined) {
      const { grammars, file } = recall(this.parser, known, utilities)
      await this.#load(grammars)
      return file
    }
    const grammars = [...grammarsOf(text), ...treeGrammarsOf(text)]
    await this.#load(grammars)
    const file = this.#read(text, utilities)
    const value = this.#shelf && remember(file, grammars)
    if (value !== undefined) this.#shelf?.set(key, value)
    return file
  }

  /** The likelier format first: reading YAML is what costs. */
  #read(text: string, utilities: ProjectUtilities): RuleFile | undefined {
    const { parser } = this
    return /^rules\s*:/m.test(text)
      ? (readRuleFile(parser, text) ?? readTreeRules(parser, text, utilities))
      : (readTreeRules(parser, text, utilities) ?? readRuleFile(parser, text))
  }

  async #load(grammars: readonly Grammar[]): Promise<void> {
    for (const it of grammars) {
      await this.parser.load(it)
      this.grammars.add(it)
    }
  }

  /** What was read is kept, and the memory for it given back. */
  done(): void {
    this.#shelf?.flush()
    this.#shelf?.forget()
  }
}

/** Undefined when run from source: there is no telling which version of the program made an entry. */
export function ruleShelf(env: NodeJS.ProcessEnv): DiskShelf | undefined {
  return ANALYSIS
    ? new DiskShelf(join(cacheFolder(env), `${ANALYSIS}-pack-rules`), silentLog, process.pid)
    : undefined
}

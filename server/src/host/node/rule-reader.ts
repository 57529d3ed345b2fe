// Reading files of rules, so that what was read once is there at once: kept in the cache folder, by what the file holds.

import { join } from 'node:path'
import { silentLog } from '../../base/log.ts'
import { recall, remember } from '../../patterns/remembered-rules.ts'
import type { RuleFile } from '../../patterns/rule.ts'
import { grammarsOf, readRuleFile } from '../../patterns/rule-file.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { DiskShelf } from './disk-shelf.ts'
import { ANALYSIS, cacheFolder, digest } from './folders.ts'

export class RuleReader {
  readonly parser: SyntaxParser
  readonly #shelf: DiskShelf | undefined

  constructor(parser: SyntaxParser, shelf: DiskShelf | undefined) {
    this.parser = parser
    this.#shelf = shelf
  }

  /** The rules of a text, with the grammars that they need loaded; undefined when it holds none. */
  async read(text: string): Promise<RuleFile | undefined> {
    const key = digest(text)
    const known = this.#shelf?.get(key)
    if (known !== undefined) {
      const { grammars, file } = recall(this.parser, known)
      for (const it of grammars) await this.parser.load(it)
      return file
    }
    const grammars = grammarsOf(text)
    for (const it of grammars) await this.parser.load(it)
    const file = readRuleFile(this.parser, text)
    const value = remember(file, grammars)
    if (value !== undefined) this.#shelf?.set(key, value)
    return file
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

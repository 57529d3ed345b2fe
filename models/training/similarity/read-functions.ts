// All named functions below a folder, with their terms: read by the same code as in the product.

import { readFileSync } from 'node:fs'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import { DiskGrammars } from '../../../server/src/host/node/grammars.ts'
import { walk } from '../../../server/src/host/node/walk.ts'
import { TermReader, type Terms } from '../../../server/src/inference/similarity/terms.ts'
import { functionsOf, type NamedFunction } from '../../../server/src/semantics/functions.ts'
import { isTest } from '../../../server/src/semantics/provenance.ts'
import { LANGUAGES } from '../../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import { codeText, grammarOfPath, isForeign, languageOfGrammar } from '../code-files.ts'

export interface ReadFunction extends NamedFunction {
  readonly path: string
  readonly language: CodeLanguage
  /** Rows of its tree: how much code it is. */
  readonly size: number
  readonly tree: SyntaxTree
  readonly terms: Terms
}

export async function startParser(): Promise<SyntaxParser> {
  const parser = await SyntaxParser.start(
    new DiskGrammars(new URL('../../../dist/grammars/', import.meta.url)),
  )
  for (const grammar of LANGUAGES) await parser.load(grammar)
  return parser
}

/** Only some of the files: the first in the given order. */
export interface Sample {
  readonly files: number
  readonly order: (path: string) => number
}

/** Every tree below a folder. Tests are left out: they say what other code does. */
export function* treesBelow(
  parser: SyntaxParser,
  folder: string,
  sample?: Sample,
): Generator<{ path: string; tree: SyntaxTree }> {
  const wants = (file: string) => {
    const path = file.slice(folder.length + 1)
    return grammarOfPath(path) !== undefined && !isForeign(path) && !isTest(path)
  }
  let files: Iterable<string> = walk(folder, wants, () => {})
  if (sample) {
    const order = new Map([...files].map(it => [it, sample.order(it.slice(folder.length + 1))]))
    files = [...order.keys()].sort((a, b) => order.get(a)! - order.get(b)!).slice(0, sample.files)
  }
  for (const file of files) {
    const path = file.slice(folder.length + 1)
    const grammar = grammarOfPath(path)!
    const text = codeText(readFileSync(file), grammar)
    const tree = text === undefined ? undefined : parser.parseOnce(text, grammar)
    if (tree) yield { path, tree }
  }
}

/** Functions of at least `least` rows. */
export function* functionsBelow(
  parser: SyntaxParser,
  folder: string,
  least: number,
  sample?: Sample,
): Generator<ReadFunction> {
  for (const { path, tree } of treesBelow(parser, folder, sample)) {
    const reader = new TermReader(tree)
    for (const fn of functionsOf(tree)) {
      const size = tree.after[fn.row]! - fn.row
      if (size >= least)
        yield {
          ...fn,
          path,
          language: languageOfGrammar(tree.grammar),
          size,
          tree,
          terms: reader.termsOf(fn),
        }
    }
  }
}

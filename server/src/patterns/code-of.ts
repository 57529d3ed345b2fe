// A tree as patterns see it, whichever language it is in: some of them only rules that people bring speak.

import { analyse, FileReader, SourceFile } from '../semantics/source-file.ts'
import { isData, languageOfGrammar } from '../syntax/language.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { Code } from './code.ts'
import { DataFile } from './data-file.ts'

export function codeOf(path: string, tree: SyntaxTree): Code {
  if (isData(tree.grammar)) return new Code(new DataFile(tree))
  return new Code(new SourceFile(path, languageOfGrammar(tree.grammar), analyse(tree), new FileReader(tree)))
}

// Where the comments of a file are, with a tree or without one.

import type { LanguageId } from '@codeant/shared/language.ts'
import { KIND_CODE } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

export interface Comment {
  readonly start: number
  readonly end: number
}

/** `hash`: `# …`; `slash`: `// …` and block comments; `none`: JSON. */
export type Dialect = 'hash' | 'slash' | 'none'

export function dialectOf(language: LanguageId): Dialect {
  switch (language) {
    case 'python':
    case 'yaml':
    case 'toml':
      return 'hash'
    case 'javascript':
    case 'typescript':
    case 'rust':
    case 'jsonc':
      return 'slash'
    default:
      return 'none'
  }
}

/** The comments of a file that has a tree. */
export function* treeComments(tree: SyntaxTree): Generator<Comment> {
  const { kind, start, end, rows } = tree
  for (let row = kind.indexOf(COMMENT); row !== -1 && row < rows; row = kind.indexOf(COMMENT, row + 1)) {
    yield { start: start[row]!, end: end[row]! }
  }
}

const COMMENT = KIND_CODE.Comment

/** The comments of a data file. Strings are stepped over, as far as that can be told from the text alone. */
export function* textComments(text: string, dialect: Dialect): Generator<Comment> {
  if (dialect === 'none') return
  for (const match of text.matchAll(dialect === 'hash' ? HASH : SLASH)) {
    const [all] = match
    if (all[0] === '#' || all[0] === '/') yield { start: match.index, end: match.index + all.length }
  }
}

const HASH = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g
const SLASH = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g

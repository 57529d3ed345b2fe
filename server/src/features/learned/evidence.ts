// What else than a model says that another variable belongs somewhere: facts that a reader can check at a glance.

import type { FunctionTokens } from '../../inference/function-tokens/tokens.ts'
import { wordsOf } from '../../rules/support/words.ts'
import { FileReader } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'

/**
 * - `named`: what the value is passed or assigned to is called like the other variable
 * - `unread`: the other variable is used nowhere in the function, and the one that stands here is used elsewhere, too
 */
export type Evidence = 'named' | 'unread'

/** For the variable that stands at `token` and the name of the one that may belong there. */
export function evidenceOf(
  tree: SyntaxTree,
  tokens: FunctionTokens,
  token: number,
  instead: string,
): Evidence | undefined {
  const { symbol, symbols, words, expected, rows } = tokens
  const wanted = normal(instead)
  if (normal(words[token]!) !== wanted) {
    const node = new FileReader(tree).node(rows[token]!)
    if (normal(expected[token]!) === wanted || normal(nameOfPlace(node)) === wanted) return 'named'
  }
  const right = symbols.findIndex(it => it.name === instead && it.from <= token && it.until > token) + 1
  const count = (number: number) => symbol.reduce((sum, it) => sum + Number(it === number), 0)
  const isUnread = right > 0 && count(right) === 1 && !instead.startsWith('_')
  return isUnread && count(symbol[token]!) > 2 ? 'unread' : undefined
}

/** What a value is called where it goes: a keyword, a key, the variable or the property that it is assigned to; or ''. */
function nameOfPlace(node: SyntaxNode): string {
  const { parent } = node
  switch (parent?.kind) {
    case 'KeywordArgument':
      return parent.child('label')?.text ?? ''
    case 'Pair':
      return node.role === 'value' ? (parent.child('key')?.text ?? '') : ''
    case 'Assignment':
    case 'Declarator': {
      const target = node.role === 'value' ? parent.child('target') : undefined
      return target?.kind === 'Member' ? (target.child('property')?.name ?? '') : (target?.name ?? '')
    }
    default:
      return ''
  }
}

/** `max_size`, `maxSize` and `_maxSize` are one name; '' stands for none. */
function normal(name: string): string {
  return name === '' ? '-' : wordsOf(name).join(' ')
}

// A pattern of this format: code, parsed by its own language, whose nodes are compared one by one.

import { ERROR_SYMBOL, symbolsOf } from '../../syntax/concrete.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { Unsupported } from '../refusal.ts'
import type { TreeLanguage } from './languages.ts'
import { type Metavariable, metavariableOf, withSigil } from './metavariable.ts'
import { TreeFile } from './tree-file.ts'

/** How much of a pattern must be there: `strictness.ts`. */
export const STRICTNESSES = ['cst', 'smart', 'ast', 'relaxed', 'signature', 'template'] as const
export type Strictness = (typeof STRICTNESSES)[number]

export interface Pattern {
  readonly root: PatternNode
  /** What a hole alone must be, where a selector said so. */
  readonly rootSymbol: number | undefined
  readonly strictness: Strictness
}

export type PatternNode =
  | { readonly what: 'hole'; readonly metavariable: Metavariable }
  | {
      readonly what: 'leaf'
      readonly text: string
      readonly named: boolean
      /** It stands alone in the text; what is in a literal may touch other letters. */
      readonly isName: boolean
      readonly symbol: number
    }
  | { readonly what: 'node'; readonly symbol: number; readonly children: readonly PatternNode[] }

/** `selector` names the node of `source` that is meant. Throws `Unsupported` with the reason. */
export function parsePattern(
  parser: SyntaxParser,
  language: TreeLanguage,
  source: string,
  selector: string | undefined,
  strictness: Strictness,
): Pattern {
  const file = new TreeFile(parser.parseConcrete(withSigil(source, language.sigil), language.grammar))
  const row = selector === undefined ? onlyNode(file, source) : selected(file, source, selector, language)
  const root = patternNode(file, row, language.sigil)
  if (root.what === 'hole' && root.metavariable.what === 'many') throw new Unsupported('lone-many', source)
  const { symbol } = file.tree
  // What cannot be read would match anything.
  if (symbol[row] === ERROR_SYMBOL && selector !== 'ERROR')
    throw new Unsupported('no-code', `\`${source}\``, language.name)
  return { root, rootSymbol: selector === undefined ? undefined : symbol[row], strictness }
}

/** All names that a pattern binds. */
export function namesIn(node: PatternNode): readonly string[] {
  if (node.what === 'node') return node.children.flatMap(namesIn)
  if (node.what !== 'hole' || node.metavariable.what === 'any') return []
  return node.metavariable.name === undefined ? [] : [node.metavariable.name]
}

/** A pattern as a person would write it, near enough to recognise it. */
export function patternText(node: PatternNode): string {
  switch (node.what) {
    case 'hole':
      return holeText(node.metavariable)
    case 'leaf':
      return node.text
    case 'node': {
      let text = ''
      for (const it of node.children.map(patternText)) {
        const isApart = /[\w$,:;)}\]]$/.test(text) && /^[\w$"'`{]/.test(it)
        text += isApart || SIGN.test(it) || SIGN.test(text.at(-1) ?? '') ? ` ${it}` : it
      }
      return text.trim()
    }
  }
}

const SIGN = /^(?:[=+*/%<>|&^?-]+)$/

function holeText(metavariable: Metavariable): string {
  const { what } = metavariable
  if (what === 'many') return `$$$${metavariable.name ?? ''}`
  const name = what === 'one' ? metavariable.name : '_'
  return metavariable.named ? `$${name}` : `$$${name}`
}

function onlyNode(file: TreeFile, source: string): number {
  if (file.children(0).length === 0) throw new Unsupported('empty-pattern')
  if (!isSingle(file, 0)) throw new Unsupported('several-nodes', source)
  let row = 0
  while (isSingle(file, row)) row = file.children(row)[0]!
  return row
}

/** One child; a second one that the parser made up does not count. */
function isSingle(file: TreeFile, row: number): boolean {
  const children = file.children(row)
  if (children.length === 1) return true
  const [, second] = children
  if (children.length !== 2 || second === undefined) return false
  const { symbol, words } = file.tree
  return file.isMissing(second) || words.types[symbol[second]!] === ''
}

function selected(file: TreeFile, source: string, selector: string, language: TreeLanguage): number {
  const symbols = symbolsOf(file.tree.words, selector)
  if (symbols.length === 0) throw new Unsupported('no-kind', selector, language.name)
  const [row] = file.rowsOf(new Set(symbols))
  if (row === undefined) throw new Unsupported('selects-nothing', selector, source)
  return row
}

function patternNode(file: TreeFile, row: number, sigil: string): PatternNode {
  const text = file.text(row)
  const metavariable = metavariableOf(text, sigil)
  if (metavariable) return { what: 'hole', metavariable }
  const symbol = file.tree.symbol[row]!
  if (file.isLeaf(row)) {
    const isName = /identifier$/.test(file.tree.words.types[symbol] ?? '')
    return { what: 'leaf', text, named: file.isNamed(row), isName, symbol }
  }
  const children = file.children(row).filter(it => !file.isMissing(it))
  return { what: 'node', symbol, children: children.map(it => patternNode(file, it, sigil)) }
}

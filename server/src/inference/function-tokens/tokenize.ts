// Puts the tokens of one function together: a walk over its rows in the order of the text.

import { READ } from '../../semantics/scopes.ts'
import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { CHOICES, NO_SITE, VARIABLE_SITE } from '../choices.ts'
import { expectedParameters } from './expected-parameters.ts'
import { type FunctionNode, outermost } from './function-node.ts'
import { awaitMark, leafSite, type Mark, negationMark } from './sites.ts'
import { addStructure, beginsStatement, setBinding } from './structure.ts'
import { SymbolTable } from './symbols.ts'
import type { FunctionTokens } from './tokens.ts'
import { propertyAt, useAt } from './uses.ts'
import { FUNCTION_WORD, IS_WHOLE, leafWord, structureWord } from './words.ts'

/** Undefined when the function has more than `most` tokens. */
export function tokenize(fn: FunctionNode, most: number): FunctionTokens | undefined {
  const tokens = new Tokens(fn)
  const { tree, row: own } = fn
  const { kind, after } = tree
  const isAsync = hasKeyword(tree, own, 'async')
  tokens.add(own, FUNCTION_WORD)
  for (let row = own + 1; row < after[own]!; ) {
    if (tokens.count >= most) return undefined
    const code = kind[row]!
    if (code === K.Comment || code === K.Decorator) {
      row = after[row]!
      continue
    }
    if (beginsStatement(tree, row)) tokens.beginStatement()
    if (code === K.Call || code === K.New) tokens.expect(expectedParameters(fn, row))
    const word = structureWord(tree, row)
    if (word !== undefined) tokens.add(row, word)
    tokens.addMark(row, negationMark(fn, row))
    if (isAsync) tokens.addMark(row, awaitMark(fn, row))
    const isLeaf = after[row] === row + 1 || IS_WHOLE[code]
    if (isLeaf) tokens.addLeaf(row)
    row = isLeaf ? after[row]! : row + 1
  }
  return tokens.count <= most ? tokens.finish() : undefined
}

/** The columns while they grow. */
class Tokens {
  readonly #fn: FunctionNode
  readonly #words: string[] = []
  readonly #expected: string[] = []
  readonly #structure: number[] = []
  readonly #symbol: number[] = []
  readonly #statement: number[] = []
  readonly #site: number[] = []
  readonly #choice: number[] = []
  readonly #uses: number[] = []
  readonly #properties: number[] = []
  readonly #rows: number[] = []
  readonly #symbols = new SymbolTable()
  /** The row of an argument → the name of the parameter that it is for. */
  readonly #parameterOf = new Map<number, string>()
  #statements = 0

  constructor(fn: FunctionNode) {
    this.#fn = fn
  }

  get count(): number {
    return this.#words.length
  }

  beginStatement(): void {
    this.#statements++
  }

  expect(parameters: Iterable<readonly [argument: number, name: string]>): void {
    for (const [argument, name] of parameters) this.#parameterOf.set(argument, name)
  }

  addLeaf(row: number): void {
    const word = leafWord(this.#fn.tree, row)
    if (word === undefined) return
    this.add(row, word, leafSite(this.#fn, row, word))
    const code = this.#fn.tree.kind[row]
    if (code === K.Name || code === K.TypeName) this.#refer(row)
  }

  addMark(row: number, mark: Mark | undefined): void {
    if (mark) this.add(row, mark.word, mark.site, true)
  }

  add(row: number, word: string, site = NO_SITE, isMark = false): void {
    this.#words.push(word)
    this.#expected.push(this.#parameterOf.get(outermost(this.#fn, row)) ?? '')
    addStructure(this.#structure, this.#fn, row, isMark)
    this.#symbol.push(0)
    this.#statement.push(this.#statements)
    this.#site.push(site)
    this.#choice.push(site > VARIABLE_SITE ? CHOICES.indexOf(word) : 0)
    this.#uses.push(0)
    this.#properties.push(0)
    this.#rows.push(row)
  }

  finish(): FunctionTokens {
    const { tree, row } = this.#fn
    const rows = Int32Array.from(this.#rows)
    return {
      row,
      start: tree.start[row]!,
      end: tree.end[row]!,
      count: this.count,
      words: this.#words,
      expected: this.#expected,
      structure: Uint8Array.from(this.#structure),
      symbol: Int32Array.from(this.#symbol),
      statement: Int32Array.from(this.#statement),
      site: Uint8Array.from(this.#site),
      choice: Uint8Array.from(this.#choice),
      uses: Uint16Array.from(this.#uses),
      properties: Int32Array.from(this.#properties),
      rows,
      symbols: this.#symbols.symbols(this.#fn, rows),
    }
  }

  /** The token that was added last is an occurrence of the variable at `row`, if that is one. */
  #refer(row: number): void {
    const { tree, scopes } = this.#fn
    const binding = scopes.bindingOf[row]!
    if (binding < 0) return
    const access = scopes.access[row]!
    const isRead = (access & READ) !== 0
    const uses = isRead ? useAt(tree, row) : 0
    const properties = isRead ? propertyAt(tree, row) : 0
    const last = this.count - 1
    this.#symbol[last] = this.#symbols.add(binding, uses, properties)
    this.#uses[last] = uses
    this.#properties[last] = properties
    setBinding(this.#structure, scopes.bindingKind[binding]!, access)
  }
}

function hasKeyword({ kind, role, types, symbol, after }: SyntaxTree, row: number, keyword: string): boolean {
  for (let it = row + 1; it < after[row]!; it = after[it]!) {
    if (kind[it] === K.Keyword && types[symbol[it]!] === keyword) return true
    if (role[it] === R.body) break
  }
  return false
}

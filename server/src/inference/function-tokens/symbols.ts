// The variables of a function: which there are, from where on they have a value, and what the function does with them.

import { BINDING_CODE } from '../../semantics/scopes.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { codes, type FunctionNode } from './function-node.ts'
import type { FunctionSymbol } from './tokens.ts'

/** By `BINDING_CODE`: what can stand where another variable stands. */
export const IS_VARIABLE = codes(
  BINDING_CODE.variable,
  BINDING_CODE.constant,
  BINDING_CODE.parameter,
  BINDING_CODE.catch,
  BINDING_CODE.loop,
)

/** Names that nobody writes by mistake. */
export const NEVER_MEANT: ReadonlySet<string> = new Set(['self', 'cls', 'this', '_', '__'])

/** What is known of one variable while the function is read; the last two in bits, as in `FunctionSymbol`. */
interface Occurring {
  readonly binding: number
  uses: number
  properties: number
}

/** Numbers the bindings of a function in the order in which they occur, from 1. */
export class SymbolTable {
  readonly #numbers = new Map<number, number>()
  readonly #occurring: Occurring[] = []

  /** The number of a binding that occurs once more, where this is done with its value. */
  add(binding: number, uses: number, properties: number): number {
    let number = this.#numbers.get(binding)
    if (number === undefined) {
      number = this.#occurring.push({ binding, uses: 0, properties: 0 })
      this.#numbers.set(binding, number)
    }
    const known = this.#occurring[number - 1]!
    known.uses |= uses
    known.properties |= properties
    return number
  }

  /** All of them, given the rows of all tokens. */
  symbols(fn: FunctionNode, rows: Int32Array): FunctionSymbol[] {
    return this.#occurring.map(it => describe(fn, it, rows))
  }
}

function describe(
  fn: FunctionNode,
  { binding, uses, properties }: Occurring,
  rows: Int32Array,
): FunctionSymbol {
  const { bindingKind, bindingName, bindingScope, bindingRow, scopeRow } = fn.scopes
  const { names, after, text, start, end } = fn.tree
  const kind = bindingKind[binding]!
  const name = names[bindingName[binding]!]!
  const declared = bindingRow[binding]!
  const scope = scopeRow[bindingScope[binding]!]!
  const isInside = declared > fn.row && declared < after[fn.row]!
  const type = isInside ? declaredType(fn.tree, declared) : -1
  return {
    name,
    kind,
    isVariable: IS_VARIABLE[kind] === 1 && !NEVER_MEANT.has(name),
    from: isInside ? tokenAt(rows, givenAt(fn, declared)) : 0,
    until: isInside && scope > fn.row ? tokenAt(rows, after[scope]!) : rows.length,
    uses,
    properties,
    type: type === -1 ? '' : text.slice(start[type], end[type]).replace(/^:\s*/, '').replace(/\s+/g, ''),
  }
}

/** The first row behind what gives the variable its first value. */
function givenAt(fn: FunctionNode, declared: number): number {
  const { kind, parent, after } = fn.tree
  for (let it = declared; it > fn.row; it = parent[it]!) {
    const code = kind[it]!
    if (code === K.ForEach) {
      const body = childRow(fn.tree, it, 'body')
      return body === -1 ? after[it]! : body
    }
    if (GIVES_VALUE[code]) return after[it]!
    if (code === K.Block || code === K.Parameters) break
  }
  return after[declared]!
}

const GIVES_VALUE = codes(
  K.Assignment,
  K.Declarator,
  K.NamedExpression,
  K.LetCondition,
  K.WithItem,
  K.ComprehensionFor,
  K.AugmentedAssignment,
)

/** The row of the type that stands beside the declared name, or -1. */
function declaredType(tree: SyntaxTree, declared: number): number {
  const above = tree.parent[declared]!
  const code = tree.kind[above]!
  return code === K.Parameter || code === K.Declarator || code === K.Assignment
    ? childRow(tree, above, 'type')
    : -1
}

/** The first token of a row at or behind `row`. */
function tokenAt(rows: Int32Array, row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}

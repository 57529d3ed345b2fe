// The plain twin of `assembly/flatten.ts`: the same columns through web-tree-sitter's public cursor, ten times slower.
// It checks the fast way when a grammar is loaded, and replaces it should the two ever disagree.

import { Tree, type TreeCursor } from 'web-tree-sitter'
import { KIND_CODE, ROLE_CODE } from './kinds.ts'
import {
  BIT_ABSORBS,
  BIT_DROP,
  BIT_INTERN,
  BIT_PAIRED,
  BIT_REFINABLE,
  BIT_REFINED_BY_SOME,
  BIT_REFINES_SOME,
  BIT_TRANSPARENT,
  BIT_TRANSPARENT_UNDER,
  type CompiledTable,
  type LoadedGrammar,
} from './side-module.ts'
import { FLAG_ERROR, FLAG_EXTRA, FLAG_MISSING, FLAG_NAMED, type SyntaxTree } from './tree.ts'

const ERROR_SYMBOL = 0xffff

interface Parent {
  readonly symbol: number
  readonly row: number
  /** The role that children of a wrapper inherit from it. */
  readonly role: number
  counted: number
}

export function flattenByCursor(loaded: LoadedGrammar, native: number, text: string): SyntaxTree {
  const walk = new Walk(loaded.compiled, text)
  const cursor = borrowTree(loaded, native).walk()
  try {
    walk.visit(cursor, { symbol: 0, row: 0, role: 0, counted: 0 })
  } finally {
    cursor.delete()
  }
  return walk.finish(loaded)
}

/** A `Tree` over an address that somebody else owns: never delete it. */
function borrowTree(loaded: LoadedGrammar, native: number): Tree {
  const tree = Object.create(Tree.prototype)
  tree[0] = native
  tree.language = loaded.language
  return tree
}

class Walk {
  readonly #table: CompiledTable
  readonly #text: string
  readonly #names = new Map<string, number>()
  readonly #nameTexts: string[] = ['']
  readonly #start: number[] = []
  readonly #end: number[] = []
  readonly #after: number[] = []
  readonly #parent: number[] = []
  readonly #name: number[] = []
  readonly #symbol: number[] = []
  readonly #kind: number[] = []
  readonly #role: number[] = []
  readonly #flags: number[] = []

  constructor(table: CompiledTable, text: string) {
    this.#table = table
    this.#text = text
  }

  visit(cursor: TreeCursor, parent: Parent): void {
    const table = this.#table
    const node = cursor.currentNode
    const symbol = node.isError ? ERROR_SYMBOL : cursor.nodeTypeId
    const named = cursor.nodeIsNamed
    const extra = node.isExtra
    const what = symbol === ERROR_SYMBOL ? 0 : table.bits[symbol]!
    const parentBits = parent.symbol === ERROR_SYMBOL ? 0 : table.bits[parent.symbol]!
    const isRoot = this.#start.length === 0

    let role = 0
    if (!extra && !isRoot) {
      role = parent.role
      if (role === 0 && parent.symbol !== ERROR_SYMBOL) {
        if (what & BIT_PAIRED) role = table.pairs.get(parent.symbol * 65536 + symbol) ?? 0
        const field = cursor.currentFieldId
        if (role === 0 && (field || named)) role = table.role[parent.symbol * table.fields + field]!
        if (role === 0 && named && !(what & BIT_DROP)) {
          const list = table.positional[parent.symbol]!
          if (list) role = table.lists[list + 1 + Math.min(parent.counted++, table.lists[list]! - 1)]!
        }
      }
    }
    const fits = !(what & BIT_REFINES_SOME) || (parentBits & BIT_REFINED_BY_SOME) !== 0
    if (parentBits & BIT_REFINABLE && !isRoot && symbol !== ERROR_SYMBOL && table.refine[symbol] && fits) {
      this.#kind[parent.row] = table.refine[symbol]!
    }
    if (what & BIT_DROP) return

    const childCount = node.childCount
    const transparent =
      childCount > 0 &&
      !isRoot &&
      ((what & BIT_TRANSPARENT) !== 0 ||
        ((what & BIT_TRANSPARENT_UNDER) !== 0 && (parentBits & BIT_ABSORBS) !== 0))
    if (transparent) {
      this.#children(cursor, { symbol, row: parent.row, role, counted: 0 })
      return
    }

    let kind = symbol === ERROR_SYMBOL ? KIND_CODE.Error : table.kind[symbol]!
    if (kind === KIND_CODE.Name) kind = table.kindByRole[role] || kind
    else if (kind === KIND_CODE.Operator && role === 0) role = ROLE_CODE.operator
    const row = this.#start.length
    this.#start.push(cursor.startIndex)
    this.#end.push(cursor.endIndex)
    this.#after.push(0)
    this.#parent.push(parent.row)
    this.#name.push(what & BIT_INTERN ? this.#intern(cursor.startIndex, cursor.endIndex) : 0)
    this.#symbol.push(symbol)
    this.#kind.push(kind)
    this.#role.push(role)
    this.#flags.push(
      (node.isMissing ? FLAG_MISSING | FLAG_ERROR : node.hasError || node.isError ? FLAG_ERROR : 0) |
        (named ? FLAG_NAMED : 0) |
        (extra ? FLAG_EXTRA : 0),
    )
    if (childCount > 0) this.#children(cursor, { symbol, row, role: 0, counted: 0 })
    this.#after[row] = this.#start.length
  }

  finish(loaded: LoadedGrammar): SyntaxTree {
    return {
      grammar: loaded.grammar,
      text: this.#text,
      rows: this.#start.length,
      kind: Uint8Array.from(this.#kind),
      role: Uint8Array.from(this.#role),
      symbol: Uint16Array.from(this.#symbol),
      flags: Uint8Array.from(this.#flags),
      start: Uint32Array.from(this.#start),
      end: Uint32Array.from(this.#end),
      after: Uint32Array.from(this.#after),
      parent: Uint32Array.from(this.#parent),
      name: Uint32Array.from(this.#name),
      names: this.#nameTexts,
      types: loaded.types,
    }
  }

  #children(cursor: TreeCursor, parent: Parent): void {
    if (!cursor.gotoFirstChild()) return
    do this.visit(cursor, parent)
    while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }

  #intern(start: number, end: number): number {
    const text = this.#text.slice(start, end)
    let id = this.#names.get(text)
    if (id === undefined) {
      id = this.#nameTexts.length
      this.#names.set(text, id)
      this.#nameTexts.push(text)
    }
    return id
  }
}

// Walking patterns and children by row, for code that works on columns.

import { KIND_CODE, ROLE_CODE, type Role } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

/** The first child of `row` with this role, or -1. */
export function childRow(tree: SyntaxTree, row: number, role: Role): number {
  const { role: roles, after } = tree
  const code = ROLE_CODE[role]
  const last = after[row]!
  for (let child = row + 1; child < last; child = after[child]!) if (roles[child] === code) return child
  return -1
}

/** Every identifier that a target pattern binds: not the keys, defaults, types, or members in it. */
export function eachTarget(tree: SyntaxTree, row: number, visit: (row: number) => void): void {
  const { kind, role, after } = tree
  switch (kind[row]) {
    case K.Name:
      visit(row)
      return
    case K.Member:
    case K.Index:
    case K.Path:
    case K.Unary: // `*x = 1` changes what x points to, not x
    case K.Call:
    case K.MacroCall:
    case K.String:
    case K.Number:
    case K.TypeName:
    case K.Type:
    case K.GenericType:
      return
    case K.Pair:
      return eachChild(tree, row, child => role[child] !== R.key && eachTarget(tree, child, visit))
    case K.DefaultPattern:
    case K.Parameter:
      return eachChild(tree, row, child => role[child] === R.target && eachTarget(tree, child, visit))
    case K.VariantPattern:
      return eachChild(tree, row, child => role[child] !== R.name && eachTarget(tree, child, visit))
    default:
      if (after[row] === row + 1) return
      return eachChild(tree, row, child => role[child] !== R.type && eachTarget(tree, child, visit))
  }
}

export function eachChild(tree: SyntaxTree, row: number, visit: (child: number) => void): void {
  const { after } = tree
  const last = after[row]!
  for (let child = row + 1; child < last; child = after[child]!) visit(child)
}

const K = KIND_CODE
const R = ROLE_CODE

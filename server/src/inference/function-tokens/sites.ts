// Where a bug may be: which tokens another one could stand for, and where a `not` or an `await` could be missing or too much.

import { DECLARE, READ } from '../../semantics/scopes.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { NO_SITE, operatorGroup, siteOf, VARIABLE_SITE } from '../choices.ts'
import { codes, type FunctionNode } from './function-node.ts'
import { IS_VARIABLE, NEVER_MEANT } from './symbols.ts'

/** What may be wrong with a leaf that says `word`. */
export function leafSite(fn: FunctionNode, row: number, word: string): number {
  switch (fn.tree.kind[row]) {
    case K.Operator: {
      const group = isOperatorSite(fn.tree, row) ? operatorGroup(word) : undefined
      return group ? siteOf(group) : NO_SITE
    }
    case K.Boolean:
      return siteOf('boolean')
    case K.Number:
      return /^[0-3]$/.test(word) ? siteOf('integer') : NO_SITE
    case K.Name:
    case K.TypeName:
      return isVariableSite(fn, row) ? VARIABLE_SITE : NO_SITE
    default:
      return NO_SITE
  }
}

/** A token that stands there whichever of its group's choices the code makes, so it must not show by anything else. */
export interface Mark {
  readonly word: string
  readonly site: number
}

/** For a negation, and for what could be negated. */
export function negationMark(fn: FunctionNode, row: number): Mark | undefined {
  const code = fn.tree.kind[row]!
  if (code === K.Not) return isNegated(fn, row) ? NOT : SURE_NOT
  return IS_NEGATABLE[code] && isTested(fn, row) ? PLAIN : undefined
}

/** For a call in an async function, awaited or not. */
export function awaitMark({ tree }: FunctionNode, row: number): Mark | undefined {
  const { kind, parent } = tree
  if (kind[row] === K.Await) {
    const value = childRow(tree, row, 'value')
    return value !== -1 && kind[value] === K.Call ? AWAIT : undefined
  }
  return kind[row] === K.Call && kind[parent[row]!] !== K.Await ? CALL : undefined
}

const NOT: Mark = { word: '<not>', site: siteOf('negation') }
/** A `not` that is certainly meant. */
const SURE_NOT: Mark = { word: '<not>', site: NO_SITE }
const PLAIN: Mark = { word: '<plain>', site: siteOf('negation') }
const AWAIT: Mark = { word: '<await>', site: siteOf('await') }
const CALL: Mark = { word: '<call>', site: siteOf('await') }

function isVariableSite({ tree, scopes }: FunctionNode, row: number): boolean {
  const binding = scopes.bindingOf[row]!
  const access = scopes.access[row]!
  if (binding < 0 || !(access & READ) || access & DECLARE) return false
  if (!IS_VARIABLE[scopes.bindingKind[binding]!]) return false
  if (NEVER_MEANT.has(tree.names[tree.name[row]!]!)) return false
  return !(tree.types[tree.symbol[row]!] ?? '').includes('shorthand')
}

/** Between strings, `+` joins, and no other operator could stand there. */
function isOperatorSite({ kind, parent, after }: SyntaxTree, row: number): boolean {
  const above = parent[row]!
  if (kind[above] === K.Logical || kind[above] === K.Comparison) return true
  if (kind[above] !== K.Binary && kind[above] !== K.AugmentedAssignment) return false
  for (let it = above + 1; it < after[above]!; it++) if (IS_JOINED[kind[it]!]) return false
  return true
}

/** What `+` puts together rather than adds. */
const IS_JOINED = codes(K.String, K.Template, K.Concatenation, K.List)

/** A `not` that could be too much: without it, its operand would be a place where one could be missing. */
function isNegated(fn: FunctionNode, row: number): boolean {
  const { kind } = fn.tree
  let operand = childRow(fn.tree, row, 'operand')
  while (operand !== -1 && kind[operand] === K.Parenthesized) operand = childRow(fn.tree, operand, 'value')
  return operand !== -1 && IS_NEGATABLE[kind[operand]!] === 1 && isTested(fn, row)
}

/** What stands there is taken as true or false. */
function isTested(fn: FunctionNode, row: number): boolean {
  const { kind, role, parent } = fn.tree
  for (let it = row; it > fn.row; it = parent[it]!) {
    const above = kind[parent[it]!]!
    if (role[it] === R.condition || role[it] === R.guard) return HAS_CONDITION[above] === 1
    if (above !== K.Logical && above !== K.Parenthesized) return false
  }
  return false
}

/** Expressions in front of which a missing `not` is a natural mistake: a comparison would be turned round instead. */
const IS_NEGATABLE = codes(K.Name, K.Member, K.Call, K.Index, K.MacroCall, K.Await, K.Path)

const HAS_CONDITION = codes(
  K.If,
  K.ElseIf,
  K.While,
  K.DoWhile,
  K.Conditional,
  K.Assert,
  K.ComprehensionIf,
  K.Case,
)

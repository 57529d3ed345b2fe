// One token that stands where another stood: an operator, a literal, a variable.

import { resolveNames } from '../../../server/src/semantics/resolve-names.ts'
import {
  BINDING_KINDS,
  type BindingKind,
  READ,
  SCOPE_CLASS,
  SCOPE_MODULE,
  type Scopes,
  WRITE,
} from '../../../server/src/semantics/scopes.ts'
import type { Kind } from '../../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import { type Found, kindOf, rangeOf, type Side } from './side.ts'

/** One token in place of another. */
export function replaced(one: Side, i: number, two: Side, j: number): Found | undefined {
  const was = one.tokens.row[i]!
  const is = two.tokens.row[j]!
  if (was < 0 || is < 0 || one.tree.role[was] !== two.tree.role[is]) return undefined
  const before = rangeOf(one, i, i)
  const after = rangeOf(two, j, j)
  const kinds = [kindOf(one.tree, was), kindOf(two.tree, is)]
  if (kinds.every(it => it === 'Boolean')) return { kind: 'literal', before, after }
  if (kinds.every(it => it === 'Operator'))
    return isOperatorChange(one, i, two, j) ? { kind: 'operator', before, after } : undefined
  if (kinds.every(it => it === 'Name') && isOtherVariable(one.tree, was, two.tree, is))
    return { kind: 'variable', before, after }
  return undefined
}

const OPERATIONS: ReadonlySet<Kind> = new Set(['Binary', 'Comparison', 'Logical', 'AugmentedAssignment'])

function isOperatorChange(one: Side, i: number, two: Side, j: number): boolean {
  const was = one.tree.parent[one.tokens.row[i]!]!
  const is = two.tree.parent[two.tokens.row[j]!]!
  if (!OPERATIONS.has(kindOf(one.tree, was)) || !OPERATIONS.has(kindOf(two.tree, is))) return false
  return !isStyle(one.tokens.text[i]!, two.tokens.text[j]!, one.tree, was)
}

/** `==` for `===`, and `== None` for `is None`, are a matter of house rules. */
function isStyle(was: string, is: string, tree: SyntaxTree, operation: number): boolean {
  const both = [was, is].sort().join(' ')
  if (both === '== ===' || both === '!= !==' || both === '!= <>') return true
  if (both !== '== is' && both !== '!= is not') return false
  for (let row = operation + 1; row < tree.after[operation]!; row = tree.after[row]!)
    if (kindOf(tree, row) === 'Null' || kindOf(tree, row) === 'Boolean') return true
  return false
}

const VALUES: ReadonlySet<BindingKind> = new Set(['variable', 'constant', 'parameter', 'catch', 'loop'])

/** A read of a local variable became a read of another variable that could have been read there before. */
function isOtherVariable(before: SyntaxTree, was: number, after: SyntaxTree, is: number): boolean {
  // `{ a }` names a property too.
  if (before.types[before.symbol[was]!] !== 'identifier' || after.types[after.symbol[is]!] !== 'identifier')
    return false
  const then = resolveNames(before)
  const now = resolveNames(after)
  if (!isRead(then, was) || !isRead(now, is)) return false
  const wrong = then.bindingOf[was]!
  const right = now.bindingOf[is]!
  if (wrong < 0 || right < 0 || BINDING_KINDS[now.bindingKind[right]!] === 'type') return false
  if (!VALUES.has(BINDING_KINDS[then.bindingKind[wrong]!]!)) return false
  if (then.scopeKind[then.bindingScope[wrong]!] === SCOPE_MODULE) return false
  return isVisible(then, before, was, after.names[after.name[is]!]!)
}

function isRead({ access }: Scopes, row: number): boolean {
  return (access[row]! & READ) !== 0 && (access[row]! & WRITE) === 0
}

function isVisible(scopes: Scopes, tree: SyntaxTree, row: number, name: string): boolean {
  for (let binding = 0; binding < scopes.bindingName.length; binding++) {
    if (tree.names[scopes.bindingName[binding]!] !== name) continue
    const scope = scopes.bindingScope[binding]!
    const owner = scopes.scopeRow[scope]!
    if (scopes.scopeKind[scope] === SCOPE_CLASS) continue
    if (row >= owner && row < tree.after[owner]!) return true
  }
  return false
}

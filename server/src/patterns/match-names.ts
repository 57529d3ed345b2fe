// `a.b.c` in a pattern is also what an import of the file calls otherwise.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { Matcher, Next } from './match.ts'
import type { Bindings, Pattern, Tree } from './pattern.ts'

/** `row` is a name, a member or a path that stands for a dotted name of which the pattern says every part. */
export function matchDotted(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const its = code.tree.kind[row]!
  if (!NAMED.has(its)) return false
  const name = code.qualifiedName(row)
  if (name === '' || name === code.text(row)) return false
  if (pattern.dotted !== undefined) return name === pattern.dotted && next(bindings)
  if (pattern.kind === KIND_CODE.Name || !name.includes('.')) return false
  return parts(matcher, pattern, name.split('.'), row, bindings, next)
}

function parts(
  matcher: Matcher,
  pattern: Pattern,
  names: readonly string[],
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  if (pattern.what === 'hole') {
    if (names.length !== 1 && pattern.name !== '') return false
    const property = matcher.code.child(row, ROLE_CODE.property)
    const last = property !== -1 && matcher.code.text(property) === names[0] ? property : row
    return pattern.name === ''
      ? next(bindings)
      : matcher.bind(pattern.name, matcher.boundTo(last), bindings, next)
  }
  if (pattern.what !== 'tree') return false
  if (pattern.dotted !== undefined) return names.join('.') === pattern.dotted && next(bindings)
  if (pattern.children.length === 0) return names.length === 1 && names[0] === pattern.text && next(bindings)
  if (
    !(pattern.kind === KIND_CODE.Member || pattern.kind === KIND_CODE.Path) ||
    pattern.children.length !== 2
  )
    return false
  const [object, property] = pattern.children
  if (names.length < 2) return false
  return parts(matcher, property!, names.slice(-1), row, bindings, it =>
    parts(matcher, object!, names.slice(0, -1), row, it, next),
  )
}

const NAMED: ReadonlySet<number> = new Set([
  KIND_CODE.Name,
  KIND_CODE.Member,
  KIND_CODE.Path,
  KIND_CODE.TypeName,
  KIND_CODE.Call,
])

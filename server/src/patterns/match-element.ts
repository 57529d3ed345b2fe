// An element of HTML: its name, its attributes in any order with others allowed, then what is inside.

import { ROLE_CODE } from '../syntax/kinds.ts'
import type { Matcher, Next } from './match.ts'
import type { Bindings, Tree } from './pattern.ts'

export function matchElement(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role } = code.tree
  const rows = code.children(row)
  const of = (code: number) => rows.filter(it => role[it] === code)
  const wanted = (code: number) => pattern.children.filter(it => it.role === code)
  const inside = wanted(ELEMENT)
  return matcher.list(wanted(NAME), 0, of(NAME), 0, bindings, named =>
    matcher.unordered(
      wanted(ATTRIBUTE),
      of(ATTRIBUTE),
      named,
      it => (inside.length === 0 ? next(it) : matcher.list(inside, 0, of(ELEMENT), 0, it, next)),
      true,
    ),
  )
}

const NAME = ROLE_CODE.name
const ATTRIBUTE = ROLE_CODE.attribute
const ELEMENT = ROLE_CODE.element

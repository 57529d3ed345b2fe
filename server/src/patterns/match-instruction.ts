// An instruction of a Dockerfile: the words of its commands in order, or the parts of an image by what they are.

import { ROLE_CODE } from '../syntax/kinds.ts'
import type { Matcher, Next } from './match.ts'
import type { Bindings, Pattern, Tree } from './pattern.ts'
import { shapeNumber } from './shapes.ts'

export function matchInstruction(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role } = code.tree
  const rows = code.children(row)
  if (pattern.shape === FROM) return parts(matcher, pattern.children, 0, rows, bindings, next)
  const own = rows.filter(it => role[it] !== MODIFIER)
  const wanted = pattern.children.filter(it => it.role !== MODIFIER)
  const options = pattern.children.filter(it => it.role === MODIFIER)
  return matcher.unordered(
    options,
    rows.filter(it => role[it] === MODIFIER),
    bindings,
    it => {
      const words = wanted.flatMap(at => (at.what === 'tree' && at.shape === COMMAND ? at.children : [at]))
      // What a shell runs is looked at from each of its commands on.
      const from = pattern.shape === RUN && matcher.options.deepExpressions ? own.length - 1 : 0
      for (let i = 0; i <= from; i++) {
        if (i > 0 && code.shape(own[i]!) !== COMMAND) continue
        const its = own.slice(i).flatMap(at => (code.shape(at) === COMMAND ? code.children(at) : [at]))
        if (matcher.list(words, 0, its, 0, it, next)) return true
      }
      return false
    },
    true,
  )
}

/** Each part that the pattern names; the image may say more. */
function parts(
  matcher: Matcher,
  wanted: readonly Pattern[],
  i: number,
  rows: readonly number[],
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const part = wanted[i]
  if (part === undefined) return next(bindings)
  if (part.what === 'gap' && part.name === '') return parts(matcher, wanted, i + 1, rows, bindings, next)
  const { role } = matcher.code.tree
  return rows.some(
    it =>
      role[it] === part.role &&
      matcher.match(part, it, bindings, at => parts(matcher, wanted, i + 1, rows, at, next)),
  )
}

const MODIFIER = ROLE_CODE.modifier
const COMMAND = shapeNumber('command')
const RUN = shapeNumber('run_instruction')
const FROM = shapeNumber('from_instruction')

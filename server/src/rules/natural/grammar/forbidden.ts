// What is not to be there: constructs, calls, things of a kind.

import { CONSTRUCT_OF_CODE } from '../code-words.ts'
import { all, code, into, maybe, oneOf, type Parser, word } from '../parse.ts'
import type { Construct, Subject } from '../requirement.ts'
import { ANYTHING, requirement, type Where } from './meaning.ts'
import { mustNot, names, noun, place, wheres } from './parts.ts'

const construct: Parser<Construct> = oneOf(
  into(word('construct'), it => it as Construct),
  into(
    all(
      maybe(word('blocks')),
      code(it => CONSTRUCT_OF_CODE.has(it)),
      maybe(word('blocks')),
    ),
    ([, it]) => CONSTRUCT_OF_CODE.get(it),
  ),
  // `else` after `return`
  into(
    all(
      code(it => it === 'else'),
      word('elseAfter'),
      code(it => it === 'return'),
    ),
    () => 'elseAfterReturn' as const,
  ),
  into(
    all(
      word('bare'),
      code(it => it === 'except'),
    ),
    () => 'bareExcept' as const,
  ),
  into(
    all(
      code(it => it === 'except'),
      word('bare'),
    ),
    () => 'bareExcept' as const,
  ),
  into(
    all(
      maybe(word('blocks')),
      code(it => it === 'catch' || it === 'except'),
      word('empty'),
    ),
    () => 'emptyCatch' as const,
  ),
  into(
    all(
      word('empty'),
      code(it => it === 'catch' || it === 'except'),
      maybe(word('blocks')),
    ),
    () => 'emptyCatch' as const,
  ),
  into(
    all(
      code(it => it === 'let'),
      word('unchanged'),
    ),
    () => 'unchangedLet' as const,
  ),
  into(
    all(
      word('typeNoun'),
      code(it => it === 'any'),
    ),
    () => 'any' as const,
  ),
)
export const insteadOf = into(all(word('colon'), word('use'), names), ([, , it]) => it)
export const noConstruct = oneOf(
  into(all(word('ban', 'use'), construct, wheres, maybe(insteadOf)), ([, it, scope, instead]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: it, ...(instead && { instead }) }),
  ),
  into(all(construct, wheres, word('forbidden'), wheres), ([it, scope, , more]) =>
    requirement(ANYTHING, [...scope, ...more], { kind: 'noConstruct', construct: it }),
  ),
  into(all(mustNot, word('construct', 'assignmentInCondition')), () =>
    requirement(ANYTHING, [], { kind: 'noConstruct', construct: 'assignmentInCondition' }),
  ),
  into(all(word('no'), word('construct', 'assignmentInCondition')), () =>
    requirement(ANYTHING, [], { kind: 'noConstruct', construct: 'assignmentInCondition' }),
  ),
  // `Use `===` instead of `==``
  into(
    all(
      word('use'),
      names,
      word('instead'),
      code(it => CONSTRUCT_OF_CODE.has(it)),
      wheres,
    ),
    ([, instead, , it, scope]) =>
      requirement(ANYTHING, scope, { kind: 'noConstruct', construct: CONSTRUCT_OF_CODE.get(it)!, instead }),
  ),
)
/** Names, and no construct of a language. */
const plainNames = into(names, it =>
  it.some(name => CONSTRUCT_OF_CODE.has(name) || name.includes('/')) ? undefined : it,
)
export const noUse = oneOf(
  into(all(word('ban', 'use', 'call'), plainNames, wheres, maybe(insteadOf)), ([, it, scope, instead]) =>
    requirement(ANYTHING, scope, { kind: 'noUse', names: it, ...(instead && { instead }) }),
  ),
  into(all(plainNames, wheres, word('forbidden'), wheres), ([it, scope, , more]) =>
    requirement(ANYTHING, [...scope, ...more], { kind: 'noUse', names: it }),
  ),
  into(all(word('use'), names, word('instead'), plainNames, wheres), ([, instead, , it, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noUse', names: it, instead }),
  ),
  into(all(plainNames, word('onlyCalled'), word('in'), place), ([it, , , only]) =>
    requirement(ANYTHING, [{ outside: only }], { kind: 'noUse', names: it }),
  ),
)
/** `No TODO comments`, `Classes are forbidden in `functions/``. */
export const absent = oneOf(
  into(all(word('ban', 'use'), oneOf(noun, todos()), wheres), ([, it, scope]) =>
    isTooMuch(it, scope) ? undefined : requirement(it, scope, { kind: 'absent' }),
  ),
  into(all(oneOf(noun, todos()), wheres, word('forbidden'), wheres), ([it, scope, , more]) =>
    isTooMuch(it, [...scope, ...more]) ? undefined : requirement(it, [...scope, ...more], { kind: 'absent' }),
  ),
  // `Files in `models/` must not contain functions`
  into(all(word('noun', 'file'), wheres, mustNot, word('have'), noun), ([, scope, , , it]) =>
    scope.length === 0 ? undefined : requirement(it, scope, { kind: 'absent' }),
  ),
)

function todos(): Parser<Subject> {
  const it = code(text => text === 'TODO' || text === 'FIXME')
  const todo: Subject = { kind: 'todo', qualities: [] }
  return oneOf(
    into(all(it, maybe(word('blocks'))), () => todo),
    into(all(word('blocks'), it), () => todo),
  )
}

/** What a team would never mean: no functions at all, anywhere. */
function isTooMuch({ kind, qualities, named }: Subject, scope: readonly Where[]): boolean {
  if (kind === 'todo' || named) return false
  // Said in one way only: as a nested function.
  if (kind === 'function' && scope.some(it => 'inside' in it && it.inside.kind === 'within')) return true
  return qualities.length === 0 && !scope.some(it => 'inside' in it)
}

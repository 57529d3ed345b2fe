// What is not to be there: constructs, calls, things of a kind.

import { CONSTRUCT_OF_CODE } from '../code-words.ts'
import { all, code, into, maybe, oneOf, type Parser, word } from '../parse.ts'
import type { Construct, Subject } from '../requirement.ts'
import { ANYTHING, plainSubject, requirement, type Where } from './meaning.ts'
import { must, mustNot, names, noun, place, wheres } from './parts.ts'

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
      maybe(word('blocks')),
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
/** What may lie in another one of its kind. */
const nestable: Parser<Construct> = oneOf(
  into(word('construct', 'ternary'), () => 'nestedTernary' as const),
  into(word('noun', 'loop'), () => 'nestedLoop' as const),
  into(word('noun', 'function'), () => 'nestedFunction' as const),
)
export const insteadOf = into(all(word('colon'), word('use'), names), ([, , it]) => it)
export const noConstruct = oneOf(
  into(all(word('ban', 'use'), construct, wheres, maybe(insteadOf)), ([, it, scope, instead]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: it, ...(instead && { instead }) }),
  ),
  into(all(construct, wheres, word('forbidden'), wheres), ([it, scope, , more]) =>
    requirement(ANYTHING, [...scope, ...more], { kind: 'noConstruct', construct: it }),
  ),
  // `Catch blocks must never be empty`
  into(all(word('noun', 'catch'), wheres, mustNot, word('beEmpty')), ([, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: 'emptyCatch' }),
  ),
  into(
    all(
      maybe(word('blocks')),
      code(it => it === 'catch' || it === 'except'),
      maybe(word('blocks')),
      wheres,
      mustNot,
      word('beEmpty'),
    ),
    ([, , , scope]) => requirement(ANYTHING, scope, { kind: 'noConstruct', construct: 'emptyCatch' }),
  ),
  // `Ternary expressions must not be nested`, `Do not nest ternaries`
  into(all(nestable, wheres, mustNot, word('beNested')), ([it, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: it }),
  ),
  into(all(word('nest'), nestable, wheres), ([, it, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: it }),
  ),
  into(all(word('noun', 'function', 'method'), wheres, mustNot, word('reassign')), ([, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: 'reassignedParameter' }),
  ),
  into(all(mustNot, word('construct', 'assignmentInCondition')), () =>
    requirement(ANYTHING, [], { kind: 'noConstruct', construct: 'assignmentInCondition' }),
  ),
  into(all(word('no'), word('construct', 'assignmentInCondition')), () =>
    requirement(ANYTHING, [], { kind: 'noConstruct', construct: 'assignmentInCondition' }),
  ),
  into(all(word('use'), word('goodInstead'), word('instead'), construct, wheres), ([, , , it, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: it }),
  ),
  // `Every `except` must name its exception`
  into(all(word('noun', 'catch'), wheres, must, word('namesType')), ([, scope]) =>
    requirement(ANYTHING, scope, { kind: 'noConstruct', construct: 'bareExcept' }),
  ),
  into(
    all(
      code(it => it === 'except'),
      maybe(word('blocks')),
      wheres,
      must,
      word('namesType'),
    ),
    ([, , scope]) => requirement(ANYTHING, scope, { kind: 'noConstruct', construct: 'bareExcept' }),
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
/** `Do not catch `Exception``. */
export const noCatch = oneOf(
  into(all(word('catchIt'), names, wheres), ([, it, scope]) =>
    requirement(plainSubject('catch'), scope, { kind: 'noCatch', names: it }),
  ),
  into(all(word('noun', 'catch'), wheres, mustNot, word('catchVerb'), names), ([, scope, , , it]) =>
    requirement(plainSubject('catch'), scope, { kind: 'noCatch', names: it }),
  ),
)
/** `Files in `ui/` must not use `localStorage``. */
export const noUseIn = into(
  all(noun, wheres, mustNot, word('useVerb'), plainNames, wheres),
  ([it, scope, , , list, more]) =>
    it.kind === 'file' && [...scope, ...more].length > 0
      ? requirement(ANYTHING, [...scope, ...more], { kind: 'noUse', names: list })
      : undefined,
)
/** `Only files in `config/` may read `process.env``. */
export const onlyThere = into(
  all(
    word('only'),
    word('noun', 'file'),
    word('in'),
    place,
    maybe(word('must', 'may')),
    word('readVerb'),
    plainNames,
  ),
  ([, , , only, , , it]) => requirement(ANYTHING, [{ outside: only }], { kind: 'noUse', names: it }),
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

export function todos(): Parser<Subject> {
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

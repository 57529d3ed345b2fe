// What things are called.

import { findCatastrophe } from '../../support/regex/ambiguity.ts'
import { parseRegex } from '../../support/regex/parse.ts'
import { NO_FLAGS } from '../../support/regex/syntax.ts'
import { all, code, into, maybe, oneOf, word } from '../parse.ts'
import type { CaseStyle } from '../requirement.ts'
import { isForbidden, isNamed, requirement } from './meaning.ts'
import { anyMust, bareNoun, must, namedSubject, names, namesOf, noun, subject, wheres } from './parts.ts'

export const nameCase = into(
  all(namedSubject, anyMust, maybe(word('be')), maybe(word('in')), word('case'), wheres),
  ([{ isNo, it, scope }, modal, , , style, more]) =>
    isNo || modal !== 'must'
      ? undefined
      : requirement(it, [...scope, ...more], { kind: 'case', style: style as CaseStyle }),
)
/** `Use snake_case for all function names`. */
export const caseFor = into(
  all(word('use'), word('case'), word('per'), oneOf(namesOf, noun), wheres),
  ([, style, , it, scope]) => requirement(it, scope, { kind: 'case', style: style as CaseStyle }),
)
/** `Write constants in UPPER_CASE`. */
export const writeIn = into(
  all(word('write'), oneOf(namesOf, noun), maybe(word('in')), word('case'), wheres),
  ([, it, , style, scope]) => requirement(it, scope, { kind: 'case', style: style as CaseStyle }),
)
const affixes = oneOf(
  names,
  into(word('underscore'), () => ['_'] as readonly string[]),
)
export const affix = into(
  all(namedSubject, word('must'), oneOf(word('start'), word('end')), affixes, wheres),
  ([{ isNo, it, scope }, modal, at, any, more]) => {
    if (!isNamed(it)) return undefined
    return requirement(it, [...scope, ...more], {
      kind: 'affix',
      at: at as 'start' | 'end',
      any,
      isForbidden: isForbidden(modal, isNo),
    })
  },
)
/** `Do not use class names with underscores`. */
export const noUnderscore = into(
  all(
    word('ban', 'use'),
    oneOf(
      namesOf,
      into(all(word('name'), word('in'), bareNoun), ([, , it]) => it),
    ),
    word('with'),
    word('underscore'),
  ),
  ([, it]) => requirement(it, [], { kind: 'affix', at: 'anywhere', any: ['_'], isForbidden: true }),
)
/** `Do not use underscores in class names`. */
export const noUnderscoreIn = into(
  all(word('ban', 'use'), word('underscore'), word('in'), namesOf, wheres),
  ([, , , it, scope]) =>
    requirement(it, scope, { kind: 'affix', at: 'anywhere', any: ['_'], isForbidden: true }),
)
export const namePattern = into(
  all(namedSubject, must, word('match'), code(isPattern)),
  ([{ it, scope }, , , pattern]) => requirement(it, scope, { kind: 'pattern', pattern }),
)
export const notCalled = oneOf(
  into(all(word('ban', 'name'), noun, names), ([, it, list]) =>
    requirement(it, [], { kind: 'notCalled', names: list }),
  ),
  into(all(word('ban', 'name'), names, noun), ([, list, it]) =>
    requirement(it, [], { kind: 'notCalled', names: list }),
  ),
  into(
    all(subject, word('must'), word('beCalled'), names, wheres),
    ([{ isNo, it, scope }, modal, , list, more]) =>
      isForbidden(modal, isNo)
        ? requirement(it, [...scope, ...more], { kind: 'notCalled', names: list })
        : undefined,
  ),
)

/** One that a file of rules of a stranger cannot stop the editor with. */
function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
  } catch {
    return false
  }
  const parsed = parseRegex(text, 'javascript', { ...NO_FLAGS, unicode: true })
  return !findCatastrophe(parsed, false) && !findCatastrophe(parsed, true)
}

// How much there may be: lines, parameters, levels.

import { all, into, maybe, oneOf, word } from '../parse.ts'
import type { Demand, Measure } from '../requirement.ts'
import { isForbidden, plainSubject, requirement } from './meaning.ts'
import { amount, bareNoun, measure, must, mustNot, namesOf, noun, subject, verb, wheres } from './parts.ts'

export const limit = into(
  all(subject, word('must'), verb, maybe(word('more')), maybe(amount), measure, wheres),
  ([{ isNo, it, scope }, modal, , comparison, count, what, more]) =>
    // « at least a method »: the article is gone, and nothing else could stand there.
    count === undefined && comparison !== 'least'
      ? undefined
      : requirement(it, [...scope, ...more], limitOf(modal, isNo, comparison, count ?? 1, what)),
)
/** `Keep every line under 100 characters`; `Limit constructors to three parameters`. */
export const keepLimit = into(
  all(word('keep'), subject, word('more'), amount, measure, wheres),
  ([, { isNo, it, scope }, comparison, count, what, more]) =>
    requirement(it, [...scope, ...more], limitOf('must', isNo, comparison, count, what)),
)
export const limitOfNames = oneOf(
  into(
    all(
      maybe(word('no')),
      namesOf,
      wheres,
      word('must'),
      verb,
      word('more'),
      amount,
      word('measure', 'characters'),
      maybe(word('long')),
    ),
    ([no, it, scope, modal, , comparison, count]) =>
      requirement(it, scope, nameLimit(limitOf(modal, no !== undefined, comparison, count, 'characters'))),
  ),
  // `Do not use variable names of a single letter`
  into(
    all(
      word('ban', 'use'),
      oneOf(
        namesOf,
        into(all(word('name'), word('in'), bareNoun), ([, , it]) => it),
      ),
      word('in'),
      oneOf(
        into(word('more', 'only'), () => 1),
        amount,
      ),
      word('measure', 'characters'),
    ),
    ([, it, , count]) =>
      requirement(it, [], { kind: 'limit', measure: 'characters', least: count + 1, ofName: true }),
  ),
  // `parameters must not have names of a single letter`
  into(
    all(
      subject,
      mustNot,
      verb,
      word('nameOf'),
      oneOf(
        into(word('more', 'only'), () => 1),
        amount,
      ),
      word('measure', 'characters'),
    ),
    ([{ it, scope }, , , , count]) =>
      requirement(it, scope, { kind: 'limit', measure: 'characters', least: count + 1, ofName: true }),
  ),
)
/** `Keep the complexity of functions below 5`; `The complexity of a function must not be greater than 4`. */
export const complexity = oneOf(
  into(
    all(word('keep'), word('complexity'), maybe(word('in')), noun, wheres, word('more'), amount),
    ([, , , it, scope, comparison, count]) =>
      requirement(it, scope, limitOf('must', false, comparison, count, 'complexity')),
  ),
  into(
    all(
      word('complexity'),
      maybe(word('in')),
      noun,
      wheres,
      word('must'),
      maybe(word('be')),
      verb,
      word('more'),
      amount,
    ),
    ([, , it, scope, modal, , , comparison, count]) =>
      requirement(it, scope, limitOf(modal, false, comparison, count, 'complexity')),
  ),
)
export const nesting = into(
  all(
    word('nesting'),
    wheres,
    word('must'),
    verb,
    word('more'),
    amount,
    maybe(word('measure', 'nesting')),
    maybe(word('long')),
  ),
  ([, scope, modal, , comparison, count]) =>
    requirement(plainSubject('function'), scope, limitOf(modal, false, comparison, count, 'nesting')),
)
/** `Limit to four the parameters of each function`, as Spanish says it. */
export const limitTo = into(
  all(word('keep'), amount, measure, word('in'), noun, wheres),
  ([, count, what, , it, scope]) => requirement(it, scope, { kind: 'limit', measure: what, most: count }),
)
/** `Never nest blocks deeper than four levels`. */
export const neverNest = into(
  all(
    word('nest'),
    maybe(word('nesting')),
    word('more'),
    amount,
    maybe(word('measure', 'nesting')),
    maybe(word('nestedBlocks')),
    maybe(word('long')),
  ),
  ([, , comparison, count]) =>
    requirement(plainSubject('function'), [], limitOf('mustNot', false, comparison, count, 'nesting')),
)
/** `At most 15 imports per file`; `There should be only one class per file`; `No more than 15 imports per file`. */
export const limitFirst = oneOf(
  into(
    all(
      maybe(oneOf(word('thereIs'), word('only'))),
      maybe(word('thereIs')),
      word('more'),
      amount,
      measure,
      word('per'),
      noun,
      wheres,
    ),
    ([, , comparison, count, what, , it, scope]) =>
      comparison === 'only'
        ? requirement(it, scope, { kind: 'limit', measure: what, most: count })
        : requirement(it, scope, limitOf('must', false, comparison, count, what)),
  ),
  into(
    all(word('only'), word('thereIs'), maybe(amount), measure, word('per'), noun, wheres),
    ([, , count = 1, what, , it, scope]) =>
      requirement(it, scope, { kind: 'limit', measure: what, most: count }),
  ),
  into(
    all(word('thereIs'), word('more', 'only'), maybe(amount), measure, word('per'), noun, wheres),
    ([, , count = 1, what, , it, scope]) =>
      requirement(it, scope, { kind: 'limit', measure: what, most: count }),
  ),
  into(
    all(word('ban', 'use'), word('more', 'more'), amount, measure, word('per'), noun, wheres),
    ([, , count, what, , it, scope]) => requirement(it, scope, { kind: 'limit', measure: what, most: count }),
  ),
)
/** `A file must contain only one class`. */
export const onlyOne = into(
  all(subject, must, verb, word('more', 'only'), maybe(amount), measure),
  ([{ it, scope }, , , , count = 1, what]) =>
    requirement(it, scope, { kind: 'limit', measure: what, most: count }),
)

function limitOf(
  modal: string,
  isNo: boolean,
  comparison: string | undefined,
  count: number,
  measure: Measure,
): Demand | undefined {
  const isNot = isForbidden(modal, isNo)
  const limit = { kind: 'limit', measure } as const
  // That there is one at all is a demand of its own.
  if (measure === 'assertions' && comparison === 'least' && count === 1) return undefined
  switch (comparison) {
    case 'more':
      return isNot ? { ...limit, most: count } : undefined
    case 'most':
      return isNot ? undefined : { ...limit, most: count }
    case 'fewer':
      return isNot ? { ...limit, least: count } : { ...limit, most: count - 1 }
    case 'least':
      return isNot ? undefined : { ...limit, least: count }
    default:
      return undefined
  }
}

function nameLimit(demand: Demand | undefined): Demand | undefined {
  return demand?.kind === 'limit' ? { ...demand, ofName: true } : undefined
}

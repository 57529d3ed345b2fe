// The grammar of rules: one for both languages, since what is said comes in the same order. What differs is in the lexicons.

import { all, into, maybe, oneOf, type Parser, word } from '../parse.ts'
import type { Requirement } from '../requirement.ts'
import { aboutCalls, calls, contains, demands, extendsIt, quotes } from './demanding.ts'
import { absent, noConstruct, noUse } from './forbidden.ts'
import { extension, noImport, noImportFrom } from './importing.ts'
import { complexity, limit, limitFirst, limitOfNames, nesting, onlyOne } from './limits.ts'
import { joined, scopeOf } from './meaning.ts'
import { affix, nameCase, namePattern, notCalled, noUnderscore } from './naming.ts'
import { orders } from './ordering.ts'
import { where } from './parts.ts'

const plainSentence: Parser<Requirement> = oneOf(
  limit,
  limitOfNames,
  complexity,
  nesting,
  limitFirst,
  onlyOne,
  nameCase,
  affix,
  noUnderscore,
  namePattern,
  notCalled,
  noConstruct,
  noUse,
  absent,
  noImportFrom,
  noImport,
  extension,
  demands,
  extendsIt,
  calls,
  contains,
  aboutCalls,
  quotes,
  orders,
)

/** `In Python, …`: the place may come first. */
export const sentence: Parser<Requirement> = oneOf(
  plainSentence,
  into(all(where, maybe(word('colon')), plainSentence), ([first, , it]) => ({
    ...it,
    scope: joined(scopeOf([first]), it.scope),
  })),
)

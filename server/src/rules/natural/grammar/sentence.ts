// The grammar of rules: one for both languages, since what is said comes in the same order. What differs is in the lexicons.

import { all, into, maybe, oneOf, type Parser, word } from '../parse.ts'
import type { Requirement } from '../requirement.ts'
import { aboutCalls, calls, contains, demands, extendsIt, passTo, quotes } from './demanding.ts'
import { absent, noCatch, noConstruct, noUse, noUseIn, onlyThere } from './forbidden.ts'
import { extension, importingIs, mustImport, noImport, noImportFrom } from './importing.ts'
import {
  complexity,
  keepLimit,
  limit,
  limitFirst,
  limitOfNames,
  limitTo,
  nesting,
  neverNest,
  onlyOne,
} from './limits.ts'
import { joined, scopeOf } from './meaning.ts'
import {
  affix,
  caseFor,
  nameCase,
  namePattern,
  notCalled,
  noUnderscore,
  noUnderscoreIn,
  writeIn,
} from './naming.ts'
import { orders } from './ordering.ts'
import { where } from './parts.ts'

const plainSentence: Parser<Requirement> = oneOf(
  limit,
  limitOfNames,
  complexity,
  nesting,
  keepLimit,
  limitTo,
  neverNest,
  limitFirst,
  onlyOne,
  nameCase,
  caseFor,
  writeIn,
  noUnderscoreIn,
  affix,
  noUnderscore,
  namePattern,
  notCalled,
  noConstruct,
  noUse,
  noCatch,
  onlyThere,
  noUseIn,
  absent,
  noImportFrom,
  noImport,
  mustImport,
  importingIs,
  extension,
  demands,
  extendsIt,
  calls,
  contains,
  aboutCalls,
  passTo,
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

// A function's tokens as rows of numbers: what the encoder of the bug finder takes, in training and in the editor alike.

import { STRUCTURE } from './function-tokens/structure.ts'
import type { FunctionTokens } from './function-tokens/tokens.ts'
import { PIECES, type Vocabulary } from './vocabulary.ts'

/** Pieces of the parameter's name that are told of an argument. */
const EXPECTED_PIECES = 2

/** The numbers of one token; all of them are rows of one table of vectors, whose sum is the token's vector. */
export const FEATURES = PIECES + EXPECTED_PIECES + STRUCTURE.length + 1

/** How many pieces a vocabulary has at most. */
export const MOST_PIECES = 8192
/** Names of parameters have vectors of their own; the commonest pieces, which come first, do not share them with others. */
const MOST_EXPECTED = 4096
/** Variables are numbered; those beyond share numbers. */
export const SYMBOL_SLOTS = 63

const EXPECTED_FROM = MOST_PIECES
/** Where the rows of each part of `STRUCTURE` begin, and behind them those of the variables. */
const STRUCTURE_FROM: readonly number[] = starts(EXPECTED_FROM + MOST_EXPECTED)
/** The row of the table for the first variable. */
export const SYMBOLS_FROM = STRUCTURE_FROM.at(-1)!
/** The rows of the table of vectors. */
export const TABLE_ROWS = SYMBOLS_FROM + SYMBOL_SLOTS
/** Which of a token's features is the number of its variable: training shuffles those. */
export const SYMBOL_FEATURE = FEATURES - 1
/** Which of a token's features says how a variable is bound and used. */
export const BINDING_FEATURE = PIECES + EXPECTED_PIECES + STRUCTURE.findIndex(it => it.name === 'binding')
export const BINDING_FROM = STRUCTURE_FROM[STRUCTURE.findIndex(it => it.name === 'binding')]!

/** `count × FEATURES` numbers; 0 stands for nothing, as piece 0 does. */
export function featuresOf(tokens: FunctionTokens, vocabulary: Vocabulary): Int32Array {
  const { count, words, expected, structure, symbol } = tokens
  const features = new Int32Array(count * FEATURES)
  for (let token = 0; token < count; token++) {
    let at = token * FEATURES
    const pieces = vocabulary.cut(words[token]!)
    for (let i = 0; i < pieces.length; i++) features[at + i] = pieces[i]!
    at += PIECES
    const parameter = expected[token]!
    if (parameter !== '') {
      const named = vocabulary.cut(parameter)
      for (let i = 0; i < Math.min(named.length, EXPECTED_PIECES); i++)
        features[at + i] = EXPECTED_FROM + (named[i]! % MOST_EXPECTED)
    }
    at += EXPECTED_PIECES
    for (let i = 0; i < STRUCTURE.length; i++)
      features[at + i] = STRUCTURE_FROM[i]! + structure[token * STRUCTURE.length + i]!
    const variable = symbol[token]!
    if (variable > 0) features[at + STRUCTURE.length] = SYMBOLS_FROM + ((variable - 1) % SYMBOL_SLOTS)
  }
  return features
}

function starts(from: number): number[] {
  const found = [from]
  for (const { size } of STRUCTURE) found.push((from += size))
  return found
}

// Ways to compare functions, from the published baseline to what is shipped, behind one face.

import type { Terms } from '../../../server/src/inference/similarity/terms.ts'
import { SORTS, vectorOf } from '../../../server/src/inference/similarity/vector.ts'
import type { TermWeights } from '../../../server/src/inference/similarity/weights.ts'
import { normalWord, wordsOf } from '../../../server/src/inference/similarity/words.ts'
import type { ReadFunction } from './read-functions.ts'

/** Sparse vectors of length 1, or of whatever length BM25 gives: what counts is the order of the products. */
export type Sparse = ReadonlyMap<string | number, number>

export interface Recipe {
  readonly name: string
  /** As a question, and as one of those that may answer it. `all` are the functions among which it is sought. */
  readonly question: (fn: ReadFunction, all: Corpus) => Sparse
  readonly answer: (fn: ReadFunction, all: Corpus) => Sparse
}

/** What BM25 and the baseline weigh by: the very functions that are searched, which favours them. */
export class Corpus {
  readonly #frequency = new Map<string, number>()
  readonly #total: number
  readonly mean: number

  constructor(bags: readonly Terms[]) {
    let length = 0
    for (const bag of bags)
      for (const [term, count] of bag) {
        this.#frequency.set(term, (this.#frequency.get(term) ?? 0) + 1)
        length += count
      }
    this.#total = bags.length
    this.mean = length / Math.max(1, bags.length)
  }

  rarity(term: string): number {
    const count = this.#frequency.get(term) ?? 0
    return Math.log(1 + (this.#total - count + 0.5) / (count + 0.5))
  }
}

/** TF-IDF over the words of identifiers, as they are written: the published baseline. */
export const plain: Recipe = {
  name: 'words, TF-IDF (baseline)',
  question: (fn, all) => tfIdf(plainWords(fn), all),
  answer: (fn, all) => tfIdf(plainWords(fn), all),
}

export const okapi: Recipe = {
  name: 'words, BM25',
  question: fn => new Map([...plainWords(fn).keys()].map(it => [it, 1])),
  answer(fn, all) {
    const bag = plainWords(fn)
    const length = [...bag.values()].reduce((sum, it) => sum + it, 0)
    const pull = 1.2 * (1 - 0.75 + (0.75 * length) / all.mean)
    return new Map([...bag].map(([term, count]) => [term, (all.rarity(term) * count * 2.2) / (count + pull)]))
  },
}

export const normalised: Recipe = {
  name: 'normalised words, TF-IDF',
  question: (fn, all) => tfIdf(normalWords(fn), all),
  answer: (fn, all) => tfIdf(normalWords(fn), all),
}

/** What is shipped, or some sorts of its terms. */
export function shipped(
  name: string,
  weights: TermWeights,
  sorts: Readonly<Record<string, number>> = SORTS,
): Recipe {
  const read = (fn: ReadFunction): Sparse => {
    const { terms, weights: values } = vectorOf(fn.terms, weights, sorts)
    return new Map(Array.from(terms, (term, i) => [term, values[i]!]))
  }
  return { name, question: read, answer: read }
}

export function plainWords({ tree, row, name }: ReadFunction): Terms {
  const bag: Terms = new Map()
  for (let at = row + 1; at < tree.after[row]!; at++) {
    const text = tree.names[tree.name[at]!]!
    if (text !== '' && text !== name) for (const it of wordsOf(text)) bag.set(it, (bag.get(it) ?? 0) + 1)
  }
  return bag
}

function normalWords(fn: ReadFunction): Terms {
  const bag: Terms = new Map()
  for (const [word, count] of plainWords(fn))
    bag.set(normalWord(word), (bag.get(normalWord(word)) ?? 0) + count)
  return bag
}

function tfIdf(bag: Terms, all: Corpus): Sparse {
  const weights = new Map<string, number>()
  let squares = 0
  for (const [term, count] of bag) {
    const weight = (1 + Math.log(count)) * all.rarity(term)
    weights.set(term, weight)
    squares += weight * weight
  }
  const length = Math.sqrt(squares) || 1
  for (const [term, weight] of weights) weights.set(term, weight / length)
  return weights
}

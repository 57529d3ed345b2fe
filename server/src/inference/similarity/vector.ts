// A function as a point: two that do the same lie close, whatever their languages.

import { hash32 } from '../../base/digest.ts'
import type { Terms } from './terms.ts'
import { rarity, type TermWeights } from './weights.ts'

/**
 * Sparse and of length 1, so that the cosine of two is the sum over what they share. `terms` are digests of terms,
 * ascending. An encoder's dense vector would stand beside it, as another number for the same function.
 */
export interface Vector {
  readonly terms: Uint32Array
  readonly weights: Float32Array
}

/**
 * What each sort of term counts, found on one half of the evaluation's material and judged on the other:
 * `models/training/similarity/evaluate.ts`.
 */
export const SORTS: Readonly<Record<string, number>> = {
  w: 1, // words in their normal form
  x: 0.6, // words as they are written; `y` and `z` of variables count as these
  v: 0.6, // names of one letter
  d: 1.3, // deeds
  t: 1, // words of texts
  l: 1.2, // literals
  o: 1.2, // operators with what they are applied to
  s: 0.8, // what stands in what
  c: 0.7, // what stands in what stands in what
}

/** How much more of the same counts: a second time is worth less than the first. */
const REPEATED = 0.7

/** Weights are whole multiples of one in so many, so that what was stored is what was computed. */
export const WEIGHT_STEPS = 4096

export function vectorOf(terms: Terms, weights: TermWeights, sorts = SORTS): Vector {
  const points: { readonly id: number; readonly weight: number }[] = []
  let squares = 0
  for (const [term, count] of namesAsOne(terms, sorts)) {
    const sort = sorts[term[0]!] ?? 0
    if (sort === 0) continue
    // The root of the rarity: the product of two then is the evidence that sharing the term gives, once.
    const weight = sort * (1 + REPEATED * Math.log(count)) * Math.sqrt(rarity(weights, term))
    points.push({ id: hash32(term), weight })
    squares += weight * weight
  }
  points.sort((a, b) => a.id - b.id)
  const length = Math.sqrt(squares) || 1
  return {
    terms: Uint32Array.from(points, it => it.id),
    weights: Float32Array.from(points, it => Math.round((it.weight / length) * WEIGHT_STEPS) / WEIGHT_STEPS),
  }
}

/** What is left when the variables have other names: two of equal shape are a copy, whatever was renamed. */
export function shapeOf(terms: Terms, weights: TermWeights): Vector {
  return vectorOf(terms, weights, SHAPE)
}

/** A word is a word, whether a variable or a property has it: `y` counts as `w` and `z` as `x`. */
function namesAsOne(terms: Terms, sorts: Readonly<Record<string, number>>): Terms {
  const all: Terms = new Map()
  for (const [term, count] of terms) {
    const word = VARIABLES[term[0]!]
    if (word !== undefined && sorts[term[0]!] === 0) continue
    const key = word === undefined ? term : word + term.slice(1)
    all.set(key, (all.get(key) ?? 0) + count)
  }
  return all
}

const VARIABLES: Readonly<Record<string, string>> = { y: 'w', z: 'x' }

const SHAPE: Readonly<Record<string, number>> = { ...SORTS, v: 0, y: 0, z: 0 }

/** The cosine: 1 for the same terms in the same proportions, 0 for none in common. */
export function similarity(one: Vector, other: Vector): number {
  let sum = 0
  let i = 0
  let j = 0
  while (i < one.terms.length && j < other.terms.length) {
    const a = one.terms[i]!
    const b = other.terms[j]!
    if (a === b) sum += one.weights[i++]! * other.weights[j++]!
    else if (a < b) i++
    else j++
  }
  return sum
}

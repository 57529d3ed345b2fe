// A function as a short row of numbers, for a store that knows nothing of terms: what it does and what it is about, in one point.
//
// The sparse vectors by which functions are compared here are folded into 768 numbers, a term adding to two of them with a sign of
// its own. Two points then are about as close as the vectors were; no word can be read off a point, though who guesses one can test
// roughly whether it is in there. Words of a question fold into the same space, where only what functions are about is.

import { hash32 } from '../../base/digest.ts'
import type { About } from './about.ts'
import { formsOf } from './search-index.ts'
import type { Vector } from './vector.ts'
import { rarity, type TermWeights } from './weights.ts'

/** Of a hundred closest by sparse vectors, some 69 are among the closest by 768 numbers, 65 by 512, 59 by 256, 69 by 1,024. */
export const DIMENSIONS = 768

/** Numbers from -127 to 127: more digits than folding leaves are not worth their bytes. */
export type Embedding = Int8Array

/** What is done and what it is about count the same. */
const DOES = Math.SQRT1_2
const IS_ABOUT = Math.SQRT1_2
const PLACES = 2
const LARGEST = 127

/** Points of different names do not compare. */
export function encoderOf(weights: TermWeights): string {
  return `similarity-${weights.digest.slice(0, 12)}-${DIMENSIONS}`
}

export function embeddingOf(vector: Vector, about: About, weights: TermWeights): Embedding {
  const sums = new Float32Array(DIMENSIONS)
  for (let i = 0; i < vector.terms.length; i++) fold(sums, vector.terms[i]!, vector.weights[i]! * DOES)
  const points = [...about].map(([word, weight]) => ({
    id: idOf(word),
    weight: Math.sqrt(weight * rarity(weights, `w${word}`)),
  }))
  const length = Math.hypot(...points.map(it => it.weight)) || 1
  for (const { id, weight } of points) fold(sums, id, (weight / length) * IS_ABOUT)
  return rounded(sums)
}

/** Undefined when no word of the question says anything. */
export function embeddingOfWords(question: string, weights: TermWeights): Embedding | undefined {
  const sums = new Float32Array(DIMENSIONS)
  // Of the forms of one word, a function has one.
  for (const forms of formsOf(question))
    for (const it of forms) fold(sums, idOf(it), Math.sqrt(rarity(weights, `w${it}`) / forms.length))
  return sums.some(it => it !== 0) ? rounded(sums) : undefined
}

/** The cosine. */
export function closeness(one: Embedding, other: Embedding): number {
  let product = 0
  let squares = 0
  let otherSquares = 0
  for (let i = 0; i < one.length; i++) {
    const a = one[i]!
    const b = other[i]!
    product += a * b
    squares += a * a
    otherSquares += b * b
  }
  return squares === 0 || otherSquares === 0 ? 0 : product / Math.sqrt(squares * otherSquares)
}

function idOf(word: string): number {
  return hash32(`a${word}`)
}

function fold(sums: Float32Array, id: number, weight: number): void {
  for (let i = 1; i <= PLACES; i++) {
    const mixed = mix(id ^ Math.imul(i, 0x9e3779b9))
    const at = mixed % DIMENSIONS
    sums[at] = sums[at]! + (mixed & 0x80000000 ? -weight : weight)
  }
}

/** Every bit of the result depends on every bit of the number (the end of MurmurHash3). */
function mix(number: number): number {
  let it = number
  it = Math.imul(it ^ (it >>> 16), 0x85ebca6b)
  it = Math.imul(it ^ (it >>> 13), 0xc2b2ae35)
  return (it ^ (it >>> 16)) >>> 0
}

function rounded(sums: Float32Array): Embedding {
  let largest = 0
  for (const it of sums) largest = Math.max(largest, Math.abs(it))
  return Int8Array.from(sums, it => Math.round((it / (largest || 1)) * LARGEST))
}

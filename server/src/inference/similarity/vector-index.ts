// Many vectors, and which of them lie close: to one that is given, or to each other.

import { similarity, type Vector } from './vector.ts'

export interface Neighbour {
  /** The number under which `VectorIndex` knows the vector. */
  readonly id: number
  readonly similarity: number
}

export interface Pair {
  readonly one: number
  readonly other: number
  readonly similarity: number
}

/** An inverted index: asking costs what the rarest terms of the question cost, not what all vectors cost. */
export class VectorIndex {
  readonly #vectors: readonly Vector[]
  readonly #postings: ReadonlyMap<number, Posting>

  constructor(vectors: readonly Vector[]) {
    this.#vectors = vectors
    this.#postings = postingsOf(vectors)
  }

  /** The closest ones that `accepts`, best first. */
  nearest(vector: Vector, count: number, accepts: (id: number) => boolean = () => true): Neighbour[] {
    const sums = new Float32Array(this.#vectors.length)
    for (let i = 0; i < vector.terms.length; i++) {
      const posting = this.#postings.get(vector.terms[i]!)
      if (!posting) continue
      const { ids, weights } = posting
      const weight = vector.weights[i]!
      for (let j = 0; j < ids.length; j++) sums[ids[j]!]! += weight * weights[j]!
    }
    return best(sums, count, accepts)
  }

  /**
   * All pairs that are at least so similar and that `accepts`, the most similar first. `step` is called after each vector,
   * for whoever shows progress.
   */
  pairs(
    least: number,
    accepts: (one: number, other: number) => boolean = () => true,
    step: (done: number) => void = () => {},
  ): Pair[] {
    const pairs: Pair[] = []
    const vectors = inOrderOfRarity(this.#vectors, this.#postings)
    // Two that are similar enough share a term among the rare ones of either.
    const rare = new Map<number, number[]>()
    const seen = new Int32Array(vectors.length).fill(-1)
    vectors.forEach((vector, one) => {
      for (let i = 0; i < vector.ranks.length && vector.left[i]! >= least * least - ROUNDING; i++) {
        const others = rare.get(vector.ranks[i]!)
        if (!others) {
          rare.set(vector.ranks[i]!, [one])
          continue
        }
        for (const other of others) {
          if (seen[other] === one) continue
          seen[other] = one
          if (!accepts(other, one) || !mayReach(vectors[other]!, vector, least)) continue
          const cosine = similarity(this.#vectors[other]!, this.#vectors[one]!)
          if (cosine >= least) pairs.push({ one: other, other: one, similarity: cosine })
        }
        others.push(one)
      }
      step(one + 1)
    })
    return pairs.sort((a, b) => b.similarity - a.similarity || a.one - b.one || a.other - b.other)
  }
}

/** A vector with its rarest terms first. */
interface Ranked {
  /** A term's place in the order of rarity of all terms, ascending. */
  readonly ranks: Uint32Array
  readonly weights: Float32Array
  /** The sum of squares from here on; one longer than the others. */
  readonly left: Float32Array
}

/** Sums of rounded numbers are a little off. */
const ROUNDING = 1e-4

/** The same order for every vector: without that, what is skipped could be what two share. */
function inOrderOfRarity(
  vectors: readonly Vector[],
  postings: ReadonlyMap<number, Posting>,
): readonly Ranked[] {
  const order = [...postings].sort(([a, one], [b, other]) => one.ids.length - other.ids.length || a - b)
  const rankOf = new Map(order.map(([term], rank) => [term, rank]))
  return vectors.map(vector => {
    const ranked = Array.from(vector.terms, (term, i) => ({
      rank: rankOf.get(term)!,
      weight: vector.weights[i]!,
    }))
    ranked.sort((a, b) => a.rank - b.rank)
    const left = new Float32Array(ranked.length + 1)
    for (let i = ranked.length - 1; i >= 0; i--) left[i] = left[i + 1]! + ranked[i]!.weight ** 2
    return {
      ranks: Uint32Array.from(ranked, it => it.rank),
      weights: Float32Array.from(ranked, it => it.weight),
      left,
    }
  })
}

/** Whether two could be so similar. Most pairs that share a rare term share little else, which their rare terms show. */
function mayReach(one: Ranked, other: Ranked, least: number): boolean {
  let sum = 0
  let i = 0
  let j = 0
  while (i < one.ranks.length && j < other.ranks.length) {
    const a = one.ranks[i]!
    const b = other.ranks[j]!
    if (a === b) sum += one.weights[i++]! * other.weights[j++]!
    else {
      if (a < b) i++
      else j++
      // What is left of the two can share no more than the product of their lengths.
      if (sum + Math.sqrt(one.left[i]! * other.left[j]!) < least - ROUNDING) return false
    }
  }
  return true
}

interface Posting {
  readonly ids: number[]
  readonly weights: number[]
}

function postingsOf(vectors: readonly Vector[]): ReadonlyMap<number, Posting> {
  const postings = new Map<number, Posting>()
  vectors.forEach(({ terms, weights }, id) => {
    for (let i = 0; i < terms.length; i++) {
      let posting = postings.get(terms[i]!)
      if (!posting) {
        posting = { ids: [], weights: [] }
        postings.set(terms[i]!, posting)
      }
      posting.ids.push(id)
      posting.weights.push(weights[i]!)
    }
  })
  return postings
}

function best(sums: Float32Array, count: number, accepts: (id: number) => boolean): Neighbour[] {
  const found: Neighbour[] = []
  for (let id = 0; id < sums.length; id++) {
    const similarity = sums[id]!
    if (similarity <= 0 || (found.length === count && similarity <= found.at(-1)!.similarity) || !accepts(id))
      continue
    let at = found.length
    while (at > 0 && found[at - 1]!.similarity < similarity) at--
    found.splice(at, 0, { id, similarity })
    if (found.length > count) found.pop()
  }
  return found
}

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
    const prefixes = this.#vectors.map(it => rarestTerms(it, this.#postings, least))
    // Two that are similar enough share a term among the rare ones of either.
    const rare = new Map<number, number[]>()
    const seen = new Int32Array(this.#vectors.length).fill(-1)
    this.#vectors.forEach((vector, one) => {
      for (const term of prefixes[one]!) {
        const others = rare.get(term)
        if (!others) {
          rare.set(term, [one])
          continue
        }
        for (const other of others) {
          if (seen[other] === one || !accepts(other, one)) continue
          seen[other] = one
          const cosine = similarity(this.#vectors[other]!, vector)
          if (cosine >= least) pairs.push({ one: other, other: one, similarity: cosine })
        }
        others.push(one)
      }
      step(one + 1)
    })
    return pairs.sort((a, b) => b.similarity - a.similarity || a.one - b.one || a.other - b.other)
  }
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

/**
 * As many of the rarest terms as it takes for the others to be too little for the wanted similarity by themselves:
 * whatever shares none of these cannot be close enough.
 */
function rarestTerms(
  { terms, weights }: Vector,
  postings: ReadonlyMap<number, Posting>,
  least: number,
): number[] {
  const order = Array.from(terms, (term, i) => ({
    term,
    weight: weights[i]!,
    count: postings.get(term)!.ids.length,
  }))
  // By how often, then by the digest: the same order for every vector, without which the argument does not hold.
  order.sort((a, b) => a.count - b.count || a.term - b.term)
  const chosen: number[] = []
  let left = 1
  for (const { term, weight } of order) {
    // The other vector has length 1, so what is left shares at most the root of what is left here.
    if (left < least * least) break
    chosen.push(term)
    left -= weight * weight
  }
  return chosen
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

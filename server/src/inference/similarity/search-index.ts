// Finding functions by words: BM25 over what each is about, where one word of the question may have several forms.

import type { About } from './about.ts'
import { englishOf, isFiller } from './lexicon.ts'
import { normalWord, wordsOf } from './words.ts'

export interface Hit {
  readonly id: number
  readonly score: number
  /** The share of the question's words that the function is about. */
  readonly share: number
}

/** Of BM25: how soon more of the same word stops to count, and how much a long function has to have more of it. */
const SATURATION = 1.6
const LENGTH = 0.55

export class SearchIndex {
  readonly #postings = new Map<string, { readonly ids: number[]; readonly weights: number[] }>()
  readonly #lengths: Float32Array
  readonly #mean: number

  constructor(functions: readonly About[]) {
    this.#lengths = new Float32Array(functions.length)
    functions.forEach((about, id) => {
      for (const [word, weight] of about) {
        this.#lengths[id]! += weight
        let posting = this.#postings.get(word)
        if (!posting) {
          posting = { ids: [], weights: [] }
          this.#postings.set(word, posting)
        }
        posting.ids.push(id)
        posting.weights.push(weight)
      }
    })
    this.#mean = this.#lengths.reduce((sum, it) => sum + it, 0) / Math.max(1, functions.length)
  }

  /** The best ones first. A function that lacks some of the words comes behind those of its like that have them. */
  search(question: string, count: number): Hit[] {
    const groups = formsOf(question)
    const total = this.#lengths.length
    const scores = new Float32Array(total)
    const shares = new Float32Array(total)
    const most = new Float32Array(total)
    for (const forms of groups) {
      most.fill(0)
      for (const form of forms) {
        const posting = this.#postings.get(form)
        if (!posting) continue
        const rarity = Math.log(1 + (total - posting.ids.length + 0.5) / (posting.ids.length + 0.5))
        posting.ids.forEach((id, i) => {
          const weight = posting.weights[i]!
          const pull = SATURATION * (1 - LENGTH + (LENGTH * this.#lengths[id]!) / this.#mean)
          const score = (rarity * weight * (SATURATION + 1)) / (weight + pull)
          if (score > most[id]!) most[id] = score
        })
      }
      for (let id = 0; id < total; id++) {
        if (most[id] === 0) continue
        scores[id]! += most[id]!
        shares[id]! += 1 / groups.length
      }
    }
    const hits: Hit[] = []
    for (let id = 0; id < total; id++)
      if (scores[id]! > 0) hits.push({ id, score: scores[id]! * shares[id]!, share: shares[id]! })
    return hits.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, count)
  }
}

/** For each word that is asked for, the forms under which code may have it. */
export function formsOf(question: string): string[][] {
  return wordsOf(question)
    .filter(it => it.length > 1 && !isFiller(it))
    .map(it => [...new Set([normalWord(it), ...englishOf(it).map(normalWord)])])
}

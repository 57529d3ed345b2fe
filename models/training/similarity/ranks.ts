// Where the right answer stands among all functions of the other language, and what that comes to.

import type { Material, Question } from './material.ts'
import { Corpus, plainWords, type Recipe } from './recipes.ts'

export interface Score {
  readonly from: string
  readonly to: string
  /** 1 is the first. */
  readonly rank: number
}

export function scoreOf(recipe: Recipe, material: Material, half: Question['half']): Score[] {
  return scoresOf(halfOf(material, half), sumsOf(recipe, material, half))
}

export function halfOf({ questions }: Material, half: Question['half']): readonly Question[] {
  return questions.filter(it => it.half === half)
}

/** By question of the half: how close each function of the other language is. */
export function* sumsOf(recipe: Recipe, material: Material, half: Question['half']): Generator<Float64Array> {
  const byLanguage = new Map(
    [...material.functions].map(([language, all]) => {
      const corpus = new Corpus(all.map(plainWords))
      const postings = new Map<string | number, { id: number; weight: number }[]>()
      all.forEach((fn, id) => {
        for (const [term, weight] of recipe.answer(fn, corpus)) {
          const known = postings.get(term)
          if (known) known.push({ id, weight })
          else postings.set(term, [{ id, weight }])
        }
      })
      return [language, { corpus, postings, count: all.length }] as const
    }),
  )
  for (const { from, language } of halfOf(material, half)) {
    const { corpus, postings, count } = byLanguage.get(language)!
    const sums = new Float64Array(count)
    for (const [term, weight] of recipe.question(from, corpus))
      for (const it of postings.get(term) ?? []) sums[it.id]! += weight * it.weight
    yield sums
  }
}

/** Where the right ones stand. Of equal ones they are the last: whoever knows nothing must not win by that. */
export function scoresOf(questions: readonly Question[], sums: Iterable<Float64Array>): Score[] {
  const scores: Score[] = []
  for (const found of sums) {
    const { from, language, answers } = questions[scores.length]!
    const right = Math.max(...[...answers].map(it => found[it]!))
    let rank = 1
    for (let id = 0; id < found.length; id++) if (!answers.has(id) && found[id]! >= right) rank++
    scores.push({ from: from.language, to: language, rank })
  }
  return scores
}

/** With the interval in which 95 of 100 samples of the same size would lie. */
export function tally(scores: readonly Score[]) {
  const reciprocal = scores.map(it => 1 / it.rank)
  const random = generator(1)
  const means: number[] = []
  for (let round = 0; round < 500; round++) {
    let sum = 0
    for (let i = 0; i < reciprocal.length; i++) sum += reciprocal[Math.floor(random() * reciprocal.length)]!
    means.push(sum / reciprocal.length)
  }
  means.sort((a, b) => a - b)
  return {
    recall1: share(scores, it => it.rank === 1),
    recall5: share(scores, it => it.rank <= 5),
    mrr: mean(reciprocal),
    low: means[12]!,
    high: means[487]!,
  }
}

function share<T>(all: readonly T[], is: (it: T) => boolean): number {
  return all.filter(is).length / all.length
}

function mean(all: readonly number[]): number {
  return all.reduce((sum, it) => sum + it, 0) / all.length
}

/** Mulberry32: the same numbers for the same seed. */
export function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

// Which functions say nearly the same, and which are closest to one.

import { type Pair, VectorIndex } from '../inference/similarity/vector-index.ts'
import { isSpecimen, isTest } from '../semantics/provenance.ts'
import type { DescribedFunction } from './described-functions.ts'

/** A function with the place where it stands. */
export interface PlacedFunction extends DescribedFunction {
  readonly file: string
}

export interface SimilarPair {
  readonly similarity: number
  readonly one: PlacedFunction
  readonly other: PlacedFunction
}

export interface PairOptions {
  readonly least: number
  readonly acrossLanguages: boolean
  /** Called now and then with how many functions were compared. */
  readonly step?: (done: number) => void
}

/** Smaller ones are alike by nature: they forward, read a field, or check an argument. */
export const LEAST_NODES = 50

/** Pairs of functions that are large enough to be worth it, the most similar first. */
export function similarPairs(functions: readonly PlacedFunction[], options: PairOptions): SimilarPair[] {
  const large = functions.filter(it => it.size >= LEAST_NODES)
  const index = new VectorIndex(large.map(it => it.vector))
  const accepts = (a: number, b: number) => isComparable(large[a]!, large[b]!, options.acrossLanguages)
  return index
    .pairs(options.least, accepts, options.step)
    .map(({ one, other, similarity }: Pair) => ({ similarity, one: large[one]!, other: large[other]! }))
}

/** The closest to one of them, best first. Small ones count too: somebody asked. */
export function neighboursOf(
  functions: readonly PlacedFunction[],
  fn: PlacedFunction,
  {
    count,
    least,
    acrossLanguages,
  }: { readonly count: number; readonly least: number; readonly acrossLanguages: boolean },
): SimilarPair[] {
  const index = new VectorIndex(functions.map(it => it.vector))
  return index
    .nearest(
      fn.vector,
      count,
      id => functions[id] !== fn && isComparable(fn, functions[id]!, acrossLanguages),
    )
    .filter(it => it.similarity >= least)
    .map(({ id, similarity }) => ({ similarity, one: fn, other: functions[id]! }))
}

/** The innermost function around a line. */
export function functionAt(
  functions: readonly PlacedFunction[],
  file: string,
  line: number,
): PlacedFunction | undefined {
  let found: PlacedFunction | undefined
  for (const it of functions)
    if (it.file === file && it.line <= line && line <= it.endLine && (!found || it.start >= found.start))
      found = it
  return found
}

/** One that holds the other is like it for that reason alone. */
function isComparable(one: PlacedFunction, other: PlacedFunction, acrossLanguages: boolean): boolean {
  if (acrossLanguages) return one.language !== other.language
  if (one.file !== other.file) return true
  return one.end <= other.start || other.end <= one.start
}

/** Tests say the same again, so that each can be read by itself. */
export function isTestFile(path: string): boolean {
  return isTest(path) || isSpecimen(path)
}

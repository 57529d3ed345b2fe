// Which functions say nearly the same, and which are closest to one.

import { type Pair, VectorIndex } from '../inference/similarity/vector-index.ts'
import { isSpecimen, isTest } from '../semantics/provenance.ts'
import type { DescribedFunction } from './described-functions.ts'

/** A function with the place where it stands. */
export interface PlacedFunction extends DescribedFunction {
  readonly file: string
}

/** `exact`: the same but for layout and comments. `renamed`: the same but for names and values as well. */
export type Alikeness = 'exact' | 'renamed' | 'similar'

export interface SimilarPair {
  readonly similarity: number
  readonly alike: Alikeness
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
export const LEAST_NODES = 40

/** Shorter ones share a shape with many that have nothing to do with them. */
export const LEAST_NODES_OF_SHAPE = 80

/** Pairs of functions that are large enough to be worth it, the most similar first. */
export function similarPairs(functions: readonly PlacedFunction[], options: PairOptions): SimilarPair[] {
  const { least, acrossLanguages, step } = options
  const found = new Map<string, SimilarPair>()
  const add = (some: readonly PlacedFunction[], pairs: readonly Pair[]) => {
    for (const { one, other, similarity } of pairs) {
      const pair = pairOf(some[one]!, some[other]!, similarity)
      const key = `${placeOf(pair.one)} ${placeOf(pair.other)}`
      const known = found.get(key)
      if (!known || known.similarity < similarity) found.set(key, pair)
    }
  }
  const accepts = (some: readonly PlacedFunction[]) => (one: number, other: number) =>
    isComparable(some[one]!, some[other]!, acrossLanguages)
  const large = functions.filter(it => it.size >= LEAST_NODES && !isSqueezed(it))
  add(large, new VectorIndex(large.map(it => it.vector)).pairs(least, accepts(large), step))
  if (!acrossLanguages) {
    const larger = large.filter(it => it.size >= LEAST_NODES_OF_SHAPE)
    const shapes = new VectorIndex(larger.map(it => it.shape))
    add(
      larger,
      shapes.pairs(Math.max(least, LEAST_SHAPE), accepts(larger), it => step?.(large.length + it)),
    )
  }
  if (!acrossLanguages) add(large, copiesOf(large, accepts(large)))
  return inOrderOfLikeness([...found.values()])
}

/** Copies, renamed ones too, wherever their words take them. Of many copies, each beside the first. */
function copiesOf(some: readonly PlacedFunction[], accepts: (one: number, other: number) => boolean): Pair[] {
  const first = new Map<string, number>()
  const pairs: Pair[] = []
  for (const [i, { language, renamed }] of some.entries()) {
    const key = `${language} ${renamed}`
    const known = first.get(key)
    if (known === undefined) first.set(key, i)
    else if (accepts(known, i)) pairs.push({ one: known, other: i, similarity: 0 })
  }
  return pairs
}

function pairOf(one: PlacedFunction, other: PlacedFunction, similarity: number): SimilarPair {
  const alike = alikenessOf(one, other)
  return { similarity: alike === 'similar' ? similarity : 1, alike, one, other }
}

/** TypeScript's code may be JavaScript's, and a copy of it. */
export function alikenessOf(one: PlacedFunction, other: PlacedFunction): Alikeness {
  return one.exact === other.exact ? 'exact' : one.renamed === other.renamed ? 'renamed' : 'similar'
}

/** Where only the shape is alike, it has to be nearly the same. */
const LEAST_SHAPE = 0.9

/** Whoever asks about one function wants to choose, and reads a page at most. */
export const NEIGHBOURS = { count: 10, least: 0.3 }

/**
 * The closest to one of them, best first: copies, then copies with other names, then what is alike. Small ones count too:
 * somebody asked.
 */
export function neighboursOf(
  functions: readonly PlacedFunction[],
  fn: PlacedFunction,
  { count, least, acrossLanguages }: NeighbourOptions,
): SimilarPair[] {
  const accepts = (it: PlacedFunction) => it !== fn && isComparable(fn, it, acrossLanguages)
  const index = new VectorIndex(functions.map(it => it.vector))
  const near = index
    .nearest(fn.vector, count, id => accepts(functions[id]!))
    .filter(it => it.similarity >= least)
    .map(({ id, similarity }) => pairOf(fn, functions[id]!, similarity))
  const known = new Set(near.map(it => it.other))
  // Other names can take a copy further away than what is merely alike.
  const copies = functions
    .filter(
      it => it.language === fn.language && !known.has(it) && alikenessOf(fn, it) !== 'similar' && accepts(it),
    )
    .map(it => pairOf(fn, it, 1))
  return inOrderOfLikeness([...near, ...copies]).slice(0, count)
}

function inOrderOfLikeness(pairs: SimilarPair[]): SimilarPair[] {
  const order: readonly Alikeness[] = ['exact', 'renamed', 'similar']
  return pairs.sort((a, b) => order.indexOf(a.alike) - order.indexOf(b.alike) || b.similarity - a.similarity)
}

export interface NeighbourOptions {
  readonly count: number
  readonly least: number
  readonly acrossLanguages: boolean
}

/** On a line, on average; people write forty. */
const MOST_CHARACTERS = 100

/** A program took the line breaks out: nobody reads it, wherever it lies. */
function isSqueezed({ start, end, line, endLine }: PlacedFunction): boolean {
  return (end - start) / (endLine - line + 1) > MOST_CHARACTERS
}

function placeOf({ file, start }: PlacedFunction): string {
  return `${file}:${start}`
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

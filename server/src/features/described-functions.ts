// A file's functions as they are compared and searched: where they stand, what they do, what they are about.

import type { CodeLanguage, LanguageId } from '@codeant/shared/language.ts'
import { type About, AboutReader } from '../inference/similarity/about.ts'
import { cloneDigests } from '../inference/similarity/clone-digests.ts'
import { TermReader } from '../inference/similarity/terms.ts'
import { shapeOf, type Vector, vectorOf, WEIGHT_STEPS } from '../inference/similarity/vector.ts'
import type { TermWeights } from '../inference/similarity/weights.ts'
import { isRustTest } from '../rules/support/functions.ts'
import { functionsOf } from '../semantics/functions.ts'
import { saysCopied, saysGenerated } from '../semantics/provenance.ts'
import { resolveNames } from '../semantics/resolve-names.ts'
import { Reader, SyntaxNode } from '../syntax/node.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import { isCode } from './analyse-file.ts'
import { grammarOf } from './languages.ts'

export interface DescribedFunction {
  readonly name: string
  readonly owner: string
  readonly language: CodeLanguage
  /** Counted from 1. */
  readonly line: number
  readonly endLine: number
  readonly start: number
  readonly end: number
  /** How much code it is, in nodes of its tree, without types. */
  readonly size: number
  /** One that Rust keeps in the same file; other tests have files of their own. */
  readonly isTest: boolean
  readonly vector: Vector
  /** The same without the names of variables. */
  readonly shape: Vector
  readonly about: About
  /** See `CloneDigests`. */
  readonly exact: string
  readonly renamed: string
}

/** Empty for a file that is no code, that a program wrote, or that cannot be read to its end. */
export function describeFunctions(
  parser: SyntaxParser,
  path: string,
  language: LanguageId,
  text: string,
  weights: TermWeights,
): DescribedFunction[] {
  const grammar = grammarOf(language, path)
  if (!grammar || !isCode(language) || saysGenerated(text) || saysCopied(text)) return []
  const tree = parse(parser, text, grammar)
  if (!tree) return []
  const terms = new TermReader(tree)
  const about = new AboutReader(tree)
  const lines = new Lines(text)
  const reader = new Reader(tree)
  const scopes = resolveNames(tree)
  return [...functionsOf(tree)].map(fn => {
    const { row, name, owner, start, end } = fn
    const bag = terms.termsOf(fn)
    return {
      name,
      owner,
      language,
      line: lines.at(start),
      endLine: lines.at(end),
      start,
      end,
      size: terms.sizeOf(row),
      isTest: isTestAmongCode(new SyntaxNode(reader, row)),
      vector: vectorOf(bag, weights),
      shape: shapeOf(bag, weights),
      about: about.of(fn, bag),
      ...cloneDigests(tree, scopes, fn),
    }
  })
}

/** As one line of text, for a shelf. */
export function writeDescribed(functions: readonly DescribedFunction[]): string {
  return JSON.stringify(
    functions.map(({ vector, shape, about, ...rest }) => ({
      ...rest,
      vector: writeVector(vector),
      shape: writeVector(shape),
      about: [...about],
    })),
  )
}

/** Undefined when the text is something else than what `writeDescribed` wrote. */
export function readDescribed(stored: string): DescribedFunction[] | undefined {
  try {
    const read = JSON.parse(stored) as (Omit<DescribedFunction, 'vector' | 'shape' | 'about'> & {
      readonly vector: WrittenVector
      readonly shape: WrittenVector
      readonly about: [string, number][]
    })[]
    return read.map(({ vector, shape, about, ...rest }) => ({
      ...rest,
      vector: readVector(vector),
      shape: readVector(shape),
      about: new Map(about),
    }))
  } catch {
    return undefined
  }
}

type WrittenVector = readonly [terms: number[], weights: number[]]

function writeVector({ terms, weights }: Vector): WrittenVector {
  return [[...terms], Array.from(weights, it => it * WEIGHT_STEPS)]
}

function readVector([terms, weights]: WrittenVector): Vector {
  return { terms: Uint32Array.from(terms), weights: Float32Array.from(weights, it => it / WEIGHT_STEPS) }
}

function parse(parser: SyntaxParser, text: string, grammar: Parameters<SyntaxParser['parseOnce']>[1]) {
  try {
    return parser.parseOnce(text, grammar)
  } catch (error) {
    if (error instanceof TooDeep) return undefined
    throw error
  }
}

function isTestAmongCode(fn: SyntaxNode): boolean {
  if (fn.tree.grammar !== 'rust') return false
  for (let it = fn.previous; it?.kind === 'Decorator'; it = it.previous)
    if (/\b(test|bench)\b/.test(it.text)) return true
  return isRustTest(fn)
}

/** Line numbers of growing and of other offsets. */
class Lines {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  at(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}

// How likely a finding is to be acted on, asked of the small model in `models/actionability`.
//
// Only the model's weights are quantised, so that an answer does not depend on which findings share a run with it.

import { hash32 } from '../../base/digest.ts'
import type { ModelTask, Tensors } from '../task.ts'
import { row } from '../task.ts'

/** What one file alone says about a finding: no history, no other file, nothing of who is looking at it. */
export interface FindingContext {
  readonly rule: string
  readonly severity: string
  readonly language: string
  /** What is so or not so: `test`, `exported`, `fix:safe`, `in:Try`, `node:Call`. */
  readonly traits: readonly string[]
  /** The words that names around it are made of, each after where it stands: `text:user`, `path:utils`. */
  readonly words: readonly string[]
  /** One number for each of `MEASURES`, in their order. */
  readonly measures: readonly number[]
}

export interface RankAnswer {
  /** That the code at this place will be changed so that the finding is gone, calibrated on held-out repositories. */
  readonly probability: number
}

/** The order is the encoding. */
export const MEASURES = [
  'lines of the file',
  'lines of the function',
  'nodes of the function',
  'parameters of the function',
  'how often the function is named',
  'blocks around it',
  'functions around it',
  'characters underlined',
  'lines underlined',
  'how far past the limit',
  'where in the file',
  'findings in the file',
  'findings of its rule in the file',
  'findings in the function',
  'findings within five lines',
  'findings per hundred lines',
  'comments in the file, per hundred lines',
  'lines of comment right above',
  'functions in the file',
  'classes in the file',
  'imports in the file',
  'length of its line',
  'how often what it names is named',
  'related places',
] as const

export const rankFinding: ModelTask<FindingContext, RankAnswer> = {
  id: 'rank-finding',
  version: 1,
  model: 'actionability',
  batch: 256,
  key: ({ rule, severity, language, traits, words, measures }) =>
    JSON.stringify([rule, severity, language, traits, words, measures.map(scaled)]),
  cost: () => 1,
  encode,
  decode,
}

/** Tokens are digests of what they say: a rule that is newer than the model is simply one that it has no opinion on. */
export const TABLE = 8192
/** The rule stands first; behind it 31 places for what is so, and 32 for words. 0 is nothing. */
export const TRAITS = 31
export const WORDS = 32
export const TOKENS = 1 + TRAITS + WORDS

export function encode(inputs: readonly FindingContext[]): Tensors {
  const tokens = new Int32Array(inputs.length * TOKENS)
  const measures = new Float32Array(inputs.length * MEASURES.length)
  inputs.forEach((input, index) => {
    tokens.set(tokensOf(input), index * TOKENS)
    measures.set(input.measures.map(scaled), index * MEASURES.length)
  })
  return {
    tokens: { type: 'int32', dims: [inputs.length, TOKENS], data: tokens },
    measures: { type: 'float32', dims: [inputs.length, MEASURES.length], data: measures },
  }
}

export function decode(outputs: Tensors, index: number): RankAnswer {
  return { probability: 1 / (1 + Math.exp(-row(outputs.logit!, index)[0]!)) }
}

function tokensOf({ rule, severity, language, traits, words }: FindingContext): Int32Array {
  const tokens = new Int32Array(TOKENS)
  tokens[0] = tokenOf(`rule:${rule}`)
  const category = rule.slice(0, rule.indexOf('/'))
  const all = [`severity:${severity}`, `language:${language}`, `category:${category}`, ...traits]
  all.slice(0, TRAITS).forEach((it, index) => {
    tokens[1 + index] = tokenOf(it)
  })
  words.slice(0, WORDS).forEach((it, index) => {
    tokens[1 + TRAITS + index] = tokenOf(it)
  })
  return tokens
}

function tokenOf(text: string): number {
  return 1 + (hash32(text) % (TABLE - 1))
}

/** Sizes count by their order of magnitude: 0 to about 1.5, in steps that a 32-bit float holds exactly. */
function scaled(measure: number): number {
  return Math.round(Math.log1p(Math.max(0, measure)) * 128) / 1024
}

// The question to the bug finder: where in this function is a bug, if anywhere, and what belongs there?

import { CHOICES, choicesOf, VARIABLE_SITE } from '../choices.ts'
import { FEATURES, featuresOf } from '../function-features.ts'
import type { FunctionTokens } from '../function-tokens/tokens.ts'
import { type ModelTask, row, type Tensors } from '../task.ts'
import type { Vocabulary } from '../vocabulary.ts'

/** One function, as plain numbers; a function of its text and of what its names are bound to. */
export interface FunctionQuestion {
  readonly count: number
  /** `count × FEATURES` */
  readonly features: Int32Array
  readonly symbol: Int32Array
  readonly statement: Int32Array
  readonly site: Uint8Array
  readonly choice: Uint8Array
  /** The variables that could stand at places of variables; their numbers count from 1, as in `symbol`. */
  readonly variables: readonly Variable[]
}

interface Variable {
  readonly number: number
  readonly name: string
  readonly from: number
  readonly until: number
}

/** Places that may be wrong, the likeliest first; at most `MOST_SUSPECTS`. */
export interface FunctionAnswer {
  /** The probability that there is no bug. */
  readonly none: number
  readonly suspects: readonly Suspect[]
}

export interface Suspect {
  readonly token: number
  /** The probability that the bug is here. */
  readonly here: number
  /** What belongs here: one of `CHOICES`, or the name of a variable. */
  readonly instead: string
  /** The probability of `instead`, given that the bug is here. */
  readonly likely: number
  /** The probability that all this is so: `here × likely`. */
  readonly score: number
}

const MOST_SUSPECTS = 3

export function questionOf(tokens: FunctionTokens, vocabulary: Vocabulary): FunctionQuestion {
  const { count, symbol, statement, site, choice, symbols } = tokens
  return {
    ...{ count, symbol, statement, site, choice },
    features: featuresOf(tokens, vocabulary),
    variables: symbols.flatMap(({ isVariable, name, from, until }, i) =>
      isVariable ? [{ number: i + 1, name, from, until }] : [],
    ),
  }
}

/** Nothing can be wrong in a function without a place for a bug; nobody needs to ask. */
export function canBeWrong({ site }: Pick<FunctionTokens, 'site'>): boolean {
  return site.some(it => it !== 0)
}

export const findBug: ModelTask<FunctionQuestion, FunctionAnswer> = {
  id: 'find-bug',
  version: 1,
  model: 'bug-finder',
  batch: 1,

  key({ features, symbol, statement, site, choice, variables }) {
    return [
      ...[features, symbol, statement, site, choice].map(it => it.join()),
      ...variables.map(it => `${it.number} ${it.name} ${it.from} ${it.until}`),
    ].join('\n')
  },

  cost: ({ count }) => count,

  encode(inputs) {
    const length = Math.max(...inputs.map(it => it.count))
    const column = (fill: (input: FunctionQuestion) => ArrayLike<number>, width = 1, empty = 0) => {
      const data = new Int32Array(inputs.length * length * width).fill(empty)
      for (const [i, it] of inputs.entries()) data.set(fill(it), i * length * width)
      return {
        type: 'int32' as const,
        dims: width === 1 ? [inputs.length, length] : [inputs.length, length, width],
        data,
      }
    }
    return {
      features: column(it => it.features, FEATURES),
      symbol: column(it => it.symbol),
      statement: column(it => it.statement),
      previous: column(it => previousUses(it.symbol), 1, -1),
      site: column(it => it.site),
    }
  },

  decode(outputs, index, input) {
    const where = softmax(row(outputs.location!, index), input.count)
    const places = [...where.keys()]
      .slice(1)
      .filter(it => input.site[it] !== 0)
      .sort((a, b) => where[b]! - where[a]! || a - b)
      .slice(0, MOST_SUSPECTS)
    const suspects = places.flatMap(token => {
      const repair =
        input.site[token] === VARIABLE_SITE
          ? otherVariable(outputs, index, token, input)
          : otherChoice(outputs, index, token, input)
      const here = where[token]!
      return repair ? [{ token, here, ...repair, score: here * repair.likely }] : []
    })
    return { none: where[0]!, suspects: suspects.sort((a, b) => b.score - a.score) }
  },
}

interface Repair {
  readonly instead: string
  readonly likely: number
}

/** Of the other members of the group, the likeliest. */
function otherChoice(
  outputs: Tensors,
  index: number,
  token: number,
  input: FunctionQuestion,
): Repair | undefined {
  const logits = row(outputs.choice!, index)
  const { from, to } = choicesOf(input.site[token]!)
  const others: number[] = []
  for (let it = from; it < to; it++) if (it !== input.choice[token]) others.push(it)
  const weights = softmax(
    others.map(it => logits[token * CHOICES.length + it]!),
    others.length,
  )
  let best = 0
  for (let i = 1; i < others.length; i++) if (weights[i]! > weights[best]!) best = i
  return others.length === 0 ? undefined : { instead: CHOICES[others[best]!]!, likely: weights[best]! }
}

/** Of the other variables that have a value here, the one to whose places the model points most. */
function otherVariable(
  outputs: Tensors,
  index: number,
  token: number,
  input: FunctionQuestion,
): Repair | undefined {
  const { symbol, count, variables } = input
  const own = symbol[token]!
  const ownName = variables.find(it => it.number === own)?.name
  const others = variables.filter(it => it.from <= token && it.until > token && it.name !== ownName)
  if (others.length === 0) return undefined
  const pointer = outputs.pointer!
  const length = pointer.dims[2]!
  const logits = row(pointer, index).subarray(token * length, token * length + count)
  const allowed = new Set(others.map(it => it.number))
  let highest = Number.NEGATIVE_INFINITY
  for (let it = 0; it < count; it++) if (allowed.has(symbol[it]!)) highest = Math.max(highest, logits[it]!)
  const sums = new Map<number, number>()
  let all = 0
  for (let it = 0; it < count; it++) {
    const number = symbol[it]!
    if (!allowed.has(number)) continue
    const weight = Math.exp(logits[it]! - highest)
    sums.set(number, (sums.get(number) ?? 0) + weight)
    all += weight
  }
  let best: Variable | undefined
  for (const it of others) if ((sums.get(it.number) ?? 0) > (best ? sums.get(best.number)! : 0)) best = it
  return best && { instead: best.name, likely: sums.get(best.number)! / all }
}

/** By token: the token before that names the same variable, or -1. */
function previousUses(symbol: Int32Array): Int32Array {
  const last = new Map<number, number>()
  return symbol.map((it, token) => {
    if (it === 0) return -1
    const before = last.get(it) ?? -1
    last.set(it, token)
    return before
  })
}

function softmax(logits: ArrayLike<number>, count: number): Float64Array {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < count; i++) highest = Math.max(highest, logits[i]!)
  const found = new Float64Array(count)
  let sum = 0
  for (let i = 0; i < count; i++) sum += found[i] = Math.exp(logits[i]! - highest)
  for (let i = 0; i < count; i++) found[i]! /= sum
  return found
}

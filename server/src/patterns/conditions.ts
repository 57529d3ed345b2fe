// Conditions on metavariables: what a place must satisfy besides its form.

import { numberValue } from '../semantics/constants.ts'
import { KIND_CODE } from '../syntax/kinds.ts'
import { entropyIsHigh, mayRunForever } from './analyzers.ts'
import { truthy, type Value } from './comparison.ts'
import type { Condition, Formula } from './formula.ts'
import { type Context, type Found, merge } from './found.ts'
import { innerTarget } from './inner-target.ts'
import { type Bound, lookUp } from './pattern.ts'
import { shapeNumber } from './shapes.ts'
import type { Target } from './target.ts'
import { typeMatches } from './types.ts'

/** How a formula inside of a condition is asked. */
export type Evaluate = (target: Target, formula: Formula, context: Context) => readonly Found[]

/** The place, with what the condition found out; or nothing. */
export function satisfies(
  target: Target,
  found: Found,
  condition: Condition,
  evaluate: Evaluate,
): readonly Found[] {
  if (condition.what === 'comparison') {
    const value = condition.comparison(name => comparedValue(target, lookUp(found.bindings, name), condition))
    return value !== undefined && truthy(value) ? [found] : []
  }
  const bound = lookUp(found.bindings, condition.metavariable)
  if (!bound) return []
  switch (condition.what) {
    case 'regex': {
      const text = (condition.constants && constantText(target, bound)) || target.textOf(bound)
      return new RegExp(condition.regex.source, `${condition.regex.flags}y`).test(text) ? [found] : []
    }
    case 'pattern':
      return patternHolds(target, found, bound, condition, evaluate)
    case 'analysis': {
      const text = contentOf(target, bound)
      const holds = condition.analyzer === 'entropy' ? entropyIsHigh(text) : mayRunForever(text)
      return holds ? [found] : []
    }
    case 'type':
      return target.code && bound.row >= 0 && typeMatches(target.code, bound.row, condition.types)
        ? [found]
        : []
  }
}

function patternHolds(
  target: Target,
  found: Found,
  bound: Bound,
  { formula, language }: Extract<Condition, { readonly what: 'pattern' }>,
  evaluate: Evaluate,
): readonly Found[] {
  if (language !== undefined) {
    const inner = innerTarget(target, contentOf(target, bound), language)
    return inner && evaluate(inner, formula, { start: 0, end: inner.text.length }).length > 0 ? [found] : []
  }
  const context = bound.row >= 0 ? bound : (literalAround(target, bound) ?? bound)
  const inner = evaluate(target, formula, context)
  const satisfied: Found[] = []
  for (const it of inner) {
    const bindings = merge(target, found.bindings, it.bindings)
    if (bindings !== false) satisfied.push({ ...found, bindings })
  }
  return satisfied
}

/** The string literal whose content this is. */
function literalAround({ code }: Target, { start, end }: Bound): Bound | undefined {
  if (!code) return undefined
  const { start: starts, end: ends } = code.tree
  for (const row of code.rowsOf(STRING_SHAPE))
    if (starts[row]! < start && ends[row]! > end && ends[row]! - starts[row]! <= end - start + 8)
      return code.tree.kind[row] === STRING ? { row, start: starts[row]!, end: ends[row]! } : undefined
  return undefined
}

const STRING_SHAPE = shapeNumber('string')
const STRING = KIND_CODE.String

/** What a literal holds, or the text itself. */
function contentOf(target: Target, bound: Bound): string {
  return constantText(target, bound) ?? target.textOf(bound)
}

function constantText({ code }: Target, bound: Bound): string | undefined {
  if (!code || bound.row < 0) return undefined
  const constant = code.constant(bound.row)
  if (constant?.kind === 'string') return constant.value
  const literal = code.tree.kind[bound.row] === STRING ? code.stringOf(bound.row) : undefined
  return literal
}

function comparedValue(
  target: Target,
  bound: Bound | undefined,
  { strip, base }: Extract<Condition, { readonly what: 'comparison' }>,
): Value | undefined {
  if (!bound) return undefined
  let value: Value | undefined
  if (target.code && bound.row >= 0) value = target.code.constant(bound.row)?.value
  value ??= plainValue(target.textOf(bound))
  if (typeof value === 'string' && (strip || base !== undefined)) {
    const text = value.replace(/^["'`]|["'`]$/g, '')
    const number =
      base !== undefined ? Number.parseInt(text.replace(/^0[xXoObB]?(?=.)/, ''), base) : Number(text)
    if (!Number.isNaN(number)) return number
  }
  return value
}

function plainValue(text: string): Value {
  const quoted = /^(["'`])(.*)\1$/s.exec(text)
  if (quoted) return quoted[2]!
  return numberValue(text) ?? text
}

// A formula of patterns, operator by operator: the same evaluation as that of a scan, one step at a time and with a word about each.

import { satisfies } from '../conditions.ts'
import { evaluate, focused, intersect, rank, touches } from '../evaluate.ts'
import type { AndFormula, Condition, Formula, Negation } from '../formula.ts'
import { type Context, type Found, merge } from '../found.ts'
import { lookUp } from '../pattern.ts'
import type { Target } from '../target.ts'
import { partingOf } from './parting.ts'
import { placesOf } from './places.ts'
import { type Reason, reason } from './reasons.ts'
import { brief, overlaps, type Span, type Why } from './why.ts'

/** What an operator found, and what is told of it. */
export interface Explained {
  readonly why: Why
  readonly found: readonly Found[]
}

/** `place`: only what touches this part of the file is asked about. `context`: what a metavariable stands for. */
export function explainFormula(
  target: Target,
  formula: Formula,
  place: Span | undefined,
  context?: Context,
): Explained {
  switch (formula.what) {
    case 'pattern':
    case 'generic':
    case 'regex':
      return explainLeaf(target, formula, place, context)
    case 'inside': {
      const { why, found } = explainFormula(target, formula.formula, place)
      const around = found.map(it => ({ ...it, isAround: true }))
      return { why: named('pattern-inside', why), found: around }
    }
    case 'or': {
      const parts = formula.any.map(it => explainFormula(target, it, place, context))
      const found = parts.flatMap(it => it.found)
      const why = whyOf(target, 'pattern-either', '', found, reason('no-alternative'), parts.map(toWhy))
      return { why, found }
    }
    case 'and':
      return explainAll(target, formula, place, context)
  }
}

/** What is told of places that were found, or of the reason why there are none. */
export function whyOf(
  target: Target,
  operator: string,
  source: string,
  found: readonly Found[],
  otherwise: Reason | undefined,
  parts: readonly Why[] = [],
): Why {
  const outcome = found.length > 0 ? 'holds' : 'fails'
  const told = outcome === 'fails' && otherwise ? { reason: otherwise } : {}
  return { operator, source, outcome, ...placesOf(target, found), ...told, parts }
}

function explainLeaf(
  target: Target,
  formula: Extract<Formula, { what: 'pattern' | 'generic' | 'regex' }>,
  place: Span | undefined,
  context: Context | undefined,
): Explained {
  const found = evaluate(target, formula, context).filter(it => overlaps(it, place))
  if (formula.what === 'regex') {
    const why = whyOf(target, 'pattern-regex', formula.regex.source, found, reason('no-text'))
    return { why, found }
  }
  const why = whyOf(target, 'pattern', formula.source.trim(), found, reason('no-text'))
  if (found.length > 0 || formula.what === 'generic') return { why, found }
  return { why: { ...why, ...partingOf(target, formula, context ?? place) }, found }
}

function explainAll(
  target: Target,
  formula: AndFormula,
  place: Span | undefined,
  context: Context | undefined,
): Explained {
  const positives = formula.all.map(it =>
    explainFormula(target, it, place, it.what === 'inside' ? undefined : context),
  )
  const order = formula.all.map((_, i) => i).sort((a, b) => rank(formula.all[a]!) - rank(formula.all[b]!))
  let found: readonly Found[] | undefined
  let why: Reason | undefined
  for (const i of order) {
    const more = positives[i]!.found
    const before = found
    found = before === undefined ? more : intersect(target, before, more)
    if (found.length === 0 && before?.length && more.length > 0) why = disagreement(target, before, more)
  }
  found ??= context ? [{ ...context, bindings: undefined, isAround: false }] : []
  const parts = positives.map(toWhy)
  for (const it of formula.not) {
    const step = explainNegation(target, it, found, place, context)
    parts.push(step.why)
    found = step.found
  }
  for (const it of formula.where) {
    const step = explainCondition(target, it, found)
    parts.push(step.why)
    found = step.found
  }
  for (const names of formula.focus) {
    const before: readonly Found[] = found
    found = before.flatMap(one => focused(one, names))
    const source = names.map(it => `$${it}`).join(', ')
    parts.push(
      asked(before, whyOf(target, 'focus-metavariable', source, found, reason('unfocused', names[0] ?? ''))),
    )
  }
  const last = found.filter(it => overlaps(it, place))
  return { why: whyOf(target, 'patterns', '', last, why, parts), found: last }
}

function explainNegation(
  target: Target,
  { what, formula }: Negation,
  before: readonly Found[],
  place: Span | undefined,
  context: Context | undefined,
): Explained {
  const operator = NEGATIONS[what]
  const { why, found: others } = explainFormula(
    target,
    formula,
    what === 'inside' ? place : (before[0] ?? place),
    what === 'inside' ? undefined : context,
  )
  const all = before.length > 1 ? evaluate(target, formula, what === 'inside' ? undefined : context) : others
  const excluding = new Set<Found>()
  const found = before.filter(one => {
    const other = all.find(it => touches(what, one, it) && merge(target, one.bindings, it.bindings) !== false)
    if (other) excluding.add(other)
    return !other
  })
  const isDecisive = before.length > 0 && found.length === 0
  const { reason: _, ...rest } = why
  const told = isDecisive
    ? { ...rest, reason: reason('left-out') }
    : excluding.size > 0
      ? { ...rest, reason: reason('leaves-out') }
      : why
  return {
    why: asked(before, {
      ...named(operator, told),
      outcome: isDecisive ? 'fails' : 'holds',
      ...placesOf(target, [...excluding]),
    }),
    found,
  }
}

function explainCondition(target: Target, condition: Condition, before: readonly Found[]): Explained {
  const found = before.flatMap(one => satisfies(target, one, condition, evaluate))
  const [first] = before
  const why = whyOf(target, CONDITIONS[condition.what], sourceOf(condition), found, undefined)
  if (found.length > 0 || !first) return { why: asked(before, why), found }
  const name = condition.metavariable ?? metavariableIn(condition)
  const bound = lookUp(first.bindings, name)
  if (!bound) return { why: { ...why, reason: reason('unbound', name) }, found }
  const isInside = condition.what === 'pattern' && condition.language === undefined
  const parts = isInside ? [toWhy(explainFormula(target, condition.formula, undefined, bound))] : []
  const told = { reason: reason('value', name, brief(target.textOf(bound))), at: bound, parts }
  return { why: { ...why, ...told }, found }
}

/** Two parts that match without being at the same place, or without meaning the same by a metavariable. */
function disagreement(target: Target, some: readonly Found[], others: readonly Found[]): Reason {
  for (const one of some) {
    for (const other of others) {
      if (!isNested(one, other) && !isNested(other, one)) continue
      for (let it = one.bindings; it; it = it.before) {
        const its = lookUp(other.bindings, it.name)
        if (its && !target.same(it.bound, its))
          return reason('disagree', it.name, brief(target.textOf(it.bound)), brief(target.textOf(its)))
      }
    }
  }
  return reason('apart')
}

function isNested(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end
}

/** Where nothing was left, nobody is asked any more. */
function asked(before: readonly Found[], why: Why): Why {
  if (before.length > 0) return why
  const { operator, source, parts } = why
  return {
    operator,
    source,
    outcome: 'unasked',
    places: [],
    count: 0,
    parts: parts.map(it => asked(before, it)),
  }
}

/** An operator around a single other one is told as one: `pattern-inside: f()`. */
function named(operator: string, why: Why): Why {
  if (why.operator === 'pattern' || why.operator === 'pattern-regex') return { ...why, operator }
  return { ...why, operator, source: '', parts: [why] }
}

function sourceOf(condition: Condition): string {
  const name = `$${condition.metavariable ?? ''}`
  switch (condition.what) {
    case 'regex':
      return `${name} ~ ${condition.regex.source}`
    case 'comparison':
      return condition.source
    case 'analysis':
      return `${name}: ${condition.analyzer}`
    case 'type':
      return `${name}: ${condition.types.join(' | ')}`
    case 'pattern':
      return name
  }
}

function metavariableIn(condition: Condition): string {
  return condition.what === 'comparison' ? (/\$([A-Z_][A-Z_0-9]*)/.exec(condition.source)?.[1] ?? '') : ''
}

export function toWhy({ why }: Explained): Why {
  return why
}

const NEGATIONS = {
  match: 'pattern-not',
  inside: 'pattern-not-inside',
  regex: 'pattern-not-regex',
} as const

const CONDITIONS = {
  regex: 'metavariable-regex',
  pattern: 'metavariable-pattern',
  comparison: 'metavariable-comparison',
  analysis: 'metavariable-analysis',
  type: 'metavariable-type',
} as const

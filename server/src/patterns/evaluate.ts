// A formula → the places of a file that satisfy it.

import { satisfies } from './conditions.ts'
import type { AndFormula, Formula, Negation, PatternFormula } from './formula.ts'
import { type Context, type Found, merge } from './found.ts'
import { lookUp } from './pattern.ts'
import type { Target } from './target.ts'

export function evaluate(target: Target, formula: Formula, context?: Context): readonly Found[] {
  switch (formula.what) {
    case 'pattern':
      return [
        ...within(target.matchesOf(formula), context),
        ...(context?.row === undefined || context.row < 0 ? [] : target.matchesAt(formula, context.row)),
      ]
    case 'generic':
      return within(target.genericMatches(formula.pattern), context)
    case 'regex':
      return target.textMatches(formula.regex, context)
    case 'inside':
      return evaluate(target, formula.formula, context).map(it => ({ ...it, isAround: true }))
    case 'or':
      return formula.any.flatMap(it => evaluate(target, it, context))
    case 'and':
      return conjunction(target, formula, context)
  }
}

function within(all: readonly Found[], context: Context | undefined): readonly Found[] {
  return context ? all.filter(it => it.start >= context.start && it.end <= context.end) : all
}

function conjunction(target: Target, formula: AndFormula, context: Context | undefined): readonly Found[] {
  let found: readonly Found[] | undefined
  // What is reported first, so that what surrounds it only filters.
  const ordered = [...formula.all].sort((a, b) => rank(a) - rank(b))
  for (const it of ordered) {
    const more =
      (found && it.what === 'pattern' ? target.expressionsIn(it, found) : undefined) ??
      evaluate(target, it, it.what === 'inside' && context ? undefined : context)
    found = found === undefined ? more : intersect(target, found, more)
    if (found.length === 0) return []
  }
  if (found === undefined) {
    if (!context) return []
    found = [{ ...context, bindings: undefined, isAround: false }]
  }
  for (const it of formula.not) {
    if (found.length === 0) return []
    found = without(target, found, it, context)
  }
  for (const it of formula.where) found = found.flatMap(one => satisfies(target, one, it, evaluate))
  for (const names of formula.focus) found = found.flatMap(one => focused(one, names))
  return found
}

/** What surrounds comes after what it surrounds; what matches nearly everything comes last. */
export function rank(formula: Formula): number {
  if (formula.what === 'or') return Math.min(1, ...formula.any.map(rank))
  if (formula.what === 'pattern' && isBare(formula)) return 2
  return formula.what === 'inside' ? 1 : 0
}

/** Nothing but a metavariable: it matches nearly everything, so others are asked before it. */
function isBare({ programs: { first } }: PatternFormula): boolean {
  return first.what === 'expression' && first.root.what === 'hole'
}

/** Of two places of which one lies in the other, the inner one; with what both know. */
export function intersect(target: Target, some: readonly Found[], others: readonly Found[]): Found[] {
  const found: Found[] = []
  const seen = new Set<string>()
  const add = (it: Found) => {
    const key = keyOf(it)
    if (seen.has(key)) return
    seen.add(key)
    found.push(it)
  }
  for (const one of some) {
    for (const other of others) {
      const oneInside = one.start >= other.start && one.end <= other.end
      const otherInside = other.start >= one.start && other.end <= one.end
      if (!oneInside && !otherInside) continue
      const inner =
        oneInside && (other.isAround || !otherInside || !one.isAround)
          ? one
          : otherInside && !(other.isAround && !one.isAround)
            ? other
            : undefined
      if (!inner) continue
      const outer = inner === one ? other : one
      const bindings = merge(target, inner.bindings, outer.bindings)
      if (bindings === false) continue
      add({ start: inner.start, end: inner.end, bindings, isAround: one.isAround && other.isAround })
    }
  }
  return found
}

function without(
  target: Target,
  found: readonly Found[],
  { what, formula }: Negation,
  context: Context | undefined,
): readonly Found[] {
  const others = evaluate(target, formula, what === 'inside' ? undefined : context)
  if (others.length === 0) return found
  return found.filter(
    one =>
      !others.some(
        other => touches(what, one, other) && merge(target, one.bindings, other.bindings) !== false,
      ),
  )
}

export function touches(what: Negation['what'], one: Found, other: Found): boolean {
  switch (what) {
    case 'match':
      return one.start === other.start && one.end === other.end
    case 'inside':
      return one.start >= other.start && one.end <= other.end
    case 'regex':
      return one.start < other.end && other.start < one.end
  }
}

export function focused(found: Found, names: readonly string[]): Found[] {
  return names.flatMap(name => {
    const bound = lookUp(found.bindings, name)
    if (!bound) return []
    if (bound.start >= found.start && bound.end <= found.end)
      return [{ ...found, start: bound.start, end: bound.end }]
    return found.start >= bound.start && found.end <= bound.end ? [found] : []
  })
}

function keyOf(it: Found): string {
  let key = `${it.start},${it.end},${it.isAround}`
  const parts: string[] = []
  for (let at = it.bindings; at; at = at.before) parts.push(`${at.name}=${at.bound.start},${at.bound.end}`)
  key += parts.sort().join()
  return key
}

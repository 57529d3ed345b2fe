// Taint mode on one file: where the patterns say sources, sinks and what cleans are, and which sinks are reached.

import { evaluate } from './evaluate.ts'
import { type Found, merge } from './found.ts'
import { lookUp } from './pattern.ts'
import type { TaintFormula } from './taint-formula.ts'
import { type Origin, type SinkPlace, TaintWalk } from './taint-walk.ts'
import type { Target } from './target.ts'

/** Sinks that something tainted reaches; with what the metavariables of sink and source stand for. */
export function evaluateTaint(target: Target, formula: TaintFormula): readonly Found[] {
  const { code } = target
  if (!code) return []
  const sinks: SinkPlace[] = formula.sinks.flatMap(sink =>
    evaluate(target, sink.formula).map(found => ({ found, exact: sink.exact, requires: sink.requires })),
  )
  if (sinks.length === 0) return []
  const origins: Origin[] = formula.sources.flatMap(source =>
    evaluate(target, source.formula).map(found => ({
      found,
      exact: source.exact,
      bySideEffect: source.bySideEffect,
      label: source.label ?? '__SOURCE__',
      requires: source.requires,
    })),
  )
  if (origins.length === 0) return []
  const walk = new TaintWalk(code, {
    options: formula.options,
    origins,
    sinks,
    sanitizers: formula.sanitizers.flatMap(it =>
      evaluate(target, it.formula)
        .filter(
          found => !(it.yields && [...sinks, ...origins].some(other => isSamePlace(found, other.found))),
        )
        .map(found => ({ found, exact: it.exact, bySideEffect: it.bySideEffect })),
    ),
    propagators: formula.propagators.flatMap(it =>
      evaluate(target, it.formula).flatMap(found => {
        const from = lookUp(found.bindings, it.from)
        const to = lookUp(found.bindings, it.to)
        return from && to ? [{ from, to }] : []
      }),
    ),
  })
  return walk.reached().flatMap(({ sink, origins: its }) => {
    for (const { found } of its) {
      const bindings = merge(target, sink.found.bindings, found.bindings)
      if (bindings !== false) return [{ ...sink.found, bindings }]
    }
    return formula.options.unifies ? [] : [sink.found]
  })
}

function isSamePlace(one: Found, other: Found): boolean {
  return one.start === other.start && one.end === other.end
}

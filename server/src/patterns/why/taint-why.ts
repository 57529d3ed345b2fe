// Taint mode, told: the sources of the file, the sinks of the place, and whether anything comes from one to the other.

import type { Formula } from '../formula.ts'
import type { TaintFormula } from '../taint-formula.ts'
import { evaluateTaint } from '../taint-mode.ts'
import type { Target } from '../target.ts'
import { explainFormula, toWhy, whyOf } from './formula-why.ts'
import { type Reason, reason } from './reasons.ts'
import { overlaps, type Span, type Why } from './why.ts'

/** Sources are looked for in the whole file: what reaches a place comes from elsewhere. */
export function explainTaint(target: Target, formula: TaintFormula, place: Span | undefined): Why {
  const group = (
    operator: string,
    formulas: readonly Formula[],
    at: Span | undefined,
    otherwise?: Reason,
  ) => {
    const all = formulas.map(it => explainFormula(target, it, at))
    const found = all.flatMap(it => it.found)
    return whyOf(target, operator, '', found, otherwise, all.map(toWhy))
  }
  const formulas = (parts: readonly { readonly formula: Formula }[]) => parts.map(it => it.formula)
  const sources = group('pattern-sources', formulas(formula.sources), undefined, reason('no-source'))
  const sinks = group('pattern-sinks', formulas(formula.sinks), place, reason('no-sink'))
  const others = [
    ['pattern-sanitizers', formula.sanitizers],
    ['pattern-propagators', formula.propagators],
  ] as const
  const reached = (it: TaintFormula) => evaluateTaint(target, it).filter(found => overlaps(found, place))
  const found = reached(formula)
  const bothAreThere = sources.outcome === 'holds' && sinks.outcome === 'holds'
  const isCleaned = found.length === 0 && bothAreThere && reached({ ...formula, sanitizers: [] }).length > 0
  const why = !bothAreThere ? undefined : isCleaned ? reason('cleaned') : reason('no-flow')
  return whyOf(target, 'taint', '', found, why, [
    sources,
    sinks,
    // Without one nothing is wrong: most code cleans nothing.
    ...others
      .filter(([, parts]) => parts.length > 0)
      .map(([operator, parts]): Why => {
        const { reason: _, ...it } = group(operator, formulas(parts), undefined)
        const outcome = operator === 'pattern-sanitizers' && isCleaned ? 'fails' : 'holds'
        return { ...it, outcome: it.count === 0 ? 'unasked' : outcome }
      }),
  ])
}

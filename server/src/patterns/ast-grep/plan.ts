// What of a rule can be asked once for all places, and what is asked first: conditions that bind nothing say the same
// wherever the question comes from, and those that look far are the dear ones.

import { namesIn } from './pattern.ts'
import type { StopBy, TreeRule, Utility } from './tree-rule.ts'

const ground = new WeakMap<TreeRule, boolean>()

/** It neither binds a metavariable nor asks about one. */
export function isGround(rule: TreeRule): boolean {
  let known = ground.get(rule)
  if (known === undefined) {
    known = !binds(rule, new Set())
    ground.set(rule, known)
  }
  return known
}

const orders = new WeakMap<TreeRule, readonly TreeRule[]>()

/**
 * The parts of `all` as they are asked: what decides on the node itself, then what looks around it and binds nothing,
 * then the others. Those that bind keep their order, on which it depends what they bind.
 */
export function orderedParts(rule: TreeRule & { readonly what: 'all' }): readonly TreeRule[] {
  let order = orders.get(rule)
  if (!order) {
    let looked = false
    const ranked = rule.all.map(part => {
      const isNear = NEAR.has(part.what)
      if (isGround(part)) return { part, rank: isNear ? 0 : 2 }
      looked ||= !isNear
      return { part, rank: looked ? 3 : 1 }
    })
    order = ranked.sort((a, b) => a.rank - b.rank).map(it => it.part)
    orders.set(rule, order)
  }
  return order
}

const NEAR: ReadonlySet<TreeRule['what']> = new Set(['pattern', 'kind', 'regex', 'range'])

function binds(rule: TreeRule, seen: Set<Utility>): boolean {
  switch (rule.what) {
    case 'pattern':
      return namesIn(rule.pattern.root).length > 0
    case 'nth-child':
      return rule.of !== undefined && binds(rule.of, seen)
    case 'all':
      return rule.all.some(it => binds(it, seen))
    case 'any':
      return rule.any.some(it => binds(it, seen))
    case 'not':
      return binds(rule.rule, seen)
    case 'matches': {
      const { utility } = rule
      // What a utility of the project binds is its own; one that is being looked at is part of the same question.
      if (utility.isGlobal || seen.has(utility)) return false
      seen.add(utility)
      return utility.core !== undefined && binds(utility.core.rule, seen)
    }
    case 'inside':
    case 'has':
    case 'follows':
    case 'precedes':
      return binds(rule.rule, seen) || stops(rule.stopBy, seen)
    default:
      return false
  }
}

function stops(stopBy: StopBy, seen: Set<Utility>): boolean {
  return typeof stopBy !== 'string' && binds(stopBy, seen)
}

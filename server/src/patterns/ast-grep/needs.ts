// The texts without which a rule of this format cannot match: what a file is asked for before its tree is read.

import { calledNeeds, eitherNeeds, type Needs, regexNeeds, textNeeds } from '../needed-literals.ts'
import type { PatternNode, Strictness } from './pattern.ts'
import type { TreeRule, Utility } from './tree-rule.ts'

export function treeNeeds(rule: TreeRule, within: ReadonlySet<Utility> = new Set()): Needs {
  switch (rule.what) {
    case 'pattern':
      return patternNeeds(rule.pattern.root, rule.pattern.strictness)
    case 'regex':
      return regexNeeds(rule.regex)
    case 'nth-child':
      return rule.of ? treeNeeds(rule.of, within) : []
    case 'all':
      return rule.all.flatMap(it => treeNeeds(it, within))
    case 'any':
      return eitherNeeds(rule.any.map(it => treeNeeds(it, within)))
    case 'has':
    case 'inside':
    case 'follows':
    case 'precedes':
      return treeNeeds(rule.rule, within)
    case 'matches': {
      const { utility } = rule
      // A utility that looks for itself further inside asks for nothing new there.
      if (!utility.core || within.has(utility)) return []
      return treeNeeds(utility.core.rule, new Set([...within, utility]))
    }
    default:
      return []
  }
}

/** `isCalled`: arguments follow directly; nothing that has a meaning can stand between them and the last name in code. */
function patternNeeds(node: PatternNode, strictness: Strictness, isCalled = false): Needs {
  if (node.what === 'node') {
    const { children } = node
    return children.flatMap((it, i) => {
      const next = children[i + 1]
      return patternNeeds(it, strictness, next ? isArguments(next) && EXACT.has(strictness) : isCalled)
    })
  }
  // Without text, `signature` compares kinds alone; tokens may be passed over.
  if (node.what === 'hole' || !node.named || strictness === 'signature') return []
  return isCalled && node.isName ? calledNeeds(node.text) : textNeeds(node.text, node.isName)
}

function isArguments(node: PatternNode): boolean {
  const first = node.what === 'node' ? node.children[0] : undefined
  return first?.what === 'leaf' && first.text === '('
}

/** Those by which the arguments of a call must be there. */
const EXACT: ReadonlySet<Strictness> = new Set(['cst', 'smart', 'ast', 'relaxed'])

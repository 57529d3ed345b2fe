// The texts without which a rule of this format cannot match: what a file is asked for before its tree is read.

import { eitherNeeds, type Needs, regexNeeds, textNeeds } from '../needed-literals.ts'
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

function patternNeeds(node: PatternNode, strictness: Strictness): Needs {
  if (node.what === 'node') return node.children.flatMap(it => patternNeeds(it, strictness))
  // Without text, `signature` compares kinds alone; tokens may be passed over.
  if (node.what === 'hole' || !node.named || strictness === 'signature') return []
  return textNeeds(node.text, node.isName)
}

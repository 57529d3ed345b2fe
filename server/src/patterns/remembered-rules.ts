// A file of rules as text that is read a hundred times faster than the file: what was found out of it need not be found out again.

import type { Grammar } from '../syntax/language.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import { knownTreeRule, TREE_HEAD } from './ast-grep/rule-document.ts'
import type { ProjectUtilities } from './ast-grep/utilities.ts'
import type { PackRule, Refused, RuleFile } from './rule.ts'
import { knownRule, parted, type WrittenRule } from './rule-file.ts'

interface RememberedFile {
  /** They must be loaded before a rule is asked what it looks for. */
  readonly grammars: readonly Grammar[]
  readonly rules: readonly RememberedRule[]
  readonly refused: readonly Refused[]
}

interface RememberedRule {
  /** Of ast-grep's format. */
  readonly isTree?: true
  readonly head: WrittenRule
  /** As text in the text: of thousands of rules, only a few are asked for it. */
  readonly search: string
  readonly needs: PackRule['needs']
}

/** Undefined where rules cannot be made again from how they were written. `undefined`: the text holds no rules. */
export function remember(file: RuleFile | undefined, grammars: readonly Grammar[]): string | undefined {
  if (!file) return 'null'
  const { rules, refused, written } = file
  if (!written) return undefined
  const rememberedRule = (rule: PackRule, i: number): RememberedRule => {
    const { needs } = rule
    const plain = written[i]!
    if (rule.search.what === 'tree') {
      const head = Object.fromEntries(Object.entries(plain).filter(([key]) => TREE_HEAD.has(key)))
      return { isTree: true, head: { ...head, id: rule.id }, search: JSON.stringify(plain), needs }
    }
    const { head, search } = parted(plain)
    return { head, search: JSON.stringify(search), needs }
  }
  try {
    const remembered: RememberedFile = { grammars, refused, rules: rules.map(rememberedRule) }
    return JSON.stringify(remembered)
  } catch {
    // What an alias makes a part of itself has no end.
    return undefined
  }
}

export interface RecalledFile {
  readonly grammars: readonly Grammar[]
  /** Undefined: the text holds no rules. */
  readonly file: RuleFile | undefined
}

/** Of what `remember` made, by the same version of the program. `utilities` are those with which it was read then. */
export function recall(parser: SyntaxParser, text: string, utilities?: ProjectUtilities): RecalledFile {
  const remembered = JSON.parse(text) as RememberedFile | null
  if (!remembered) return { grammars: [], file: undefined }
  const { grammars, rules, refused } = remembered
  const known = rules.map(({ isTree, head, needs, search }) => {
    const read = () => JSON.parse(search) as WrittenRule
    return isTree ? knownTreeRule(parser, head, needs, read, utilities) : knownRule(parser, head, needs, read)
  })
  return { grammars, file: { rules: known, refused } }
}

// A file of rules as text that is read a hundred times faster than the file: what was found out of it need not be found out again.

import type { Grammar } from '../syntax/language.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import type { PackRule, Refused, RuleFile } from './rule.ts'
import { knownRule, parted, type WrittenRule } from './rule-file.ts'

interface RememberedFile {
  /** They must be loaded before a rule is asked what it looks for. */
  readonly grammars: readonly Grammar[]
  readonly rules: readonly RememberedRule[]
  readonly refused: readonly Refused[]
}

interface RememberedRule {
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
    const { head, search } = parted(written[i]!)
    return { head, search: JSON.stringify(search), needs: rule.needs }
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

/** Of what `remember` made, by the same version of the program. */
export function recall(parser: SyntaxParser, text: string): RecalledFile {
  const remembered = JSON.parse(text) as RememberedFile | null
  if (!remembered) return { grammars: [], file: undefined }
  const { grammars, rules, refused } = remembered
  const known = rules.map(it =>
    knownRule(parser, it.head, it.needs, () => JSON.parse(it.search) as WrittenRule),
  )
  return { grammars, file: { rules: known, refused } }
}

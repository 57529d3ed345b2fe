// The real engine for tests: the grammars that the product ships, and any set of rules.

import type { Engine } from '../../server/src/features/analyse-file.ts'
import { DiskGrammars } from '../../server/src/host/node/grammars.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import type { AnyRule } from '../../server/src/rules/rule.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import { LANGUAGES, PATTERN_LANGUAGES } from '../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../server/src/syntax/parser.ts'

export const GRAMMARS = new URL('../../dist/grammars/', import.meta.url)

let started: Promise<SyntaxParser> | undefined

/** One parser for a whole test file: loading grammars is what costs. */
export function testParser(): Promise<SyntaxParser> {
  started ??= (async () => {
    const parser = await SyntaxParser.start(new DiskGrammars(GRAMMARS))
    for (const grammar of [...LANGUAGES, ...PATTERN_LANGUAGES]) await parser.load(grammar)
    return parser
  })()
  return started
}

export async function testEngine(rules: readonly AnyRule[] = RULES): Promise<Engine> {
  return { parser: await testParser(), rules: new RuleSet(rules) }
}

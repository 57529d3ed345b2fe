// Golden answers: functions of this repository, and what the shipped bug finder says of them. Every backend must say the same.
//
//   node --import tsx models/training/bug_finder/golden.ts     → models/bug-finder/golden.jsonl

import { readFileSync, writeFileSync } from 'node:fs'
import { isFixed } from '../../../server/src/rules/example.ts'
import { RULES } from '../../../server/src/rules/registry.generated.ts'
import type { Grammar } from '../../../server/src/syntax/language.ts'
import { shipped } from './shipped.ts'

/** Files of ours in two of the languages; the others come from the examples of rules. */
const FILES: readonly (readonly [path: string, grammar: Grammar])[] = [
  ['server/src/text/document.ts', 'typescript'],
  ['server/src/features/fixes.ts', 'typescript'],
  ['server/src/semantics/scope-builder.ts', 'typescript'],
  ['models/training/bug_finder/batches.py', 'python'],
  ['models/training/bug_finder/evaluate.py', 'python'],
]
const EACH = 12

const model = await shipped()
const lines: string[] = []
for (const [path, grammar] of FILES)
  await add(grammar, readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'), 6)
for (const grammar of ['javascript', 'rust'] as const) {
  const texts = RULES.flatMap(rule => [...rule.examples.invalid, ...rule.examples.valid])
    .map(it => (isFixed(it) ? it.before : it))
    .filter(it => it.language === grammar && it.text.length > 120)
    .map(it => it.text)
  let left = EACH
  for (const text of texts) if (left > 0) left -= await add(grammar, text, 1)
}
writeFileSync(new URL('../../bug-finder/golden.jsonl', import.meta.url), lines.join(''))
console.log(`${lines.length} functions`)

/** Adds up to `most` functions of a text, and says how many. */
async function add(grammar: Grammar, text: string, most: number): Promise<number> {
  const all = model.functions(text, grammar)?.all ?? []
  let added = 0
  for (const tokens of all) {
    if (added === most || tokens.count < 20 || tokens.count > 300) continue
    const own = text.slice(tokens.start, tokens.end)
    // By itself a function binds fewer names; what is golden is the function alone.
    const [alone] = model.functions(own, grammar)?.all ?? []
    if (!alone) continue
    const { none, suspects } = await model.ask(alone)
    lines.push(
      `${JSON.stringify({ grammar, text: own, answer: { none: round(none), suspects: suspects.map(it => ({ ...it, here: round(it.here), likely: round(it.likely), score: round(it.score) })) } })}\n`,
    )
    added++
  }
  return added
}

function round(value: number): number {
  return Number(value.toPrecision(5))
}

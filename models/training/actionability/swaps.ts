// How many of the swapped arguments that people really repaired the rule finds, and what it says once they are repaired:
//   node --import tsx models/training/actionability/swaps.ts [--data DIR] [--show]
// Reads the mined fixes of the kind `swap`. The rule knows functions of the same file only, so that most are out of its reach.

import { parseArgs } from 'node:util'
import { analyseFile, type Engine } from '../../../server/src/features/analyse-file.ts'
import { DiskGrammars } from '../../../server/src/host/node/grammars.ts'
import swappedArguments from '../../../server/src/rules/correctness/swapped-arguments.ts'
import { RuleSet } from '../../../server/src/rules/rule-set.ts'
import { LANGUAGES } from '../../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import { languageOfGrammar } from '../code-files.ts'
import { type MinedFix, minedRepositories, readFixes } from '../mined-fixes.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    show: { type: 'boolean', default: false },
  },
})
const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../../dist/grammars/', import.meta.url)))
for (const grammar of LANGUAGES) await parser.load(grammar)
const engine: Engine = { parser, rules: new RuleSet([swappedArguments]) }
const table: Record<string, { fixes: number; found: number; 'said after the fix': number }> = {}

for (const fix of swaps()) {
  const changed = linesThatDiffer(fix.before, fix.after)
  const found = foundOn(fix, fix.before, changed)
  const after = foundOn(fix, fix.after, changed)
  for (const group of ['all', fix.fixMessage ? 'called a fix' : 'not called a fix']) {
    const row = (table[group] ??= { fixes: 0, found: 0, 'said after the fix': 0 })
    row.fixes++
    row.found += found
    row['said after the fix'] += after
  }
  if (values.show) {
    const mark = found ? 'FOUND ' : after ? 'AFTER ' : ''
    console.log(`\n${mark}${fix.repository} ${fix.commit.slice(0, 10)} ${fix.path}: ${fix.subject}`)
    const [old, now] = [fix.before.split('\n'), fix.after.split('\n')]
    for (const it of changed.slice(0, 4)) console.log(`- ${old[it]?.trim()}\n+ ${now[it]?.trim()}`)
  }
}
console.table(table)

function* swaps(): Generator<MinedFix> {
  for (const repository of minedRepositories(values.data))
    for (const fix of readFixes(values.data, repository)) if (fix.kind === 'swap' && !fix.test) yield fix
}

function foundOn({ path, language }: MinedFix, text: string, lines: readonly number[]): 0 | 1 {
  const { findings } = analyseFile(engine, path, languageOfGrammar(language), text)
  const touches = ({ start, end }: { start: number; end: number }) => {
    const first = text.slice(0, start).split('\n').length - 1
    const last = text.slice(0, end).split('\n').length - 1
    return lines.some(it => it >= first && it <= last)
  }
  return findings.some(touches) ? 1 : 0
}

/** A swap leaves the number of lines as it was. */
function linesThatDiffer(before: string, after: string): number[] {
  const now = after.split('\n')
  return before.split('\n').flatMap((it, index) => (it === now[index] ? [] : [index]))
}

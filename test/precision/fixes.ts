// Applies every fix that CodeAnt proposes on the real repositories, each to its own copy of its file, and checks with an
// analysis from scratch what came out: does it parse, is the finding gone, is nothing new there?
//   tsx test/precision/fixes.ts [--json FILE] [repository…]
// The product offers only what passes its own check; what does not is counted here, and shown with --failed.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '@codeant/shared/finding.ts'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { admitBytes, admitText, decode } from '../../server/src/features/admission.ts'
import { analyseFile, type Engine, isCode } from '../../server/src/features/analyse-file.ts'
import { type ProposedFix, proposeFixes, type Source } from '../../server/src/features/fixes.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import { FLAG_ERROR } from '../../server/src/syntax/tree.ts'
import { applyEdits } from '../../server/src/text/document.ts'
import { CORPORA, corpus } from '../bench/corpora.ts'
import { testParser } from '../support/engine.ts'

interface Tally {
  proposed: number
  offered: number
  /** Of the offered ones, by an analysis from scratch that knows nothing of how they were verified. */
  parses: number
  gone: number
  clean: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, failed: { type: 'boolean', default: false } },
})
const engine: Engine = { parser: await testParser(), rules: RuleSet.standard(RULES) }
const limits = new Map(RULES.map(it => [it.id, it.limit?.default ?? Number.NEGATIVE_INFINITY]))
const tallies = new Map<string, Tally>()

for (const name of positionals.length > 0 ? positionals : Object.keys(CORPORA)) {
  const root = corpus(name)
  for (const file of walk(
    root,
    it => languageOf(it) !== undefined,
    () => {},
  )) {
    const source = read(root, file)
    if (!source) continue
    const before = shown(analyseFile(engine, source.path, source.language, source.text).findings)
    if (!before.some(it => it.fix)) continue
    const had = errors(source)
    for (const fix of proposeFixes(engine, source, isShown)) judge(fix, source, before, had)
  }
  console.error(`${name}: ${[...tallies.values()].reduce((sum, it) => sum + it.proposed, 0)} fixes so far`)
}

const total: Tally = { proposed: 0, offered: 0, parses: 0, gone: 0, clean: 0 }
for (const [rule, it] of [...tallies].sort()) {
  line(rule, it)
  for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += it[key]
}
line('all', total)
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ total, rules: Object.fromEntries(tallies) }, null, 2)}\n`)

function judge(fix: ProposedFix, source: Source, before: readonly Finding[], had: number): void {
  const { rule } = fix.finding
  const tally = tallies.get(rule) ?? { proposed: 0, offered: 0, parses: 0, gone: 0, clean: 0 }
  tallies.set(rule, tally)
  tally.proposed++
  if (!fix.holds) {
    if (values.failed)
      console.log(`not offered: ${rule} ${source.path}:${lineOf(source.text, fix.finding.start)}`)
    return
  }
  tally.offered++
  const text = applyEdits(source.text, fix.edits)
  const fixed = { ...source, text }
  const after = shown(analyseFile(engine, fixed.path, fixed.language, text).findings)
  const parses = errors(fixed) <= had
  const gone = count(after, rule) < count(before, rule)
  const clean = [...new Set(after.map(it => it.rule))].every(it => count(after, it) <= count(before, it))
  if (parses) tally.parses++
  if (gone) tally.gone++
  if (clean) tally.clean++
  if (!(parses && gone && clean))
    console.log(`does not hold: ${rule} ${source.path}:${lineOf(source.text, fix.finding.start)}`)
}

function read(root: string, file: string): Source | undefined {
  const language = languageOf(file)
  if (!language) return undefined
  const bytes = readFileSync(file)
  const decoded = admitBytes(bytes, DEFAULT_SETTINGS) ? undefined : decode(bytes)
  if (!decoded || admitText(decoded.text, language, DEFAULT_SETTINGS)) return undefined
  return { path: file.slice(join(root, '/').length), language, text: decoded.text }
}

/** Nodes that hold a syntax error. */
function errors({ path, language, text }: Source): number {
  const grammar = grammarOf(language, path)
  if (!grammar || !isCode(language)) return 0
  const tree = engine.parser.parseOnce(text, grammar)!
  let found = 0
  for (let row = 0; row < tree.rows; row++) if (tree.flags[row]! & FLAG_ERROR) found++
  return found
}

function isShown({ rule, measure }: Finding): boolean {
  return measure === undefined || measure > limits.get(rule)!
}

function shown(findings: readonly Finding[]): Finding[] {
  return findings.filter(isShown)
}

function count(findings: readonly Finding[], rule: string): number {
  return findings.filter(it => it.rule === rule).length
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function line(name: string, { proposed, offered, parses, gone, clean }: Tally): void {
  const part = (value: number, of: number) =>
    `${value} (${of === 0 ? '–' : ((value / of) * 100).toFixed(1)} %)`.padEnd(16)
  console.log(
    `${name.padEnd(42)} proposed ${String(proposed).padEnd(6)} offered ${part(offered, proposed)} parse ${part(parses, offered)} gone ${part(gone, offered)} nothing new ${part(clean, offered)}`,
  )
}

// Real bugs: what the shipped bug finder says of mined fixes of repositories that it never saw, and of their repaired twins.
//
//   node --import tsx models/training/bug_finder/real-bugs.ts [--split held-out] [--out report.json]
//
// `--write` puts the summary into models/bug-finder/model.json, from where the documentation takes it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { learnedLanguage } from '../../../server/src/features/learned/bug-finder.ts'
import { bugKindOf, VARIABLE_SITE } from '../../../server/src/inference/choices.ts'
import type { FunctionTokens } from '../../../server/src/inference/function-tokens/tokens.ts'
import type { Grammar } from '../../../server/src/syntax/language.ts'
import { type MinedFix, minedRepositories, readFixes } from '../mined-fixes.ts'
import { fileNameOf, readRepositories } from '../repositories.ts'
import { interval, percent, type Share } from './intervals.ts'
import { shipped } from './shipped.ts'
import { bugBetween } from './token-bug.ts'

/** What came of one fix. `broken` and `repaired` are scores of the best finding; `calm` says less of the repaired twin. */
export interface Outcome {
  readonly repository: string
  readonly commit: string
  readonly path: string
  readonly language: string
  readonly kind: string
  /** Somebody called it a fix, or changed nothing else; literals only in the first case, since they are changed for many reasons. */
  readonly isFix: boolean
  readonly located: boolean
  readonly repairable: boolean
  readonly joint: boolean
  readonly ordered: number
  readonly broken: number
  readonly repaired: number
}

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    split: { type: 'string', default: 'held-out' },
    out: { type: 'string' },
    write: { type: 'boolean', default: false },
    most: { type: 'string', default: '100000' },
  },
})
const model = await shipped()
const gates = readGates()
const outcomes: Outcome[] = []
/** Undefined when the change is none of the bug finder's kinds, or is too long for it. */
async function judge(fix: MinedFix): Promise<Outcome | undefined> {
  if (fix.kind === 'swap') return undefined
  const before = around(fix.before, fix.language, fix.beforeRange)
  const after = around(fix.after, fix.language, fix.afterRange)
  const bug = before && after && bugBetween(before, after)
  if (!before || !after || !bug) return undefined
  const broken = await model.ask(before)
  const repaired = await model.ask(after)
  const [top] = broken.suspects
  const isVariable = before.site[bug.token] === VARIABLE_SITE
  const meant = isVariable ? before.symbols[bug.repair - 1]!.name : after.words[bug.token]!
  return {
    ...{ repository: fix.repository, commit: fix.commit, path: fix.path },
    language: learnedLanguage(fix.language),
    kind: bugKindOf(before.site[bug.token]!),
    // As `is_bug` in fixes.py, by which training chooses.
    isFix: !fix.test && (fix.fixMessage || (fix.kind !== 'literal' && fix.isolated)),
    located: [...broken.suspects].sort((a, b) => b.here - a.here)[0]?.token === bug.token,
    repairable: broken.suspects.some(it => it.token === bug.token && it.instead === meant),
    joint: top?.token === bug.token && top.instead === meant,
    ordered: broken.none === repaired.none ? 0.5 : broken.none < repaired.none ? 1 : 0,
    broken: top?.score ?? 0,
    repaired: repaired.suspects[0]?.score ?? 0,
  }
}

function around(
  text: string,
  grammar: Grammar,
  [start, end]: readonly [number, number],
): FunctionTokens | undefined {
  return model.functions(text, grammar)?.all.find(it => it.start <= start && end <= it.end)
}

/** By language, kind and both: shares with their intervals. */
function report(): void {
  const fixes = outcomes.filter(it => it.isFix)
  const groups = new Map<string, Outcome[]>([
    ['all', fixes],
    ['mined', outcomes],
  ])
  for (const it of fixes)
    for (const key of [it.language, it.kind, `${it.language}/${it.kind}`])
      groups.set(key, [...(groups.get(key) ?? []), it])
  const sorted = [...groups].sort(([a], [b]) => orderOf(a) - orderOf(b) || a.localeCompare(b))
  const summary = Object.fromEntries(sorted.map(([key, group]) => [key, summarise(group)]))
  console.log('of fixes'.padEnd(24), 'n'.padStart(5), ...COLUMNS.map(it => it.padEnd(20)))
  for (const [key, { n, ...shares }] of Object.entries(summary))
    console.log(key.padEnd(24), String(n).padStart(5), ...COLUMNS.map(it => percent(shares[it]).padEnd(20)))
  if (!values.write) return
  const file = new URL('../../bug-finder/model.json', import.meta.url)
  const description = JSON.parse(readFileSync(file, 'utf8'))
  description.numbers = { ...description.numbers, real: summary }
  writeFileSync(file, `${JSON.stringify(description, undefined, 2)}\n`)
}

/** `ordered`: the broken function is held to be likelier broken than its repair; the last two are at the gate. */
const COLUMNS = ['located', 'joint', 'ordered', 'found', 'falseAlarms'] as const

function summarise(
  group: readonly Outcome[],
): { readonly n: number } & Record<(typeof COLUMNS)[number], Share> {
  const share = (test: (it: Outcome) => number | boolean) =>
    interval(
      group.reduce((sum, it) => sum + Number(test(it)), 0),
      group.length,
    )
  const isLoud = (score: number, it: Outcome) => score >= (gates[it.language]?.[it.kind]?.threshold ?? 2)
  return {
    n: group.length,
    located: share(it => it.located),
    joint: share(it => it.joint),
    ordered: share(it => it.ordered),
    found: share(it => it.joint && isLoud(it.broken, it)),
    falseAlarms: share(it => isLoud(it.repaired, it)),
  }
}

/** First all that somebody called a fix, then every mined change, then the parts of the first. */
function orderOf(key: string): number {
  return key === 'all' ? 0 : key === 'mined' ? 1 : 2
}

function readGates(): Record<string, Record<string, { threshold: number }>> {
  const file = new URL('../../bug-finder/model.json', import.meta.url)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).gates : {}
}

const mined = new Set(minedRepositories(values.data))
for (const repository of readRepositories(values.split).map(it => fileNameOf(it.repository))) {
  if (!mined.has(repository)) continue
  for (const fix of readFixes(values.data, repository)) {
    const outcome = await judge(fix)
    if (outcome) outcomes.push(outcome)
    if (outcomes.length >= Number(values.most)) break
  }
  process.stderr.write(`${repository}: ${outcomes.length}\n`)
}
report()
if (values.out) writeFileSync(values.out, JSON.stringify(outcomes, undefined, 1))

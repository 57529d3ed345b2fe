// Applies every fix that CodeAnt proposes for what it shows of the real repositories, each to its own copy of its file or of
// the files that disagree, and checks with an analysis from scratch what came out: does it parse, is the finding gone, is
// nothing new there?
//   tsx test/precision/fixes.ts [--out FILE] [--failed] [--diffs FILE] [--rule TEXT]… [repository…]
// The product offers only what passes its own check; what does not is counted here, and named with --failed. --out, which
// is .cache/bench/fixes.json unless said otherwise, gets the figures: `parse`, `gone` and `nothingNew` count among those
// offered. --diffs gets every change with the lines around it, for reading.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Finding } from '@codeant/shared/finding.ts'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { admitBytes, admitText, decode } from '../../server/src/features/admission.ts'
import { analyseFile, type Engine, type FileResult, isCode } from '../../server/src/features/analyse-file.ts'
import { type ProposedFix, proposeFixes, type Source } from '../../server/src/features/fixes.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { reportFile } from '../../server/src/features/report.ts'
import type { FileFacts } from '../../server/src/graph/facts.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import { FLAG_ERROR } from '../../server/src/syntax/tree.ts'
import { applyEdits } from '../../server/src/text/document.ts'
import { corpus } from '../bench/corpora.ts'
import { testParser } from '../support/engine.ts'
import { type FixBetweenFiles, fixesBetweenFiles, type Project } from './fixes-between-files.ts'
import { REPOSITORIES } from './repositories.ts'

interface Tally {
  proposed: number
  offered: number
  /** Of the offered ones, by an analysis from scratch that knows nothing of how they were verified. */
  parse: number
  gone: number
  nothingNew: number
}

const NOTHING: Tally = { proposed: 0, offered: 0, parse: 0, gone: 0, nothingNew: 0 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: {
      type: 'string',
      default: fileURLToPath(new URL('../../.cache/bench/fixes.json', import.meta.url)),
    },
    failed: { type: 'boolean', default: false },
    diffs: { type: 'string' },
    rule: { type: 'string', multiple: true },
  },
})
const repositories = positionals.length > 0 ? positionals : Object.keys(REPOSITORIES)
const today = new Date().toISOString().slice(0, 10)
const engine: Engine = { parser: await testParser(), rules: RuleSet.standard(RULES) }
const AROUND = 3
const tallies = new Map<string, Tally>()
const diffs: string[] = []

for (const name of repositories) {
  const root = corpus(name, REPOSITORIES)
  const facts = new Map<string, FileFacts>()
  for (const file of walk(
    root,
    it => languageOf(it) !== undefined,
    () => {},
  )) {
    const source = read(root, file)
    if (!source) continue
    const result = analyse(source)
    if (result.facts) facts.set(source.path, result.facts)
    const before = shown(source, result)
    const wanted = new Set(before.filter(it => it.fix && isAskedFor(it)).map(placeOf))
    if (wanted.size === 0) continue
    const had = errors(source)
    for (const fix of proposeFixes(engine, source, it => wanted.has(placeOf(it))))
      judge(fix, source, before, had, name)
  }
  const project = { facts, source: (path: string) => read(root, join(root, path)) }
  for (const fix of fixesBetweenFiles(engine, project, isAskedFor)) judgeBetween(fix, project, name)
  console.error(`${name}: ${[...tallies.values()].reduce((sum, it) => sum + it.proposed, 0)} fixes so far`)
}

const total = { ...NOTHING }
for (const [rule, it] of [...tallies].sort()) {
  line(rule, it)
  for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += it[key]
}
line('all', total)
const rules = Object.fromEntries(
  [...tallies].sort().map(([rule, { proposed, offered }]) => [rule, { proposed, offered }]),
)
mkdirSync(dirname(values.out), { recursive: true })
writeFileSync(values.out, `${JSON.stringify({ ...total, repositories, rules }, null, 2)}\n`)
if (values.diffs) writeFileSync(values.diffs, diffs.join('\n'))

function judge(
  fix: ProposedFix,
  source: Source,
  before: readonly Finding[],
  had: number,
  repository: string,
): void {
  const { rule } = fix.finding
  const tally = tallyOf(rule)
  const place = `${rule} ${repository}/${source.path}:${lineOf(source.text, fix.finding.start)}`
  const text = applyEdits(source.text, fix.edits)
  tally.proposed++
  diffs.push(`${place}${fix.holds ? '' : ' (not offered)'}\n${diff(source.text, text)}`)
  if (!fix.holds) {
    const { parses, gone, added } = fix.evidence
    const why = [
      parses ? [] : 'does not parse',
      gone ? [] : 'still there',
      added.map(it => `adds ${it.rule}`),
    ]
    if (values.failed) console.log(`not offered: ${place}: ${why.flat().join(', ')}`)
    return
  }
  tally.offered++
  const fixed = { ...source, text }
  const after = shown(fixed, analyse(fixed))
  const parse = errors(fixed) <= had
  const gone = count(after, rule) < count(before, rule)
  const nothingNew = [...new Set(after.map(it => it.rule))].every(it => count(after, it) <= count(before, it))
  if (parse) tally.parse++
  if (gone) tally.gone++
  if (nothingNew) tally.nothingNew++
  if (!(parse && gone && nothingNew)) console.log(`does not hold: ${place}`)
}

function judgeBetween({ finding, path, made }: FixBetweenFiles, project: Project, repository: string): void {
  const tally = tallyOf(finding.rule)
  const old = project.source(path)!
  const place = `${finding.rule} ${repository}/${path}:${lineOf(old.text, finding.start)}`
  tally.proposed++
  if (!made) {
    if (values.failed) console.log(`not offered: ${place}: does not hold between the files`)
    return
  }
  tally.offered++
  const files = [...made.files.values()]
  diffs.push(
    [place, ...files.map(it => `in ${it.path}\n${diff(project.source(it.path)!.text, it.text)}`)].join('\n'),
  )
  const parse = files.every(it => errors(it) <= errors(project.source(it.path)!))
  const nothingNew = made.nothingNew && files.every(it => bringsNothing(project.source(it.path)!, it))
  if (parse) tally.parse++
  if (made.gone) tally.gone++
  if (nothingNew) tally.nothingNew++
  if (!(parse && made.gone && nothingNew)) console.log(`does not hold: ${place}`)
}

function bringsNothing(old: Source, fixed: Source): boolean {
  const [before, after] = [old, fixed].map(it => shown(it, analyse(it)))
  return [...new Set(after!.map(it => it.rule))].every(it => count(after!, it) <= count(before!, it))
}

function tallyOf(rule: string): Tally {
  const tally = tallies.get(rule) ?? { ...NOTHING }
  tallies.set(rule, tally)
  return tally
}

function analyse({ path, language, text }: Source): FileResult {
  return analyseFile(engine, path, language, text)
}

/** What a person would see, without the comments about comments. */
function shown({ path }: Source, result: FileResult): Finding[] {
  return reportFile(path, result, { rules: engine.rules, settings: DEFAULT_SETTINGS, today })
    .shown.map(it => it.finding)
    .filter(it => !it.rule.startsWith('suppressions/'))
}

function isAskedFor({ rule }: Finding): boolean {
  return !values.rule || values.rule.some(it => rule.includes(it))
}

function placeOf({ rule, start, end }: Finding): string {
  return `${rule}:${start}:${end}`
}

/** The lines that differ, between those that are the same on both sides. */
function diff(before: string, after: string): string {
  const old = before.split('\n')
  const now = after.split('\n')
  let head = 0
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++
  const mark = (sign: string, lines: readonly string[]) => lines.map(it => `${sign} ${it}`)
  return [
    ...mark(' ', old.slice(Math.max(0, head - AROUND), head)),
    ...mark('-', old.slice(head, old.length - tail)),
    ...mark('+', now.slice(head, now.length - tail)),
    ...mark(' ', old.slice(old.length - tail, old.length - tail + AROUND)),
    '',
  ].join('\n')
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

function count(findings: readonly Finding[], rule: string): number {
  return findings.filter(it => it.rule === rule).length
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function line(name: string, { proposed, offered, parse, gone, nothingNew }: Tally): void {
  const part = (value: number, of: number) =>
    `${value} (${of === 0 ? '–' : ((value / of) * 100).toFixed(1)} %)`.padEnd(16)
  console.log(
    `${name.padEnd(42)} proposed ${String(proposed).padEnd(6)} offered ${part(offered, proposed)} parse ${part(parse, offered)} gone ${part(gone, offered)} nothing new ${part(nothingNew, offered)}`,
  )
}

// How much of public rule collections runs here, and how much of it says exactly what its authors' own annotated tests say.
//
//   node --import tsx test/precision/packs.ts [--failures] [--only TEXT] [--language python] FOLDER…
//
// Reads folders that are there; fetches nothing. A rule passes when, in every test file beside it, the lines that it reports
// are the annotated ones: all `ruleid:` lines and no other line (`todoruleid:` and `todook:` lines do not count). A rule of
// ast-grep's format passes when it finds something in every `invalid:` code, at the place of its snapshot where there is one,
// and nothing in any `valid:` code.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { grammarOf, languageOf, patternLanguageOf } from '../../server/src/features/languages.ts'
import { annotationsFor } from '../../server/src/patterns/annotations.ts'
import { readTreeRules } from '../../server/src/patterns/ast-grep/rule-document.ts'
import { codeOf } from '../../server/src/patterns/code-of.ts'
import { Pack } from '../../server/src/patterns/pack.ts'
import { refusalWords } from '../../server/src/patterns/refusal.ts'
import type { PackRule } from '../../server/src/patterns/rule.ts'
import { readRuleFile } from '../../server/src/patterns/rule-file.ts'
import type { SyntaxParser } from '../../server/src/syntax/parser.ts'
import { testParser } from '../support/engine.ts'
import { TreeTests } from './tree-tests.ts'

const { values, positionals } = parseArgs({
  options: {
    failures: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    language: { type: 'string', default: '' },
  },
  allowPositionals: true,
})

interface Verdict {
  readonly id: string
  readonly file: string
  readonly languages: readonly string[]
  readonly features: readonly string[]
  readonly state: 'refused' | 'passed' | 'failed' | 'untested'
  readonly reason: string
}

const OURS = [
  'python',
  'javascript',
  'typescript',
  'rust',
  'go',
  'java',
  'hcl',
  'yaml',
  'generic',
  'dockerfile',
  'json',
  'html',
]

const TREE_KEYS = new Set(
  'pattern kind regex nthChild range inside has follows precedes all any not matches constraints utils transform fix rewriters field'.split(
    ' ',
  ),
)

const parser = await testParser()
const verdicts: Verdict[] = []
for (const folder of positionals) {
  const treeTests = new TreeTests(folder)
  for (const file of ruleFiles(folder))
    verdicts.push(...judge(parser, folder, file), ...judgeTrees(parser, treeTests, folder, file))
}
print(verdicts)

function judgeTrees(parser: SyntaxParser, tests: TreeTests, folder: string, file: string): Verdict[] {
  if (values.only && !file.includes(values.only)) return []
  const text = readFileSync(file, 'utf8')
  const read = readTreeRules(parser, text)
  if (!read) return []
  const shown = relative(folder, file)
  const raw = parse(text, { logLevel: 'silent', uniqueKeys: false }) as Record<string, unknown>
  const languages = [String(raw.language).toLowerCase()]
  const features = ['format: ast-grep', ...treeFeaturesOf(raw)]
  return [
    ...read.refused.map(({ id, refusal }) => ({
      id,
      file: shown,
      languages,
      features,
      state: 'refused' as const,
      reason: refusalWords(refusal, 'en'),
    })),
    ...read.rules.map(rule => {
      const result = tests.run(parser, rule)
      const state = result === undefined ? 'untested' : result === '' ? 'passed' : 'failed'
      return { id: rule.id, file: shown, languages, features, state, reason: result ?? '' } as const
    }),
  ]
}

function treeFeaturesOf(rule: Record<string, unknown>): string[] {
  const keys = new Set<string>()
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (TREE_KEYS.has(key)) keys.add(key)
        walk(inner)
      }
  }
  walk({ ...rule, metadata: undefined })
  return [...keys]
}

function judge(parser: SyntaxParser, folder: string, file: string): Verdict[] {
  if (values.only && !file.includes(values.only)) return []
  const text = readFileSync(file, 'utf8')
  const read = /^rules:/m.test(text) ? readRuleFile(parser, text) : undefined
  if (!read) return []
  const raw = rawRules(text)
  const shown = relative(folder, file)
  const verdicts: Verdict[] = []
  const about = (id: string) => {
    const source = raw.get(id) ?? {}
    return { id, file: shown, languages: writtenLanguages(source), features: featuresOf(source) }
  }
  for (const { id, refusal } of read.refused)
    verdicts.push({ ...about(id), state: 'refused', reason: refusalWords(refusal, 'en') })
  const tests = testsOf(file)
  for (const rule of read.rules) {
    const began = performance.now()
    const result = tests.length === 0 ? undefined : run(parser, rule, tests)
    const took = performance.now() - began
    if (took > 1000) console.error(`${shown}: ${rule.id} took ${Math.round(took)} ms`)
    verdicts.push({
      ...about(rule.id),
      state: result === undefined ? 'untested' : result === '' ? 'passed' : 'failed',
      reason: result ?? '',
    })
  }
  return verdicts
}

/** Empty where all is as annotated; undefined where nothing is annotated for this rule. */
function run(parser: SyntaxParser, rule: PackRule, tests: readonly string[]): string | undefined {
  const pack = new Pack([{ ...rule, paths: { include: [], exclude: [] } }])
  const problems: string[] = []
  let annotated = false
  for (const test of tests) {
    const text = readFileSync(test, 'utf8')
    const said = annotationsFor(text, rule.id)
    if (!said) continue
    const own = languageOf(test) ?? 'text'
    const foreign = patternLanguageOf(test)
    const language = foreign ?? own
    const grammar = foreign ?? grammarOf(own, test)
    if (!rule.languages.includes('text') && !(rule.languages as readonly string[]).includes(language))
      continue
    annotated = true
    const read = grammar && (() => codeOf(basename(test), parser.parseOnce(text, grammar)!))
    const lines = lineStarts(text)
    const reported = new Set(
      pack.check(basename(test), language, text, read, parser).map(it => lineOf(lines, it.start)),
    )
    for (const line of said.expected)
      if (!reported.has(line)) problems.push(`${basename(test)}:${line} missed`)
    for (const line of reported)
      if (!said.expected.has(line) && !said.ignored.has(line))
        problems.push(`${basename(test)}:${line} too much`)
  }
  return annotated ? problems.join(', ') : undefined
}

function testsOf(file: string): string[] {
  const folder = dirname(file)
  const stem = basename(file).replace(/\.ya?ml$/, '')
  return readdirSync(folder)
    .filter(it => it.startsWith(`${stem}.`) && it !== basename(file) && !/\.fixed\./.test(it))
    .map(it => join(folder, it))
    .filter(it => statSync(it).isFile() && !(/\.ya?ml$/.test(it) && !/\.test\.ya?ml$/.test(it)))
}

function ruleFiles(place: string): string[] {
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { withFileTypes: true }).flatMap(it => {
    if (it.name.startsWith('.')) return []
    const path = join(place, it.name)
    if (it.isDirectory()) return ruleFiles(path)
    return /\.ya?ml$/.test(extname(it.name)) && !/\.test\.ya?ml$/.test(it.name) ? [path] : []
  })
}

/** Each rule as it is written, for what is counted per language and feature. */
function rawRules(text: string): Map<string, Record<string, unknown>> {
  const { rules } = parse(text, { logLevel: 'silent', uniqueKeys: false }) as {
    rules: Record<string, unknown>[]
  }
  return new Map(rules.map(it => [String(it.id), it]))
}

function writtenLanguages({ languages }: Record<string, unknown>): string[] {
  const short: Record<string, string> = {
    js: 'javascript',
    ts: 'typescript',
    py: 'python',
    terraform: 'hcl',
    tf: 'hcl',
  }
  return [languages ?? []].flat().map(it => short[String(it)] ?? String(it))
}

function featuresOf(rule: Record<string, unknown>): string[] {
  const keys = new Set<string>()
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'metadata') continue
        if (/^(pattern|metavariable-|focus|fix|options|paths|by-side-effect|label|requires)/.test(key))
          keys.add(key)
        walk(inner)
      }
  }
  walk(rule)
  return [...keys, rule.mode === 'taint' ? 'mode: taint' : 'mode: search']
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function print(all: readonly Verdict[]): void {
  const ours = all.filter(it => it.languages.some(at => OURS.includes(at)))
  const wanted = values.language ? ours.filter(it => it.languages.includes(values.language!)) : ours
  if (values.failures) {
    for (const it of wanted)
      if (it.state === 'failed' || it.state === 'refused')
        console.log(`${it.state} ${it.file} ${it.id}: ${it.reason}`)
    console.log()
  }
  console.log('| language | rules | loaded | tested | pass exactly |')
  console.log('|---|---|---|---|---|')
  for (const language of OURS)
    row(
      language,
      all.filter(it => it.languages.includes(language)),
    )
  row('any of these', ours)
  console.log('\n| feature | rules | loaded | tested | pass exactly |')
  console.log('|---|---|---|---|---|')
  const features = [...new Set(wanted.flatMap(it => it.features))].sort()
  for (const feature of features)
    row(
      feature,
      wanted.filter(it => it.features.includes(feature)),
    )
  const reasons = new Map<string, number>()
  for (const it of wanted)
    if (it.state === 'refused') {
      const reason = it.reason.replace(/`[^`]*`/g, '…')
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
  if (reasons.size > 0) console.log('\nrefused:')
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`${count} × ${reason}`)
}

function row(name: string, rules: readonly Verdict[]): void {
  const loaded = rules.filter(it => it.state !== 'refused')
  const tested = loaded.filter(it => it.state !== 'untested')
  const passed = tested.filter(it => it.state === 'passed')
  const share = (part: number, whole: number) =>
    whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`
  console.log(
    `| ${name} | ${rules.length} | ${loaded.length} (${share(loaded.length, rules.length)}) | ${tested.length} | ${passed.length} (${share(passed.length, tested.length)}) |`,
  )
}

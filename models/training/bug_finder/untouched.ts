// Untouched code: what the shipped bug finder would say of functions that nobody complained about.
//
//   node --import tsx models/training/bug_finder/untouched.ts --split validation --thresholds   → thresholds into model.json
//   node --import tsx models/training/bug_finder/untouched.ts --split held-out --sample 12      → findings to be read
//
// `--most N` looks at N functions a repository at most, spread evenly.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Gate,
  LEARNED_LANGUAGES,
  learnedLanguage,
  readBugFinder,
} from '../../../server/src/features/learned/bug-finder.ts'
import { findingIn } from '../../../server/src/features/learned/findings.ts'
import { BUG_KINDS, bugKindOf } from '../../../server/src/inference/choices.ts'
import { canBeWrong } from '../../../server/src/inference/tasks/find-bug.ts'
import { isUntended } from '../../../server/src/semantics/provenance.ts'
import type { Grammar } from '../../../server/src/syntax/language.ts'
import { laidOut, snapshotFiles } from '../snapshots.ts'
import { shipped } from './shipped.ts'

/** One finding of a function, however little the model thinks of it. */
interface Scored {
  readonly repository: string
  readonly path: string
  readonly line: number
  readonly language: string
  readonly kind: string
  readonly score: number
  readonly name: string
  readonly instead: string
  readonly excerpt: string
}

/** Of a hundred thousand clean functions in a language, how many may be flagged for each kind. */
const FALSE_ALARMS = 0.0005

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    split: { type: 'string', default: 'held-out' },
    most: { type: 'string', default: '2500' },
    thresholds: { type: 'boolean', default: false },
    sample: { type: 'string' },
    out: { type: 'string' },
  },
})
const modelFile = new URL('../../bug-finder/model.json', import.meta.url)
const model = await shipped()
const asked = new Map<string, number>()
const found: Scored[] = []
/** By language and kind: the score that no more than the allowed share of all functions reaches. */
function writeThresholds(): void {
  const description = JSON.parse(readFileSync(modelFile, 'utf8'))
  const gates: Record<string, Record<string, Gate>> = {}
  for (const language of LEARNED_LANGUAGES) {
    gates[language] = {}
    for (const kind of BUG_KINDS) {
      const scores = found
        .filter(it => it.language === language && it.kind === kind)
        .map(it => it.score)
        .sort((a, b) => b - a)
      const allowed = Math.floor((asked.get(language) ?? 0) * FALSE_ALARMS)
      const threshold = Math.max(LEAST, round((scores[allowed] ?? 0) + 1e-3))
      const before: Gate | undefined = description.gates?.[language]?.[kind]
      gates[language][kind] = {
        threshold,
        passed: before?.passed ?? false,
        read: before?.read ?? 0,
        worth: before?.worth ?? 0,
      }
    }
  }
  writeFileSync(modelFile, `${JSON.stringify({ ...description, gates }, undefined, 2)}\n`)
  console.table(
    Object.fromEntries(
      LEARNED_LANGUAGES.map(it => [
        it,
        {
          functions: asked.get(it),
          ...Object.fromEntries(BUG_KINDS.map(kind => [kind, gates[it]![kind]!.threshold])),
        },
      ]),
    ),
  )
}

/** Nothing is shown that the model itself does not believe. */
const LEAST = 0.5

/** The strongest findings of each language and kind that are above the gate, for reading. */
function writeSample(most: number): void {
  const gates = JSON.parse(readFileSync(modelFile, 'utf8')).gates as Record<string, Record<string, Gate>>
  const sample = LEARNED_LANGUAGES.flatMap(language =>
    BUG_KINDS.flatMap(kind => {
      const own = found
        .filter(it => it.language === language && it.kind === kind)
        .sort((a, b) => b.score - a.score)
      const above = own.filter(it => it.score >= gates[language]![kind]!.threshold)
      console.log(
        `${language}/${kind}: ${above.length} above the gate of ${gates[language]![kind]!.threshold}, of ${asked.get(language)} functions`,
      )
      return above.slice(0, most)
    }),
  )
  writeFileSync(
    values.out ?? join(values.data, 'to-be-read.json'),
    `${JSON.stringify(sample, undefined, 1)}\n`,
  )
}

interface Place {
  readonly path: string
  readonly grammar: Grammar
  readonly text: string
  readonly start: number
}

async function score(repository: string, { path, grammar, text, start }: Place): Promise<Scored | undefined> {
  const read = model.functions(text, grammar)
  const tokens = read?.all.find(it => it.start === start)
  if (!read || !tokens) return undefined
  const answer = await model.ask(tokens)
  const language = learnedLanguage(grammar)
  asked.set(language, (asked.get(language) ?? 0) + 1)
  const [top] = answer.suspects
  if (!top) return undefined
  const finding = findingIn(read.tree, tokens, answer, ANY, () => true)
  if (!finding) return undefined
  const line = text.slice(0, finding.start).split('\n').length
  const lines = text.split('\n')
  return {
    ...{ repository, path, line, language },
    kind: bugKindOf(tokens.site[top.token]!),
    score: round(top.score),
    name: String(finding.data.name),
    instead: String(finding.data.instead),
    excerpt: lines
      .slice(Math.max(0, line - 13), line + 9)
      .join('\n')
      .slice(0, 2500),
  }
}

/** Shows whatever the model says. */
const ANY = {
  ...readBugFinder(JSON.stringify({ gates: {} }), JSON.stringify({ pieces: [] }))!,
  gate: () => ({ threshold: 0, passed: true, read: 0, worth: 0 }),
}

function* functionsOf(repository: string): Generator<Place> {
  for (const { path, grammar, text } of snapshotFiles(values.data, repository, it => !ASIDE.test(it))) {
    if (isUntended(path, text)) continue
    for (const tokens of model.functions(text, grammar)?.all ?? [])
      if (canBeWrong(tokens)) yield { path, grammar, text, start: tokens.start }
  }
}

/** Tests and examples, which nobody would have complained about. */
const ASIDE = /(^|\/)(tests?|__tests__|spec|examples?|benches|benchmarks?)\/|\.(test|spec)\./

function round(score: number): number {
  return Math.round(score * 1e4) / 1e4
}

for (const repository of laidOut(values.data, values.split)) {
  const began = Date.now()
  let count = 0
  const functions = [...functionsOf(repository)]
  const step = Math.max(1, functions.length / Number(values.most))
  for (let at = 0; at < functions.length; at += step) {
    const scored = await score(repository, functions[Math.floor(at)]!)
    count++
    if (scored) found.push(scored)
  }
  process.stderr.write(
    `${repository}: ${count} functions, ${((Date.now() - began) / Math.max(1, count)).toFixed(1)} ms each\n`,
  )
}
if (values.thresholds) writeThresholds()
if (values.sample) writeSample(Number(values.sample))

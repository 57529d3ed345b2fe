// What the shipped bug finder would say of untouched code: functions of a split that nobody complained about.
//
//   node --import tsx models/training/bug_finder/suspicions.ts --split validation|held-out [--most N] [--part 1/2]
//
// Looks at N functions a repository at most, spread evenly. One file a repository, DATA/suspicions/<weights>/<owner>+<name>.json;
// what is there already is not asked again. `--part` lets several processes share the repositories.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { learnedLanguage, readBugFinder } from '../../../server/src/features/learned/bug-finder.ts'
import { findingIn } from '../../../server/src/features/learned/findings.ts'
import { bugKindOf } from '../../../server/src/inference/choices.ts'
import { canBeWrong } from '../../../server/src/inference/tasks/find-bug.ts'
import { isUntended } from '../../../server/src/semantics/provenance.ts'
import type { Grammar } from '../../../server/src/syntax/language.ts'
import { laidOut, snapshotFiles } from '../snapshots.ts'
import { type Shipped, shipped } from './shipped.ts'

/** One finding of a function, however little the model thinks of it. */
export interface Suspicion {
  readonly repository: string
  readonly path: string
  readonly line: number
  readonly language: string
  readonly kind: string
  readonly score: number
  /** `evidence.ts`, or ''. */
  readonly evidence: string
  readonly name: string
  readonly instead: string
  readonly excerpt: string
}

export interface Suspicions {
  /** How many functions were asked about, by language. */
  readonly asked: Readonly<Record<string, number>>
  readonly found: readonly Suspicion[]
}

/** Weaker ones are of no use to anybody. */
const LEAST = 0.1

/** What is known of a split; repositories that were not asked about are passed over. */
export function readSuspicions(data: string, split: string): Suspicions {
  const asked: Record<string, number> = {}
  const found: Suspicion[] = []
  for (const repository of laidOut(data, split)) {
    const file = fileOf(data, repository)
    if (!existsSync(file)) continue
    const own = JSON.parse(readFileSync(file, 'utf8')) as Suspicions
    for (const [language, count] of Object.entries(own.asked))
      asked[language] = (asked[language] ?? 0) + count
    found.push(...own.found)
  }
  return { asked, found }
}

function fileOf(data: string, repository: string): string {
  const weights = readFileSync(new URL('../../bug-finder/bug-finder.onnx', import.meta.url))
  const digest = createHash('sha256').update(weights).digest('hex').slice(0, 12)
  return join(data, 'suspicions', digest, `${repository}.json`)
}

async function askAll(model: Shipped, data: string, repository: string, most: number): Promise<Suspicions> {
  const asked: Record<string, number> = {}
  const found: Suspicion[] = []
  const functions = [...functionsOf(model, data, repository)]
  const step = Math.max(1, functions.length / most)
  for (let at = 0; at < functions.length; at += step) {
    const place = functions[Math.floor(at)]!
    const language = learnedLanguage(place.grammar)
    asked[language] = (asked[language] ?? 0) + 1
    const suspicion = await ask(model, repository, place)
    if (suspicion) found.push(suspicion)
  }
  return { asked, found }
}

interface Place {
  readonly path: string
  readonly grammar: Grammar
  readonly text: string
  readonly start: number
}

async function ask(
  model: Shipped,
  repository: string,
  { path, grammar, text, start }: Place,
): Promise<Suspicion | undefined> {
  const read = model.functions(text, grammar)
  const tokens = read?.all.find(it => it.start === start)
  if (!read || !tokens) return undefined
  const answer = await model.ask(tokens)
  const [top] = answer.suspects
  if (!top || top.score < LEAST) return undefined
  const finding = findingIn(read.tree, tokens, answer, ANY, () => true)
  if (!finding) return undefined
  const line = text.slice(0, finding.start).split('\n').length
  const lines = text.split('\n')
  return {
    ...{ repository, path, line },
    language: learnedLanguage(grammar),
    kind: bugKindOf(tokens.site[top.token]!),
    score: Math.round(top.score * 1e4) / 1e4,
    evidence: String(finding.data.evidence),
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

function* functionsOf(model: Shipped, data: string, repository: string): Generator<Place> {
  for (const { path, grammar, text } of snapshotFiles(data, repository, it => !ASIDE.test(it))) {
    if (isUntended(path, text)) continue
    for (const tokens of model.functions(text, grammar)?.all ?? [])
      if (canBeWrong(tokens)) yield { path, grammar, text, start: tokens.start }
  }
}

/** Tests and examples, which nobody would have complained about. */
const ASIDE = /(^|\/)(tests?|__tests__|spec|examples?|benches|benchmarks?)\/|\.(test|spec)\./

if (import.meta.url === `file://${process.argv[1]}`) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
      split: { type: 'string', default: 'held-out' },
      most: { type: 'string', default: '2500' },
      part: { type: 'string', default: '1/1' },
    },
  })
  const model = await shipped()
  const [part, parts] = values.part.split('/').map(Number) as [number, number]
  const repositories = laidOut(values.data, values.split).filter((_, i) => i % parts === part - 1)
  for (const repository of repositories) {
    const file = fileOf(values.data, repository)
    if (existsSync(file)) continue
    mkdirSync(join(file, '..'), { recursive: true })
    const began = performance.now()
    const known = await askAll(model, values.data, repository, Number(values.most))
    writeFileSync(`${file}.part`, `${JSON.stringify(known)}\n`)
    renameSync(`${file}.part`, file)
    const count = Object.values(known.asked).reduce((a, b) => a + b, 0)
    const each = (performance.now() - began) / Math.max(1, count)
    console.log(
      `${repository}: ${count} functions, ${each.toFixed(1)} ms each, ${known.found.length} suspicions`,
    )
  }
}

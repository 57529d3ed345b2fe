// How often CodeAnt is right, measured: a random sample of its findings on real repositories, judged by reading the code.
//   tsx test/precision/sample.ts draw [--rule TEXT]… [--all] [--context N]   what is not judged yet, with the code around it
//   tsx test/precision/sample.ts report                                     what the verdicts say, rule by rule
// The sample takes PER_RULE findings of every rule that fired, and twice as many of a rule that was judged wrong at least
// once: six say little about one that errs. It stays at that after it was cured, since more than PER_RULE verdicts on it are
// kept. Which findings is decided by a digest of where they stand, so that a finding stays in the sample as long as it is
// found, whatever else the rules learn.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { corpus } from '../bench/corpora.ts'
import { REPOSITORIES } from './repositories.ts'

const PER_RULE = 6
const PER_DOUBTED_RULE = 2 * PER_RULE

/** One judged finding. `true`: a careful reviewer would want to know. `false`: it is wrong, or the code is right as it is. */
export interface Verdict {
  readonly repository: string
  readonly commit: string
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly verdict: boolean
  readonly reason: string
}

interface Place {
  readonly repository: string
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly rule: string
  readonly severity: string
  readonly message: string
}

interface Precision {
  readonly rule: string
  readonly judged: number
  readonly right: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = fileURLToPath(new URL('verdicts', import.meta.url))

/** All verdicts; one file a category, one line a verdict. */
export function verdicts(): Verdict[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .flatMap(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Verdict[])
}

/** What the verdicts on findings say that are in the sample; all of them when no sample is given. */
export function precision(judged: readonly Verdict[]): Precision[] {
  const rules = [...new Set(judged.map(it => it.rule))].sort()
  return rules.map(rule => {
    const own = judged.filter(it => it.rule === rule)
    return { rule, judged: own.length, right: own.filter(it => it.verdict).length }
  })
}

function findings(repository: string): Place[] {
  // The exit code says that there are findings.
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'dist/server/main.mjs'),
      'analyze',
      '--format',
      'json',
      '--show',
      'hint',
      '--locale',
      'en',
      '.',
    ],
    {
      cwd: corpus(repository, REPOSITORIES),
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly (Pick<Place, 'path' | 'rule' | 'severity' | 'message'> & {
      readonly start: { readonly line: number; readonly column: number }
    })[]
  }
  return findings.map(({ path, rule, severity, message, start }) => ({
    repository,
    path,
    line: start.line,
    column: start.column,
    rule,
    severity,
    message,
  }))
}

const keyOf = ({ repository, path, line, rule }: Pick<Place, 'repository' | 'path' | 'line' | 'rule'>) =>
  `${repository}:${path}:${line}:${rule}`

/** The rules that were judged wrong once, or looked at more closely because of that. */
function doubted(judged: readonly Verdict[]): ReadonlySet<string> {
  return new Set(
    precision(judged)
      .filter(it => it.right < it.judged || it.judged > PER_RULE)
      .map(it => it.rule),
  )
}

/** The findings that are in the sample, rule by rule. */
function draw(all: readonly Place[], judged: readonly Verdict[]): Place[] {
  const closely = doubted(judged)
  const ordered = all
    .map(it => ({ it, digest: createHash('sha256').update(keyOf(it)).digest('hex') }))
    .sort((a, b) => (a.it.rule < b.it.rule ? -1 : a.it.rule > b.it.rule ? 1 : a.digest < b.digest ? -1 : 1))
    .map(({ it }) => it)
  const taken = new Map<string, number>()
  return ordered.filter(({ rule }) => {
    const count = taken.get(rule) ?? 0
    taken.set(rule, count + 1)
    return count < (closely.has(rule) ? PER_DOUBTED_RULE : PER_RULE)
  })
}

function show(place: Place, context: number): void {
  const text = readFileSync(join(corpus(place.repository, REPOSITORIES), place.path), 'utf8')
  const lines = text.split(/\r\n|[\r\n]/)
  console.log(
    `\n── ${place.rule} (${place.severity}) ${place.repository} ${place.path}:${place.line}:${place.column}`,
  )
  console.log(`   ${place.message}`)
  const from = Math.max(1, place.line - context)
  for (let line = from; line <= Math.min(lines.length, place.line + context); line++)
    console.log(
      `${line === place.line ? '>' : ' '}${String(line).padStart(6)}  ${lines[line - 1]!.slice(0, 180)}`,
    )
}

function report(judged: readonly Verdict[], sample: readonly Place[]): void {
  const inSample = new Set(sample.map(keyOf))
  const counted = judged.filter(it => inSample.has(keyOf(it)))
  const missing = sample.length - counted.length
  for (const { rule, judged, right } of precision(counted))
    console.log(
      `${rule.padEnd(45)} ${String(right).padStart(3)} of ${String(judged).padStart(3)}  ${((right / judged) * 100).toFixed(0).padStart(3)} %`,
    )
  const right = counted.filter(it => it.verdict).length
  console.log(
    `\n${right} of ${counted.length} true: ${((right / counted.length) * 100).toFixed(1)} %; ${missing} of the sample not judged yet`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rule: { type: 'string', multiple: true },
      context: { type: 'string', default: '5' },
      all: { type: 'boolean', default: false },
    },
  })
  const [command = 'report'] = positionals
  const judged = verdicts()
  const sample = draw(Object.keys(REPOSITORIES).flatMap(findings), judged)
  const known = new Set(judged.map(keyOf))
  if (command === 'report') report(judged, sample)
  else
    for (const place of sample) {
      if (values.rule && !values.rule.some(it => place.rule.includes(it))) continue
      if (values.all || !known.has(keyOf(place))) show(place, Number(values.context))
    }
}

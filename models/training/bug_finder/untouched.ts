// The gates: from which score on a kind of finding is shown, and what was said of those that were read.
//
//   node --import tsx models/training/bug_finder/untouched.ts --thresholds    → thresholds into model.json, from the validation split
//   node --import tsx models/training/bug_finder/untouched.ts --sample 12     → held-out findings to be read
//   node --import tsx models/training/bug_finder/untouched.ts --verdicts      → what was judged (verdicts.json) into model.json
//
// All of them look at what `suspicions.ts` wrote.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Gate,
  LEARNED_LANGUAGES,
  type Measured,
} from '../../../server/src/features/learned/bug-finder.ts'
import { BUG_KINDS } from '../../../server/src/inference/choices.ts'
import { readSuspicions, type Suspicion } from './suspicions.ts'

/** Of a hundred thousand clean functions in a language, how many may be flagged for each kind. */
const FALSE_ALARMS = 0.0005

/** Nothing is shown that the model itself hardly believes; less belief will do where something else speaks for it. */
const LEAST = { alone: 0.5, withEvidence: 0.3 }

/** Of a hundred findings that were read, so many must be worth a look before anybody is shown one unasked. */
const WORTH = 0.8
/** Fewer than this say nothing of a kind. */
const READ = 20

/** A finding that was read, and whether it was worth a look; committed in verdicts.json. */
interface Verdict {
  readonly repository: string
  readonly path: string
  readonly line: number
  readonly language: string
  readonly kind: string
  readonly evidence: string
  readonly name: string
  readonly instead: string
  readonly score: number
  readonly worth: boolean
  readonly reason: string
}

type Gates = Record<string, Record<string, Gate>>

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    thresholds: { type: 'boolean', default: false },
    sample: { type: 'string' },
    verdicts: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
})
const modelFile = new URL('../../bug-finder/model.json', import.meta.url)
const description = JSON.parse(readFileSync(modelFile, 'utf8')) as { gates: Gates }
if (values.thresholds) writeGates(thresholds())
if (values.sample) writeSample(description.gates, Number(values.sample))
if (values.verdicts) writeGates(judged(description.gates))

/** By language and kind: the score that no more than the allowed share of all functions reaches. What was read is void. */
function thresholds(): Gates {
  const { asked, found } = readSuspicions(values.data, 'validation')
  const of = (language: string, kind: string, isEvident: boolean): Measured => {
    const scores = found
      .filter(it => it.language === language && it.kind === kind && (it.evidence !== '') === isEvident)
      .map(it => it.score)
      .sort((a, b) => b - a)
    const allowed = Math.floor((asked[language] ?? 0) * FALSE_ALARMS)
    const least = isEvident ? LEAST.withEvidence : LEAST.alone
    const threshold = Math.max(least, Math.round(((scores[allowed] ?? 0) + 1e-3) * 1e4) / 1e4)
    return { threshold, passed: false, read: 0, worth: 0 }
  }
  return Object.fromEntries(
    LEARNED_LANGUAGES.map(language => [
      language,
      Object.fromEntries(
        BUG_KINDS.map(kind => [
          kind,
          {
            ...of(language, kind, false),
            ...(kind === 'variable' && { withEvidence: of(language, kind, true) }),
          },
        ]),
      ),
    ]),
  )
}

/** The strongest findings of each language, kind and evidence that are above the gate, for reading. */
function writeSample(gates: Gates, most: number): void {
  const { asked, found } = readSuspicions(values.data, 'held-out')
  const groups = grouped(
    found.filter(it => isShown(gates, it)),
    keyOf,
  )
  const sample = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, own]) => {
      console.log(`${key}: ${own.length} above the gate, of ${asked[own[0]!.language]} functions`)
      return own.sort((a, b) => b.score - a.score).slice(0, most)
    })
  console.log(`${sample.length} to be read, of ${new Set(sample.map(it => it.repository)).size} repositories`)
  writeFileSync(
    values.out ?? join(values.data, 'to-be-read.json'),
    `${JSON.stringify(sample, undefined, 1)}\n`,
  )
}

function grouped<T>(all: readonly T[], keyOf: (it: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const it of all) groups.set(keyOf(it), [...(groups.get(keyOf(it)) ?? []), it])
  return groups
}

function keyOf({ language, kind, evidence }: Pick<Suspicion, 'language' | 'kind' | 'evidence'>): string {
  return `${language}/${kind}${evidence && ' with evidence'}`
}

function isShown(gates: Gates, { language, kind, evidence, score }: Suspicion): boolean {
  const gate = gates[language]?.[kind]
  const own = evidence && gate?.withEvidence ? gate.withEvidence : gate
  return own !== undefined && score >= own.threshold
}

/** A kind is on where enough of its findings were read, and enough of those were worth a look. */
function judged(gates: Gates): Gates {
  const file = new URL('verdicts.json', import.meta.url)
  const verdicts: readonly Verdict[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const withVerdicts = (gate: Measured, key: string): Measured => {
    const own = verdicts.filter(it => keyOf(it) === key)
    const worth = own.filter(it => it.worth).length
    return { ...gate, read: own.length, worth, passed: own.length >= READ && worth >= WORTH * own.length }
  }
  for (const [key, own] of [...grouped(verdicts, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${key}: ${own.filter(it => it.worth).length} of ${own.length} worth a look`)
  return Object.fromEntries(
    Object.entries(gates).map(([language, kinds]) => [
      language,
      Object.fromEntries(
        Object.entries(kinds).map(([kind, { withEvidence, ...alone }]) => [
          kind,
          {
            ...withVerdicts(alone, `${language}/${kind}`),
            ...(withEvidence && {
              withEvidence: withVerdicts(withEvidence, `${language}/${kind} with evidence`),
            }),
          },
        ]),
      ),
    ]),
  )
}

function writeGates(gates: Gates): void {
  writeFileSync(modelFile, `${JSON.stringify({ ...description, gates }, undefined, 2)}\n`)
  const cell = (it: Measured) => `${it.threshold}${it.read > 0 ? ` (${it.worth} of ${it.read})` : ''}`
  console.table(
    Object.fromEntries(
      Object.entries(gates).map(([language, kinds]) => [
        language,
        Object.fromEntries(
          Object.entries(kinds).flatMap(([kind, it]) => [
            [kind, cell(it)],
            ...(it.withEvidence ? [[`${kind} with evidence`, cell(it.withEvidence)]] : []),
          ]),
        ),
      ]),
    ),
  )
}

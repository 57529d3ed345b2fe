// What only one side tells, CodeAnt or its peers, where both look for the same, and how much of it is right:
//
//   node --import tsx test/precision/compared.ts draw [--check TEXT] [--all] [--context N]
//
// The places are those that `npm run bench -- comparison` wrote down. Of each check, PER_SIDE places that only peers tell and
// as many that only CodeAnt tells are judged by reading the code; a digest of where they stand decides which. The verdicts
// are in `compared.json`, with the reason for each, so that anybody can look and disagree.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CHECK_NAMES, type CheckName, type ComparedTool } from '../bench/comparable-checks.ts'
import { type ComparedPlace, PLACES } from '../bench/compared-findings.ts'
import { corpus } from '../bench/corpora.ts'

const PER_SIDE = 10

/** `true`: a careful reviewer would want to know. `false`: it is wrong, or the code is right as it is. */
export interface ComparedVerdict {
  readonly repository: string
  readonly commit: string
  readonly path: string
  readonly line: number
  readonly check: CheckName
  /** Who told it when it was judged. */
  readonly tools: readonly ComparedTool[]
  readonly verdict: boolean
  readonly reason: string
  /** Of what peers tell rightly: the kind of case that CodeAnt does not find. */
  readonly missing?: Missing
}

/** In the words of `test/bench/page-compared.ts`. */
export const MISSING = [
  'tested-again',
  'never-null',
  'asserted-on-itself',
  'assigned-twice',
  'same-field',
  'package-import',
  'cause-lost',
  'assertion-swallowed',
  'defaults-kept',
  'part-of-class',
  'quadratic',
  'exponential-in-test',
  'unheard',
  'async-afar',
  'unused-map',
  'some-paths',
] as const
export type Missing = (typeof MISSING)[number]

export function comparedVerdicts(): readonly ComparedVerdict[] {
  return JSON.parse(
    readFileSync(new URL('compared.json', import.meta.url), 'utf8'),
  ) as readonly ComparedVerdict[]
}

export function isOnlyOurs({ tools }: Pick<ComparedPlace, 'tools'>): boolean {
  return tools.length === 1 && tools[0] === 'codeant'
}

/** The places to judge: check by check, first what only peers tell. */
export function drawn(places: readonly ComparedPlace[]): ComparedPlace[] {
  const oneSided = places.filter(it => isOnlyOurs(it) || !it.tools.includes('codeant'))
  const ordered = oneSided
    .map(it => ({ it, digest: createHash('sha256').update(keyOf(it)).digest('hex') }))
    .sort((a, b) => (a.digest < b.digest ? -1 : 1))
    .map(({ it }) => it)
  return CHECK_NAMES.flatMap(check => {
    const own = ordered.filter(it => it.check === check)
    return [own.filter(it => !isOnlyOurs(it)), own.filter(isOnlyOurs)].flatMap(it => it.slice(0, PER_SIDE))
  })
}

/** Tools may be updated: who tells it is no part of where it stands. */
export function keyOf({
  repository,
  path,
  line,
  check,
}: Pick<ComparedPlace, 'repository' | 'path' | 'line' | 'check'>): string {
  return `${repository}:${path}:${line}:${check}`
}

function show(place: ComparedPlace, context: number): void {
  const lines = readFileSync(join(corpus(place.repository), place.path), 'utf8').split(/\r\n|[\r\n]/)
  console.log(
    `\n── ${place.check} (${place.tools.join(', ')}) ${place.repository} ${place.path}:${place.line}`,
  )
  console.log(`   ${place.message}`)
  const from = Math.max(1, place.line - context)
  for (let line = from; line <= Math.min(lines.length, place.line + context); line++)
    console.log(
      `${line === place.line ? '>' : ' '}${String(line).padStart(6)}  ${lines[line - 1]!.slice(0, 160)}`,
    )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'string', default: '' },
      places: { type: 'string', default: PLACES },
      context: { type: 'string', default: '5' },
      all: { type: 'boolean', default: false },
    },
  })
  const known = new Set(comparedVerdicts().map(keyOf))
  for (const place of drawn(JSON.parse(readFileSync(values.places, 'utf8')) as ComparedPlace[]))
    if (place.check.includes(values.check) && (values.all || !known.has(keyOf(place))))
      show(place, Number(values.context))
}

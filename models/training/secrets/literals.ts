// The texts in the code of the listed repositories that could be taken for credentials, and the places where credentials could stand.

import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { SecretInput } from '../../../server/src/inference/tasks/is-secret.ts'
import { fileNameOf, readRepositories, type Split } from '../repositories.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: fileURLToPath(new URL('../.data', import.meta.url)) } },
  strict: false,
})
export const SNAPSHOTS = join(String(values.data), 'snapshots')
export const DATA = pathToFileURL(join(String(values.data), 'secrets') + sep)
export const FOLDER = new URL('literals/', DATA)

export function literalsOf(repository: string): URL {
  return new URL(`${fileNameOf(repository)}.jsonl`, FOLDER)
}

/** One text in one file. */
export interface Literal {
  readonly repository: string
  readonly split: Split
  readonly path: string
  readonly language: string
  readonly input: SecretInput
  /** In tests, in examples, or in code that nobody tends: no rule looks there. */
  readonly isAside: boolean
  /** `mayBeCredential` lets it pass. */
  readonly isCandidate: boolean
}

/** What `extract.ts` wrote, in the order of the list; of one split, or of all. */
export function* readLiterals(only?: Split): Generator<Literal> {
  for (const { repository, split } of readRepositories()) {
    const file = literalsOf(repository)
    if ((only && split !== only) || !existsSync(file)) continue
    const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
    for (const line of lines) yield JSON.parse(line) as Literal
  }
}

/** How much code was read: by split repositories, files, lines, literals and candidates. */
export type Counts = Record<Split, Record<string, number>>

export function readCounts(): Counts {
  const counts: Counts = { training: {}, validation: {}, 'held-out': {} }
  for (const { repository, split } of readRepositories()) {
    const file = literalsOf(repository)
    if (!existsSync(file)) continue
    const [first = '{}'] = readFileSync(file, 'utf8').split('\n', 1)
    const own = { repositories: 1, ...(JSON.parse(first) as Record<string, number>) }
    for (const [what, number] of Object.entries(own))
      counts[split][what] = (counts[split][what] ?? 0) + number
  }
  return counts
}

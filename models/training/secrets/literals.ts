// The texts in the code of the listed repositories that could be taken for credentials, and the places where credentials could stand.

import { existsSync, readFileSync } from 'node:fs'
import type { SecretInput } from '../../../server/src/inference/tasks/is-secret.ts'
import { fileNameOf, readRepositories, type Split } from '../repositories.ts'

export const DATA = new URL('../.data/secrets/', import.meta.url)
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
export type Counts = Readonly<Record<Split, Readonly<Record<string, number>>>>
export const COUNTS = new URL('counts.json', DATA)

export function readCounts(): Counts {
  return JSON.parse(readFileSync(COUNTS, 'utf8')) as Counts
}

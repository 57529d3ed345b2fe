// How often CodeAnt is right about code that none of its rules was made with. Each round takes repositories that nobody had
// looked at before, judges up to six findings of every rule that fired there, and cures what was wrong; so a round can be
// held only once, and its numbers never get better. `sample.ts` measures what they are after the cures.

import { readFileSync } from 'node:fs'
import type { Corpus } from '../bench/corpora.ts'

export interface Round {
  /** The commit of CodeAnt that was judged. */
  readonly codeant: string
  /** All findings, of which those in the sample were judged. */
  readonly findings: number
  readonly judged: number
  readonly repositories: Readonly<Record<string, Corpus>>
  /** By rule; not noted in the first rounds. */
  readonly judgedOf?: Readonly<Record<string, number>>
  /** What a careful reviewer would not want to be told, and why. All others in the sample were right. */
  readonly wrong: readonly Wrong[]
}

export interface Wrong {
  readonly repository: string
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly reason: string
}

export function rounds(): readonly Round[] {
  return JSON.parse(readFileSync(new URL('first-contact.json', import.meta.url), 'utf8')) as readonly Round[]
}

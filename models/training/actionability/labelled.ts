// A finding of an old state of a repository with what became of it, as it is kept on disk.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { FindingContext } from '../../../server/src/inference/tasks/rank-finding.ts'
import type { Split } from '../repositories.ts'
import type { Outcome } from './label.ts'

export interface LabelledFinding {
  readonly repository: string
  readonly split: Split
  /** The day of the state in which it was found. */
  readonly day: string
  /** The day on which it was gone, or the last one. */
  readonly until: string
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly severity: string
  /** Found only by those who ask for the rule. */
  readonly optIn: boolean
  readonly outcome: Outcome
  /** `label.ts` */
  readonly kept: number
  readonly context: FindingContext
}

export function readFindings(file: string): LabelledFinding[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  return lines
    .filter(it => it !== '')
    .map(it => JSON.parse(it) as LabelledFinding)
    .filter(it => !PROPOSALS.has(it.rule))
}

/** What these find is shown only where another model says so. */
const PROPOSALS: ReadonlySet<string> = new Set(['security/possible-credential'])

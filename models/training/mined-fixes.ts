// Mined fixes: what is known of each, and the files that they lie in, DATA/fixes/owner+name.jsonl.gz, a line a fix.

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Grammar } from '../../server/src/syntax/language.ts'
import type { ChangeKind, Range } from './one-change/side.ts'
import { fileNameOf, type Split } from './repositories.ts'

/** Offsets are UTF-16, in the whole file's text. */
export interface MinedFix {
  readonly repository: string
  readonly split: Split
  readonly commit: string
  readonly date: string
  readonly subject: string
  readonly path: string
  readonly language: Grammar
  readonly kind: ChangeKind
  /** The commit changed no other code. */
  readonly isolated: boolean
  /** The commit says that it repairs something. */
  readonly fixMessage: boolean
  readonly test: boolean
  readonly before: string
  readonly after: string
  readonly beforeFunction: Range
  readonly afterFunction: Range
  readonly beforeRange: Range
  readonly afterRange: Range
}

/** Those that were mined, as their files are named. */
export function minedRepositories(data: string): string[] {
  return readdirSync(join(data, 'fixes'))
    .filter(it => it.endsWith(EXTENSION))
    .map(it => it.slice(0, -EXTENSION.length))
    .sort()
}

export function* readFixes(data: string, repository: string): Generator<MinedFix> {
  const lines = gunzipSync(readFileSync(fixesFile(data, repository))).toString()
  for (const line of lines.split('\n')) if (line !== '') yield JSON.parse(line) as MinedFix
}

/** Whole or not at all. */
export function writeFixes(data: string, repository: string, fixes: readonly MinedFix[]): void {
  const file = fixesFile(data, repository)
  const part = `${file.slice(0, -EXTENSION.length)}.part`
  writeFileSync(part, gzipSync(fixes.map(it => JSON.stringify(it) + '\n').join('')))
  renameSync(part, file)
}

function fixesFile(data: string, repository: string): string {
  return join(data, 'fixes', fileNameOf(repository) + EXTENSION)
}

const EXTENSION = '.jsonl.gz'

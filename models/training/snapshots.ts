// The code of a repository as `corpus.ts` laid it out, read file by file.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { grammarOfPath } from './code-files.ts'
import { fileNameOf, readRepositories } from './repositories.ts'

export type Moment = 'now' | 'then'

export interface SnapshotFile {
  readonly path: string
  readonly grammar: Grammar
  readonly text: string
}

/** Where the code of that moment lies, or would lie. */
export function snapshotOf(data: string, repository: string, moment: Moment = 'now'): string {
  return join(data, 'snapshots', fileNameOf(repository), moment)
}

/** Those of a split, or of all, whose code is there, as their folders are named and in the order of the list. */
export function laidOut(data: string, split?: string): string[] {
  return readRepositories(split)
    .map(it => fileNameOf(it.repository))
    .filter(it => existsSync(snapshotOf(data, it)))
}

/** The files of `now` that are wanted, in the order of their paths: it is part of what training repeats. */
export function* snapshotFiles(
  data: string,
  repository: string,
  isWanted: (path: string) => boolean = () => true,
): Generator<SnapshotFile> {
  const folder = snapshotOf(data, repository)
  for (const path of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    const grammar = grammarOfPath(path)
    if (!grammar || !isWanted(path)) continue
    const text = textOf(join(folder, path))
    if (text !== undefined) yield { path, grammar, text }
  }
}

/** Undefined for a folder, which may be called `socket.js`. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return undefined
    throw error
  }
}

// The functions of files on this computer, described: read once, then remembered by what the file says.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../../base/log.ts'
import { admitBytes, admitText, decode } from '../../features/admission.ts'
import {
  type DescribedFunction,
  describeFunctions,
  readDescribed,
  writeDescribed,
} from '../../features/described-functions.ts'
import type { ScanRequest } from '../../features/scan/scan-file.ts'
import type { TermWeights } from '../../inference/similarity/weights.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { DiskShelf } from './disk-shelf.ts'
import { ANALYSIS, cacheFolder, digest } from './folders.ts'

export interface FileFunctions {
  readonly file: string
  readonly path: string
  readonly functions: readonly DescribedFunction[]
}

export interface FunctionScanOptions {
  readonly weights: TermWeights
  /** With every grammar that the files need; asked for when the first file is not known. */
  readonly parser: () => Promise<SyntaxParser>
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  readonly cache: boolean
}

/** Files that cannot be read have no functions: a comparison has nothing to say of them. */
export async function* scanFunctions(
  requests: Iterable<ScanRequest>,
  { weights, parser, env, log, cache }: FunctionScanOptions,
): AsyncGenerator<FileFunctions> {
  // Run from source there is no telling which reader made an entry, so nothing is remembered.
  const shelf =
    cache && ANALYSIS
      ? new DiskShelf(join(cacheFolder(env), `${ANALYSIS}-functions`), log, process.pid)
      : undefined
  let ready: SyntaxParser | undefined
  try {
    for (const request of requests) {
      const { file, path, language } = request
      const bytes = read(file)
      if (!bytes || admitBytes(bytes, request)) continue
      const key = digest([weights.digest, path, digest(bytes)].join('\n'))
      const known = shelf?.get(key)
      const remembered = known === undefined ? undefined : readDescribed(known)
      if (remembered) {
        yield { file, path, functions: remembered }
        continue
      }
      const text = decode(bytes)?.text
      if (text === undefined || admitText(text, language, request)) continue
      ready ??= await parser()
      const functions = describeFunctions(ready, path, language, text, weights)
      shelf?.set(key, writeDescribed(functions))
      yield { file, path, functions }
    }
  } finally {
    shelf?.flush()
    shelf?.forget()
  }
}

function read(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

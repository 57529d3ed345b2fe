// Where results of parts lie: each under the name of what it was made of and by whom, whole or not at all.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** `sarif`: all that is found. `answers`: what each file of a divided project says, before they were compared. */
export type ResultKind = 'sarif' | 'answers'

export class ResultStore {
  readonly #folder: string
  readonly #context: string

  constructor(folder: string, context: string) {
    this.#folder = folder
    this.#context = context
  }

  has(digest: string, kind: ResultKind): boolean {
    return existsSync(this.place(digest, kind))
  }

  /** Throws what the file system throws. */
  read(digest: string, kind: ResultKind): string {
    return readFileSync(this.place(digest, kind), 'utf8')
  }

  write(digest: string, kind: ResultKind, pieces: Iterable<string>): void {
    writeWhole(this.place(digest, kind), pieces)
  }

  /** Who else, if not this engine, analysed that part. */
  otherContexts(digest: string): string[] {
    try {
      return readdirSync(this.#folder).filter(
        it =>
          it !== this.#context &&
          (['sarif', 'answers'] as const).some(kind =>
            existsSync(join(this.#folder, it, nameOf(digest, kind))),
          ),
      )
    } catch {
      return []
    }
  }

  place(digest: string, kind: ResultKind): string {
    return join(this.#folder, this.#context, nameOf(digest, kind))
  }
}

/** Aside first, and on the disk, before it has its name: whoever is killed leaves nothing that looks like a result. */
export function writeWhole(file: string, pieces: Iterable<string>): void {
  mkdirSync(dirname(file), { recursive: true })
  const aside = `${file}.${hostname()}-${process.pid}.tmp`
  const descriptor = openSync(aside, 'w')
  try {
    try {
      for (const it of pieces) writeAll(descriptor, it)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(aside, file)
  } catch (error) {
    rmSync(aside, { force: true })
    // Somebody did the same work meanwhile, made the same file, and put ours away.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync(file)) return
    throw error
  }
  putAway(file)
}

/** What others left who were killed while they wrote this. */
function putAway(file: string): void {
  const folder = dirname(file)
  for (const it of readdirSync(folder))
    if (it.startsWith(`${basename(file)}.`) && it.endsWith('.tmp')) rmSync(join(folder, it), { force: true })
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

function nameOf(digest: string, kind: ResultKind): string {
  return kind === 'sarif' ? `${digest}.sarif` : `${digest}.answers.jsonl`
}

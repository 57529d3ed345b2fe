// The memo's shelf on disk: a private folder shared by editor, command line and CI.
//
// A run appends what it learned as one new segment, written aside and then renamed into place, so that two processes never
// write the same file and a reader never sees half of one. Every entry carries a checksum; what does not match is as if
// it were not there.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hash32 } from '../../base/digest.ts'
import type { Log } from '../../base/log.ts'
import type { Shelf } from '../../database/memo.ts'

/** More segments than this are merged into one when a run ends: each costs an open and a read at the start of the next. */
const MAX_SEGMENTS = 12
/** A scan of ten million lines leaves about 15 MB. */
const MAX_BYTES = 256 * 1024 * 1024
const NEWLINE = 10

interface Place {
  readonly segment: Buffer
  readonly start: number
  readonly end: number
}

export class DiskShelf implements Shelf {
  readonly #folder: string
  readonly #log: Log
  #index: Map<string, Place> | undefined
  #fresh: string[] = []
  #failed = false
  #pid: number
  #flushes = 0

  /** `folder` should belong to one version of the analysis: its entries mean nothing to another. */
  constructor(folder: string, log: Log, pid: number) {
    this.#folder = folder
    this.#log = log
    this.#pid = pid
  }

  get(key: string): string | undefined {
    this.#index ??= this.#load()
    const place = this.#index.get(key)
    if (!place) return undefined
    const line = place.segment.toString('utf8', place.start, place.end)
    const checksum = line.slice(0, 8)
    const value = line.slice(9)
    return checksum === digest(key, value) ? value : undefined
  }

  set(key: string, value: string): void {
    this.#fresh.push(`${key} ${digest(key, value)} ${value}\n`)
  }

  /** Writes what was set since the last flush. A full disk costs the cache, never the result. */
  flush(): void {
    if (this.#fresh.length === 0 || this.#failed) return
    const lines = this.#fresh
    this.#fresh = []
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      this.#write(lines.join(''))
      this.#compact()
    } catch (error) {
      this.#failed = true
      this.#log.warn(`cache: ${(error as Error).message}`)
    }
  }

  /** Nothing was ever stored, or nothing of it can be read. */
  get isEmpty(): boolean {
    this.#index ??= this.#load()
    return this.#index.size === 0
  }

  /** Gives the memory back that reading took; the next question reads again. */
  forget(): void {
    this.#index = undefined
  }

  /** Removes everything. */
  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true })
    this.#index = undefined
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#segments().reduce((sum, it) => sum + it.size, 0)
  }

  #write(content: string): void {
    const name = `${Date.now().toString(36)}-${this.#pid}-${this.#flushes++}`
    const aside = join(this.#folder, `${name}.tmp`)
    try {
      writeFileSync(aside, content, { mode: 0o600 })
      renameSync(aside, join(this.#folder, `${name}.seg`))
    } catch (error) {
      rmSync(aside, { force: true })
      throw error
    }
  }

  #segments(): { readonly path: string; readonly size: number }[] {
    try {
      return readdirSync(this.#folder)
        .filter(it => it.endsWith('.seg'))
        .sort()
        .map(it => ({ path: join(this.#folder, it), size: statSync(join(this.#folder, it)).size }))
    } catch {
      return []
    }
  }

  #load(): Map<string, Place> {
    const index = new Map<string, Place>()
    for (const { path } of this.#segments()) {
      let segment: Buffer
      try {
        segment = readFileSync(path)
      } catch {
        continue // another process merged it away
      }
      for (let start = 0; start < segment.length; ) {
        const end = segment.indexOf(NEWLINE, start)
        if (end === -1) break // cut off in the middle of a write
        const space = segment.indexOf(32, start)
        if (space !== -1 && space < end)
          index.set(segment.toString('latin1', start, space), { segment, start: space + 1, end })
        start = end + 1
      }
    }
    return index
  }

  /** Many small segments become one; the oldest entries go when there are too many bytes. */
  #compact(): void {
    const segments = this.#segments()
    const bytes = segments.reduce((sum, it) => sum + it.size, 0)
    if (segments.length <= MAX_SEGMENTS && bytes <= MAX_BYTES) return
    const index = this.#load()
    const lines: string[] = []
    let total = 0
    // Newest first: a Map keeps the order of first insertion, so later segments come last.
    for (const [key, place] of [...index].reverse()) {
      const line = `${key} ${place.segment.toString('utf8', place.start, place.end)}\n`
      total += line.length
      if (total > MAX_BYTES / 2) break
      lines.push(line)
    }
    this.#write(lines.reverse().join(''))
    for (const { path } of segments) rmSync(path, { force: true })
  }
}

function digest(key: string, value: string): string {
  return hash32(value, hash32(key)).toString(16).padStart(8, '0')
}

// The files of a part, and the digest that says whether they are still the ones that were planned.

import { createHash, type Hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { ScanRequest } from '../../features/scan/scan-file.ts'
import { shownPath } from '../collect.ts'
import type { Terminal } from '../terminal.ts'
import { absolute, type Workspace } from '../workspace.ts'
import type { Part, Plan } from './plan.ts'
import { ShardTrouble } from './trouble.ts'
import type { ShardsWords } from './words.ts'

/** The files of places, each walked once as long as one part of it follows the other. */
export class PlaceFiles {
  readonly #workspace: Workspace
  readonly #terminal: Terminal
  readonly #say: ShardsWords
  #last: { readonly place: string; readonly requests: readonly ScanRequest[] } | undefined

  constructor(workspace: Workspace, terminal: Terminal, say: ShardsWords) {
    this.#workspace = workspace
    this.#terminal = terminal
    this.#say = say
  }

  /** Throws `ShardTrouble`: of what cannot be read, nothing can be promised. */
  of(place: string): readonly ScanRequest[] {
    if (this.#last?.place !== place) {
      const requests = [
        ...this.#workspace.scanner.requests([absolute(this.#terminal, place)], it => {
          throw new ShardTrouble(this.#say.unreadable(it), 'later')
        }),
      ]
      this.#last = { place, requests }
    }
    return this.#last.requests
  }

  /** The files of a part, if they are still what the plan says. Throws `ShardTrouble`. */
  planned(plan: Plan, part: Part): readonly ScanRequest[] {
    const place = plan.places[part.place]!
    const requests = this.of(place).slice(part.from, part.to)
    const read = readPart(requests, plan.today, this.#workspace, this.#terminal, this.#say)
    if (read.digest !== part.digest) throw new ShardTrouble(this.#say.changed(part.root), 'never')
    return requests
  }
}

export interface ReadPart {
  readonly digest: string
  readonly lines: number
  readonly bytes: number
}

/** Reads the files of a part, all of which belong to one project. Throws `ShardTrouble`. */
export function readPart(
  requests: readonly ScanRequest[],
  today: string,
  { projects }: Workspace,
  terminal: Terminal,
  say: ShardsWords,
): ReadPart {
  const hash = createHash('sha256')
  let lines = 0
  let bytes = 0
  let isDated = false
  let settings: unknown
  for (const { file, path, maxFileSize } of requests) {
    // Folders of a project may have settings of their own; mostly they are the very same object.
    const own = projects.of(file).settings
    if (own !== settings) add(hash, JSON.stringify(own))
    settings = own
    // Findings are shown under the one name, and rules look at the other.
    add(hash, shownPath(file, terminal))
    add(hash, path)
    const size = sizeOf(file, say)
    if (size > maxFileSize) {
      // It is not read by anybody, and may be longer than memory.
      add(hash, `large ${size}`)
      bytes += size
      continue
    }
    const content = contentOf(file, say)
    add(hash, content)
    lines += countLines(content)
    bytes += content.length
    isDated ||= content.includes(SUPPRESSION) && content.includes('until ')
  }
  // Only there does it matter which day it is; all else may be taken from another day.
  if (isDated) add(hash, today)
  return { digest: hash.digest('hex').slice(0, 32), lines, bytes }
}

const SUPPRESSION = 'codeant-ignore'

/** With its length before it, so that no two lists of things look alike. */
function add(hash: Hash, content: string | Buffer): void {
  hash.update(`${Buffer.byteLength(content)}:`).update(content)
}

function sizeOf(file: string, say: ShardsWords): number {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new ShardTrouble(say.unreadable(file), 'later')
  return found.size
}

function contentOf(file: string, say: ShardsWords): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new ShardTrouble(say.unreadable(file), 'later')
  }
}

function countLines(content: Buffer): number {
  let lines = content.length > 0 && content.at(-1) !== 10 ? 1 : 0
  for (let at = content.indexOf(10); at !== -1; at = content.indexOf(10, at + 1)) lines++
  return lines
}

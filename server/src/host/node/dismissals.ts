// What was dismissed on this computer: one digest a line, only ever appended, so that two programs can write at once.

import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Dismissals } from '../../features/learned/dismissals.ts'
import { stateFolder } from './folders.ts'

export class DismissalsOnDisk implements Dismissals {
  readonly file: string
  #known: Set<string> | undefined

  constructor(env: NodeJS.ProcessEnv) {
    this.file = join(stateFolder(env), 'dismissed.txt')
  }

  has(pattern: string): boolean {
    return this.#read().has(pattern)
  }

  /** Throws what the file system throws. */
  add(pattern: string): void {
    if (this.has(pattern)) return
    this.#read().add(pattern)
    mkdirSync(dirname(this.file), { recursive: true })
    appendFileSync(this.file, `${pattern}\n`)
  }

  #read(): Set<string> {
    if (!this.#known) {
      let text = ''
      try {
        text = readFileSync(this.file, 'utf8')
      } catch {
        // Nothing was dismissed yet.
      }
      this.#known = new Set(text.split('\n').filter(Boolean))
    }
    return this.#known
  }
}

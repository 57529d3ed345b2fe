// The bug finder of this installation, read once and only when somebody asks.

import { type BugFinder, readBugFinder } from '../../features/learned/bug-finder.ts'
import type { Models } from './models.ts'

export class InstalledBugFinder {
  readonly #models: Models
  #known: BugFinder | undefined
  #isRead = false

  constructor(models: Models) {
    this.#models = models
  }

  /** Undefined when its files are not there, or are not what was shipped. */
  get(): BugFinder | undefined {
    if (!this.#isRead) {
      this.#isRead = true
      const description = this.#models.read('bug-finder', 'model.json')
      const tokenizer = this.#models.read('bug-finder', 'tokenizer.json')
      if (description !== undefined && tokenizer !== undefined)
        this.#known = readBugFinder(description, tokenizer)
    }
    return this.#known
  }
}

// What the descriptions of the installed models say beyond what it takes to run them; read only when somebody asks.

import { type BugFinder, readBugFinder } from '../../features/learned/bug-finder.ts'
import type { Models } from './models.ts'

export class InstalledBugFinder {
  readonly #models: Models
  #known: BugFinder | undefined
  #isRead = false

  constructor(models: Models) {
    this.#models = models
  }

  /** Undefined when its files are not there, or are not what was shipped; that is told once. */
  get(): BugFinder | undefined {
    if (!this.#isRead) {
      this.#isRead = true
      const description = this.#models.read('bug-finder', 'model.json')
      const tokenizer = this.#models.read('bug-finder', 'tokenizer.json')
      if (description !== undefined && tokenizer !== undefined)
        this.#known = readBugFinder(description, tokenizer)
      if (!this.#known)
        this.#models.tellMissing('bug-finder', description === undefined ? 'model.json' : 'tokenizer.json')
    }
    return this.#known
  }
}

/** From which probability on a text is shown as a credential. */
export function secretThreshold(models: Models): number | undefined {
  const description = models.read('secrets', 'model.json')
  if (description === undefined) return undefined
  try {
    const { threshold } = JSON.parse(description) as { threshold?: unknown }
    return typeof threshold === 'number' ? threshold : undefined
  } catch {
    return undefined // the model says so itself when it is asked
  }
}

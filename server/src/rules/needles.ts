// Which of some short texts a file holds: known for the whole file once, kept current from what an edit touches.

import type { Edit } from '../text/document.ts'

/** Immutable: an edit makes a new value. */
export class Needles {
  readonly #present: ReadonlySet<string>
  readonly #wanted: readonly string[]

  private constructor(wanted: readonly string[], present: ReadonlySet<string>) {
    this.#wanted = wanted
    this.#present = present
  }

  /** One pass over the text, however many are wanted. */
  static in(text: string, wanted: readonly string[]): Needles {
    const present = new Set<string>()
    if (wanted.length > 0) {
      const { pattern, byStart } = searchFor(wanted)
      pattern.lastIndex = 0
      for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
        // Another one may begin where this one does, or in the middle of it.
        pattern.lastIndex = match.index + 1
        for (const it of byStart.get(text.charCodeAt(match.index)) ?? [])
          if (!present.has(it) && text.startsWith(it, match.index)) present.add(it)
      }
    }
    return new Needles(wanted, present)
  }

  get isEmpty(): boolean {
    return this.#present.size === 0
  }

  has(needle: string): boolean {
    return this.#present.has(needle)
  }

  /** After an edit that led to `text`. */
  edited(text: string, { start, newEnd }: Edit): Needles {
    const present = new Set<string>()
    for (const it of this.#wanted) {
      const around = this.#present.has(it)
        ? text
        : text.slice(Math.max(0, start - it.length + 1), newEnd + it.length - 1)
      if (around.includes(it)) present.add(it)
    }
    return new Needles(this.#wanted, present)
  }
}

interface Search {
  readonly pattern: RegExp
  /** By the code of their first character. */
  readonly byStart: ReadonlyMap<number, readonly string[]>
}

const searches = new WeakMap<readonly string[], Search>()

function searchFor(wanted: readonly string[]): Search {
  let search = searches.get(wanted)
  if (!search) {
    const pattern = new RegExp(wanted.map(it => it.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'), 'g')
    const byStart = new Map<number, string[]>()
    for (const it of wanted) {
      const start = it.charCodeAt(0)
      byStart.set(start, [...(byStart.get(start) ?? []), it])
    }
    search = { pattern, byStart }
    searches.set(wanted, search)
  }
  return search
}

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

  /** One pass over the text finds that there are none, as nearly always. */
  static in(text: string, wanted: readonly string[]): Needles {
    const any = wanted.length > 0 && anyOf(wanted).test(text)
    return new Needles(wanted, new Set(any ? wanted.filter(it => text.includes(it)) : []))
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

const compiled = new WeakMap<readonly string[], RegExp>()

function anyOf(wanted: readonly string[]): RegExp {
  let pattern = compiled.get(wanted)
  if (!pattern) {
    pattern = new RegExp(wanted.map(it => it.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'))
    compiled.set(wanted, pattern)
  }
  return pattern
}

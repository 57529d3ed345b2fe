// Settings of other checkers as they lie in the folders of a project, read once.

import { readdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { CheckerSettings, PlacedSettings } from '../../features/other-checkers/decisions.ts'
import { CRATE_ROOTS, isCheckerFile, readChecker } from '../../features/other-checkers/files.ts'
import { smallText } from './small-text.ts'

const NONE: readonly PlacedSettings[] = []

export class OtherCheckers {
  readonly #in = new Map<string, readonly CheckerSettings[]>()
  readonly #placed = new Map<string, readonly PlacedSettings[]>()

  /** What holds in a folder, the outermost first. Folders that add nothing have the very list of the one above. */
  at(folder: string, root: string): readonly PlacedSettings[] {
    const known = this.#placed.get(folder)
    if (known) return known
    const above = folder === root || dirname(folder) === folder ? NONE : this.at(dirname(folder), root)
    const own = this.#read(folder)
    const last = new Set(own.filter(it => it.isLast).map(it => it.checker))
    const place = relative(root, folder).split(sep).join('/')
    const placed =
      own.length === 0
        ? above
        : [...above.filter(it => !last.has(it.checker)), ...own.map(it => ({ ...it, folder: place }))]
    this.#placed.set(folder, placed)
    return placed
  }

  forget(): void {
    this.#in.clear()
    this.#placed.clear()
  }

  #read(folder: string): readonly CheckerSettings[] {
    let known = this.#in.get(folder)
    if (!known) {
      known = namesIn(folder).flatMap(name => {
        const text = smallText(join(folder, name))
        return text === undefined ? [] : readChecker(name, text)
      })
      this.#in.set(folder, known)
    }
    return known
  }
}

/** In the same order on every machine. */
function namesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter(isCheckerFile).sort()
    return names.includes('Cargo.toml') ? [...names, ...CRATE_ROOTS] : names
  } catch {
    // Who cannot read a folder hears of it where its files are looked for.
    return []
  }
}

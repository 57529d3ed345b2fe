// Rules that people brought, read once in each thread: compiled patterns do not cross from one to another.

import type { SyntaxParser } from '../../syntax/parser.ts'
import type { DiskShelf } from './disk-shelf.ts'
import { type LoadedPack, loadPack, type PackOrigin } from './packs.ts'

/** More are open at once only where somebody edits rules: then the old ones are of no use. */
const MOST_PACKS = 8

export class LoadedPacks {
  readonly #parser: SyntaxParser
  readonly #shelf: DiskShelf | undefined
  readonly #packs = new Map<string, Promise<LoadedPack>>()
  readonly #now = new Map<string, LoadedPack>()

  /** `shelf`: where it is kept what was read of them. */
  constructor(parser: SyntaxParser, shelf: DiskShelf | undefined) {
    this.#parser = parser
    this.#shelf = shelf
  }

  /** Rejects where a file of it went away meanwhile and nothing can be read. */
  ready({ digest, files }: PackOrigin): Promise<LoadedPack> {
    let loaded = this.#packs.get(digest)
    if (!loaded) {
      if (this.#packs.size >= MOST_PACKS) this.#forget(this.#packs.keys().next().value!)
      loaded = loadPack(this.#parser, files, this.#shelf).then(it => {
        this.#now.set(digest, it)
        return it
      })
      this.#packs.set(digest, loaded)
    }
    return loaded
  }

  /** Somebody read it already, with another parser. */
  adopt(loaded: LoadedPack): void {
    const adopted = async () => {
      for (const it of loaded.grammars) await this.#parser.load(it)
      this.#now.set(loaded.origin.digest, loaded)
      return loaded
    }
    this.#packs.set(loaded.origin.digest, adopted())
  }

  /** Undefined as long as it is not read. */
  get({ digest }: PackOrigin): LoadedPack | undefined {
    return this.#now.get(digest)
  }

  #forget(digest: string): void {
    this.#packs.delete(digest)
    this.#now.delete(digest)
  }
}

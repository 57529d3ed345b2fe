// Where the compiled grammars lie on disk, for Node.

import { readFile } from 'node:fs/promises'
import type { GrammarFiles } from '../../syntax/side-module.ts'

/** Compiles each file once; the compiled modules can be handed to worker threads. */
export class DiskGrammars implements GrammarFiles {
  readonly #folder: URL
  readonly #modules = new Map<string, Promise<WebAssembly.Module>>()

  constructor(folder: URL) {
    this.#folder = folder
  }

  load(file: string): Promise<WebAssembly.Module> {
    let module = this.#modules.get(file)
    if (!module) {
      module = readFile(new URL(file, this.#folder)).then(bytes => WebAssembly.compile(bytes))
      this.#modules.set(file, module)
    }
    return module
  }
}

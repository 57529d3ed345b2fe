// The graph of a workspace: the facts of its files, and what they have to do with each other.

import type { FileFacts } from './facts.ts'
import { Relations } from './relations.ts'
import { Tracker } from './tracked.ts'
import { WorkspaceFacts } from './workspace-facts.ts'

export class Graph {
  readonly #facts: WorkspaceFacts
  /** They tell places as of now, also after the text around them was edited. */
  readonly relations: Relations

  constructor() {
    this.#facts = new WorkspaceFacts(new Tracker())
    this.relations = new Relations(this.#facts)
  }

  /** How many files it knows. */
  get size(): number {
    return this.#facts.size
  }

  get paths(): string[] {
    return [...this.#facts.files].map(([path]) => path)
  }

  facts(path: string): FileFacts | undefined {
    return this.#facts.unnoted(path)
  }

  /** Takes what a file says now; undefined: it is gone. True when it says something else than before. */
  set(path: string, facts: FileFacts | undefined): boolean {
    return this.#facts.set(path, facts)
  }

  /** The workspace that there would be if these files said something else. This one stays as it is. */
  supposing(changes: ReadonlyMap<string, FileFacts>): Graph {
    const supposed = new Graph()
    for (const [path, facts] of this.#facts.files) supposed.set(path, changes.get(path) ?? facts)
    return supposed
  }
}

// The crates of a workspace, as their manifests tell: which files are theirs, and which of them become one when they are built.

import { folderOf } from './modules.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface Crate {
  readonly folder: string
  /** As Rust files write it. */
  readonly name: string
  /** As Cargo.toml writes it. */
  readonly package: string
  /** By their names in Rust. */
  readonly dependencies: readonly string[]
}

export class Crates {
  readonly all: readonly Crate[]
  readonly #folders: ReadonlySet<string>

  constructor(facts: WorkspaceFacts) {
    this.all = facts.rows('crate').flatMap(({ path, rows }) =>
      rows
        .filter(it => it.name !== '')
        .map(it => ({
          folder: folderOf(path),
          name: it.name,
          package: it.package ?? it.name,
          dependencies: it.dependencies ?? [],
        })),
    )
    this.#folders = new Set(this.all.map(it => it.folder))
  }

  /** The folder of the crate that a file of Rust belongs to. */
  folderOf(file: string): string {
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      if (this.#folders.has(folder)) return folder
      if (folder === '') return /^(.*?)\/?\bsrc\//.exec(file)?.[1] ?? ''
    }
  }

  /** A crate and those that become one with it, by their folders; `beyond` are those of somebody else. */
  linked(crate: Crate): { readonly folders: ReadonlySet<string>; readonly beyond: readonly string[] } {
    const folders = new Set<string>()
    const beyond: string[] = []
    const waiting = [crate]
    for (let it = waiting.pop(); it; it = waiting.pop()) {
      if (folders.has(it.folder)) continue
      folders.add(it.folder)
      for (const name of it.dependencies) {
        const other = this.all.find(
          known => known.name === name || known.package.replaceAll('-', '_') === name,
        )
        if (other) waiting.push(other)
        else beyond.push(name)
      }
    }
    return { folders, beyond }
  }
}

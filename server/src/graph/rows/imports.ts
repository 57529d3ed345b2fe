// Which other files one file names, and when it needs them.

export const IMPORT_KINDS = [
  /** When the file is loaded. */
  'load',
  /** When something in it runs: inside of a function, `import()`, behind `__name__ == '__main__'`. */
  'deferred',
  /** Never while it runs: only types are taken, or only checkers of types read it. */
  'type',
  /** It is a part: Rust's `mod a;`. */
  'part',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** A statement that imports; its place is what names the other file. */
export interface ImportRow {
  /** The module as the file writes it: `./users`, `app.routers`; empty in Rust, where the names say all. */
  readonly module: string
  /**
   * What is taken of it, dotted: `load`, `default`, `crate.users.load`; `*` for all. In Python and Rust that may be modules
   * of their own. None: the module itself.
   */
  readonly taken: readonly string[]
  readonly kind: ImportKind
  /** Something of it is used while this file is loaded: by a superclass, a decorator, a constant. */
  readonly isAtOnce?: boolean
}

export interface ImportRows {
  readonly import: readonly ImportRow[]
}

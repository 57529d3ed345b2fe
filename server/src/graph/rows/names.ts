// What the names of one file stand for in others.

/** What a name stands for, as one file sees it. */
export interface Reference {
  /** The module as the file writes it: `./users`, `app.routers`, `crate::routes`. Empty: this file. */
  readonly module: string
  /** Names in it, outermost first: `['router']`, `['default', 'get']`. Empty: the module itself. */
  readonly names: readonly string[]
}

/** A text that code puts together, such as a URL: what is written, and what is known elsewhere or at run time only. */
export type TextPart =
  | string
  /** Some value, and the name it goes by: `{ hole: 'id' }`; a variable of the environment as `$NAME`. */
  | { readonly hole: string }
  /** A value of another file. */
  | { readonly from: Reference }
  /** An argument of the function around, which is a wrapper then; `hole` is its name. */
  | { readonly parameter: number; readonly hole?: string }

export type TextParts = readonly TextPart[]

/** A constant text that others may import: `API_BASE`, `routes.users`. */
export interface ConstantRow {
  readonly name: string
  readonly text: TextParts
}

/** A name that stands for something else: a re-export, an instance of a class, an assignment. */
export interface AliasRow {
  /** `*`: everything that the other exports. */
  readonly name: string
  readonly of: Reference
}

export interface ClassRow {
  readonly name: string
  readonly superclass: Reference
}

/** Of a project's own files: what other files call it, and by which short names its folders go. */
export interface PackageRow {
  /** The name it is imported by; empty for aliases alone. */
  readonly name: string
  /** Short name → folder, as in `paths` of tsconfig.json: `@/*` → `src/*`. */
  readonly aliases: readonly (readonly [string, string])[]
}

export interface NameRows {
  readonly constant: readonly ConstantRow[]
  readonly alias: readonly AliasRow[]
  readonly class: readonly ClassRow[]
  readonly package: readonly PackageRow[]
}

// Which name is which, as plain columns: the scopes of one file, what they bind, and what every identifier refers to.

/** Stored as one byte; the order is the encoding. */
export const BINDING_KINDS = [
  'variable',
  'constant', // JavaScript's const, Rust's const and static
  'parameter',
  'function',
  'class', // and struct, enum, trait
  'type', // a name without a value: interface, alias, type parameter
  'import',
  'catch',
  'loop',
  'namespace',
] as const
export type BindingKind = (typeof BINDING_KINDS)[number]
export const BINDING_CODE = Object.fromEntries(BINDING_KINDS.map((kind, code) => [kind, code])) as Record<
  BindingKind,
  number
>

export const SCOPE_MODULE = 0
export const SCOPE_FUNCTION = 1
/** The body of Python's class, and of Rust's `impl` and `trait`: invisible to the functions in it. */
export const SCOPE_CLASS = 2
export const SCOPE_BLOCK = 3
export const SCOPE_COMPREHENSION = 4

export const READ = 1
export const WRITE = 2
/** The place that brings the binding into being. */
export const DECLARE = 4

export const UNRESOLVED = -1
/** The row is not an occurrence of a variable at all. */
export const NOT_A_NAME = -2

/** Plain data. Bindings and scopes are numbers; columns say what each is. */
export interface Scopes {
  readonly scopeRow: Int32Array
  readonly scopeParent: Int32Array
  readonly scopeKind: Int32Array
  readonly bindingName: Int32Array
  readonly bindingKind: Int32Array
  readonly bindingScope: Int32Array
  /** The identifier that first declares it. */
  readonly bindingRow: Int32Array
  /** By row: its binding, `UNRESOLVED` or `NOT_A_NAME`. */
  readonly bindingOf: Int32Array
  /** By row: READ, WRITE, DECLARE, or 0. */
  readonly access: Uint8Array
  /** The first occurrence of each binding, and by row the next one (-1: none). In source order. */
  readonly firstOccurrence: Int32Array
  readonly nextOccurrence: Int32Array
  /** Pairs of binding and row: reads from inside a string, as in `println!("{x}")`. */
  readonly implicitReads: readonly number[]
}

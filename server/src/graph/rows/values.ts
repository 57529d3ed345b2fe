// Named values of one file that another one may have to agree with: limits, patterns, texts that both sides of a border write.

export type ValueKind = 'number' | 'text' | 'pattern'

/** A constant whose name says enough to know it again elsewhere; its place is the value. */
export interface ValueRow {
  /** As it is declared, with what it stands in: `MAX_UPLOAD_SIZE`, `LIMITS.maxUploadSize`. */
  readonly name: string
  readonly kind: ValueKind
  /** A pattern in the notation of JavaScript. */
  readonly value: string | number
}

/**
 * Texts that a constant lists: `SORT_ORDERS = ("up", "down")`, Django's choices, `{ Up: 'up', Down: 'down' }`. What is declared
 * as a type of its own is a shape. Its place is its name.
 */
export interface EnumerationRow {
  readonly name: string
  readonly values: readonly string[]
}

export interface ValueRows {
  readonly enumeration: readonly EnumerationRow[]
  readonly value: readonly ValueRow[]
}

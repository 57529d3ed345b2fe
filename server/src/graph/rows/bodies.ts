// What functions say, statement by statement, so that copies are known again of which one was changed.

import type { CodeLanguage } from '@codeant/shared/language.ts'

/** A function that is long enough for nobody to write it twice by chance; its place is the whole of it. */
export interface BodyRow {
  readonly name: string
  /** The class, or the type, that it belongs to; empty for none. */
  readonly owner: string
  readonly language: CodeLanguage
  /** Its parameters and what stands around them, without its name. */
  readonly head: string
  /** Its statements are rows from this one on; so many. */
  readonly first: number
  readonly count: number
}

/**
 * One statement on one line, without the blocks in it: those follow, statement by statement. Where it is too long to be
 * kept, a digest of it.
 */
export type StatementRow = string

export interface BodyRows {
  readonly body: readonly BodyRow[]
  readonly statement: readonly StatementRow[]
}

// What a stub tells checkers of types about a module that is written in another language.

import type { ForeignParameter } from './foreign.ts'

/** A function, a class or a method of a `.pyi` file; its place is its name. */
export interface StubRow {
  readonly name: string
  readonly kind: 'function' | 'class' | 'method'
  /** The class that it is a method of. */
  readonly owner?: string
  /** Undefined where there are several, or nobody can tell. */
  readonly parameters: readonly ForeignParameter[] | undefined
}

export interface StubRows {
  readonly stub: readonly StubRow[]
}

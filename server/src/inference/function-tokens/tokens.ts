// A function as the bug finder reads it: its names, literals and operators in order, each with its place in the unified tree.

/**
 * Columns over the tokens of one function. Token 0 stands for the function itself. Punctuation has no token: where a token
 * stands is said by its kind and role and those of what is around it, the same in every language.
 *
 * Negations in conditions and awaited calls are tokens of their own that stand there whether or not there is a negation or
 * an `await`, so that every repair is a change of one token and leaves all others as they are.
 */
export interface FunctionTokens {
  /** The row of the function. */
  readonly row: number
  readonly start: number
  readonly end: number
  readonly count: number
  /** What stands there: the text of names and numbers, operators in normal form, `<if>` and the like for structure. */
  readonly words: readonly string[]
  /** For an argument of a function of this file: the name of its parameter, else ''. */
  readonly expected: readonly string[]
  /** `STRUCTURE.length` numbers a token (`structure.ts`). */
  readonly structure: Uint8Array
  /** The number of the token's binding in `symbols`, from 1; 0 when it has none. */
  readonly symbol: Int32Array
  /** Counts the statements. */
  readonly statement: Int32Array
  /** `NO_SITE` or what may be wrong here (`choices.ts`). */
  readonly site: Uint8Array
  /** At sites of a group: which of `CHOICES` stands there. */
  readonly choice: Uint8Array
  /** Of reads of a variable: the bits of `USES` for what happens to its value there (`uses.ts`). */
  readonly uses: Uint16Array
  /** Of reads of a variable: a bit for the property that is read from it there. */
  readonly properties: Int32Array
  /** The row of the tree that a token came from. */
  readonly rows: Int32Array
  readonly symbols: readonly FunctionSymbol[]
}

/** One variable that occurs in the function. */
export interface FunctionSymbol {
  readonly name: string
  /** `BINDING_CODE` of its kind. */
  readonly kind: number
  /** It can stand where another variable stands: not a function, a class, an import, a type, `self` or `_`. */
  readonly isVariable: boolean
  /** It has a value in the tokens `from..until`. */
  readonly from: number
  readonly until: number
  /** Bits of `USES`: how the function uses it. */
  readonly uses: number
  /** A bit for each name (hashed) that is read from it. */
  readonly properties: number
  /** The text of its declared type, or ''. */
  readonly type: string
}

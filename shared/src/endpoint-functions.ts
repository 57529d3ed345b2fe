// Functions of a team's projects as both ends of the wire speak of them: points in a space where what does the same lies close.

export interface EndpointFunction {
  readonly path: string
  /** Told apart in its file: `Cart.total`, `total#2`. */
  readonly name: string
  /** Counted from 1. */
  readonly line: number
  readonly endLine: number
  readonly language: string
  /** Of the content: what is known by it needs no vector. */
  readonly digest: string
  readonly vector?: readonly number[]
}

export interface FunctionPlace {
  readonly project: string
  readonly path: string
  readonly name: string
  readonly line: number
  readonly endLine: number
}

export interface FunctionsKept {
  readonly encoder: string
  readonly stored: number
  /** Digests of what is not known and came without a vector. */
  readonly missing: readonly string[]
  readonly unreadable: readonly string[]
}

/** One of words, code and vector. */
export interface FunctionQuestion {
  readonly words?: string
  readonly code?: string
  readonly vector?: readonly number[]
  readonly language?: string
  readonly encoder?: string
  readonly project?: string
  readonly limit?: number
}

export interface FunctionsFound {
  readonly encoder: string
  readonly search: 'index' | 'exact' | 'read'
  readonly functions: readonly FoundFunction[]
}

export interface FoundFunction {
  readonly similarity: number
  readonly digest: string
  readonly language: string
  /** Null where the team keeps no code. */
  readonly code: string | null
  readonly places: readonly FunctionPlace[]
}

export interface FunctionsListed {
  readonly functions: readonly (FunctionPlace & { readonly digest: string })[]
  readonly next: string | null
}

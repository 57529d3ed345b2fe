// What the calls of one file send, and what they read of the answers.
//
// An answer is followed from the value of its call by steps: the name of a field, `[]` for an element of a list, and `json()`
// for what a response is read by. Where in that value the body is, depends on what makes the request.

import type { DataType } from './shapes.ts'

/** What a call hands over, and what is done with the answer. */
export interface ExchangeRow {
  readonly of: CallKey
  readonly body: Sent
  /** What is sent behind the question mark besides what the URL says; its fields are the names. */
  readonly query: Sent
  /** Its arguments as data: a function of the project knows which of them is sent. */
  readonly given?: readonly DataType[]
  /** Which parts of the arguments are what the function around is given. */
  readonly handed?: readonly Handed[]
  /** From the value of the call to the body of the answer; undefined: nobody can tell. */
  readonly answer?: Steps
  /** From the value of the call to what the function around gives back. */
  readonly returned?: Steps
  readonly expected?: Expected
  /** It looks at the status, something catches what it throws, or the response is handed to who may look. */
  readonly seesFailure: boolean
  /** To its client a bad status is an answer like any other, and no error: `fetch`. */
  readonly isLenient?: true
}

export type Steps = readonly string[]

export interface CallKey {
  /** `wrapper`: the call by which a function asks that is only given where. */
  readonly kind: 'request' | 'forward' | 'wrapper'
  /** From 0: the index of the call's row in this file. */
  readonly index: number
}

export type Sent =
  | { readonly kind: 'none' }
  /** Nobody can tell. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'data'; readonly type: DataType }
  /** What the function around is given: the first of these that is there. `type` is what its parameter is declared as. */
  | { readonly kind: 'given'; readonly from: readonly Slot[]; readonly type: DataType | undefined }

/** An argument, or a part of it. */
export interface Slot {
  readonly parameter: number
  readonly path: Steps
}

export interface Handed {
  /** Of the call. */
  readonly argument: number
  readonly path: Steps
  /** Of the function around. */
  readonly from: Slot
}

/** What the author of a call says that it answers: `get<User>()`, `as User`, an annotation. */
export interface Expected {
  readonly type: DataType
  /** Where in the value of the call; undefined: the body. */
  readonly at?: Steps
}

/** A field of what a call sends, as it is written; its place is its name. */
export interface SentFieldRow {
  readonly of: CallKey
  /** An argument by its number, where only a function of the project knows what it is for. */
  readonly in: 'body' | 'query' | number
  /** From the outermost in: `['user', 'email']`. */
  readonly path: Steps
  readonly type: DataType
}

/** A field of an answer that is read in the code; its place is its name. */
export interface ReadFieldRow {
  readonly of: CallKey
  /** From the value of the call: `['json()', 'items', '[]', 'name']`. */
  readonly path: Steps
  /** Its author reckons with its absence: `data.error ?? '…'`, `if (data.error)`. */
  readonly isGuarded: boolean
}

export interface ExchangeRows {
  readonly exchange: readonly ExchangeRow[]
  readonly sentField: readonly SentFieldRow[]
  readonly readField: readonly ReadFieldRow[]
}

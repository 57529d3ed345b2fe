// What one file asks of servers, and what it makes requests with.

import type { CallKey } from './exchanges.ts'
import type { Reference, TextParts } from './names.ts'
import type { Method } from './routes.ts'

/** A client made with a base: `axios.create({ baseURL })`, `httpx.Client(base_url=…)`. */
export interface ClientRow {
  readonly name: string
  readonly base: TextParts
  /** From what its calls give to the body of the answer, where that is known: what intercepts answers may change it. */
  readonly gives?: readonly string[]
}

/** What a call may be given that matters to a request. */
export interface RequestShape {
  readonly url: TextParts
  /** A method as it is written, or the number of the parameter that tells it. */
  readonly method: Method | { readonly parameter: number } | MethodOfOptions
}

/** What the options say that this parameter is; otherwise GET, or what is named here. */
export interface MethodOfOptions {
  readonly optionsOf: number
  readonly otherwise?: Method
}

/** A call that asks a server for something. */
export interface RequestRow extends RequestShape {
  /** What is called is surely a client. Otherwise only its method and its path look like one's. */
  readonly isSure: boolean
  /** Where its base is known: the client it is called on. */
  readonly client: Reference | undefined
  /** What is called may be a wrapper of this project, which knows better. */
  readonly through?: ForwardedCall
  /** It stands among the tests that a file keeps with its code. */
  readonly isOfTest?: true
}

/** A function that makes a request of what it is given. */
export interface WrapperRow extends RequestShape {
  /** `apiFetch`, `ApiClient.get`. */
  readonly name: string
  readonly client: Reference | undefined
  /** It calls another function that may be a wrapper, with these arguments. */
  readonly through: ForwardedCall | undefined
  /** The call by which it asks. */
  readonly call?: CallKey
}

/** A call of a function that may turn out to be a wrapper. */
export interface ForwardedCall {
  readonly callee: Reference
  readonly arguments: readonly Argument[]
  /** See `RequestRow`. */
  readonly isOfTest?: true
}

export type Argument =
  | { readonly kind: 'text'; readonly parts: TextParts }
  /** An object literal: its `method`, `url` and `baseURL`, as far as they are written. */
  | { readonly kind: 'options'; readonly method: Method | undefined; readonly url: TextParts | undefined }
  | { readonly kind: 'other' }

/** A call whose method can be read off it; the place is where. */
export interface WrittenMethodRow {
  readonly of: CallKey
}

export interface RequestRows {
  readonly client: readonly ClientRow[]
  readonly request: readonly RequestRow[]
  readonly forward: readonly ForwardedCall[]
  readonly wrapper: readonly WrapperRow[]
  readonly writtenMethod: readonly WrittenMethodRow[]
}

// Which values of one file go where: what functions do with what they are given, and what they hand to others.
//
// A file's flows are a graph of their own, from beginnings to ends. `flows.ts` joins the graphs of all files: the argument of
// a call with the parameter of the function that is called, what a function returns with what its calls give.

import type { SinkSort } from '../../semantics/taint/sinks/all.ts'
import type { CallKey } from './exchanges.ts'
import type { Reference } from './names.ts'

export type { SinkSort }

export type FlowStart =
  | {
      readonly kind: 'source'
      /** Whoever sends a request, made the link to the page, or fills in its form. */
      readonly from: 'request' | 'page' | 'input'
      /** Which part of a request. */
      readonly part: string
      /** Names of fields, from the outermost in, as far as they are known. */
      readonly path: readonly string[]
      /** What comes in is of this type: only its fields that are text count. */
      readonly shape: Reference | undefined
      /** The function that it comes into; empty where it has no name. */
      readonly function: string
      /** The index of the route that this function answers, where it stands beside it. */
      readonly route: number | undefined
      /** Its code. */
      readonly text: string
    }
  | {
      readonly kind: 'parameter'
      readonly function: string
      readonly index: number
      readonly name: string
      readonly path: readonly string[]
    }
  /** What lies at `path` in what a call gives; `call` is the index of its row. */
  | { readonly kind: 'result'; readonly call: number; readonly path: readonly string[] }

export type FlowEnd =
  | { readonly kind: 'sink'; readonly sort: SinkSort; readonly text: string }
  /** What a function gives back, at `path` in it. */
  | {
      readonly kind: 'return'
      readonly function: string
      readonly route: number | undefined
      readonly path: readonly string[]
    }
  /** What a call is given; `name` where it is given by name. */
  | {
      readonly kind: 'argument'
      readonly call: number
      readonly index: number
      readonly name: string | undefined
      readonly path: readonly string[]
    }

/** A value goes from one to the other: indices of their rows. */
export interface FlowRow {
  readonly start: number
  readonly end: number
  /** It is all of the text, or the beginning of it. */
  readonly isHead: boolean
}

/** A call that values go into or come out of. */
export interface FlowCallRow {
  readonly callee: Reference | undefined
  /** Where it asks a server for something. */
  readonly request: CallKey | undefined
}

/** One of the ends is a sink: so that they are found, and files without any are known. */
export interface SinkRow {
  readonly end: number
}

export interface FlowRows {
  readonly sink: readonly SinkRow[]
  readonly flowStart: readonly FlowStart[]
  readonly flowEnd: readonly FlowEnd[]
  readonly flow: readonly FlowRow[]
  readonly flowCall: readonly FlowCallRow[]
}

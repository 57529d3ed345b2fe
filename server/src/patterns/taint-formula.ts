// Taint mode: what comes from strangers, where it does harm, and what makes it harmless.

import type { Formula } from './formula.ts'

export interface TaintFormula {
  readonly what: 'taint'
  readonly sources: readonly Source[]
  readonly sinks: readonly Sink[]
  readonly sanitizers: readonly Sanitizer[]
  readonly propagators: readonly Propagator[]
  readonly options: TaintOptions
}

export interface TaintOptions {
  /** A metavariable of source and sink stands for the same in both. */
  readonly unifies: boolean
  /** What is surely true or false, or a number, does no harm. */
  readonly safeBooleans: boolean
  readonly safeNumbers: boolean
}

export interface Source {
  readonly formula: Formula
  readonly bySideEffect: boolean
  readonly exact: boolean
  readonly label: string | undefined
  readonly requires: LabelTest | undefined
}

export interface Sink {
  readonly formula: Formula
  readonly exact: boolean
  readonly requires: LabelTest | undefined
}

export interface Sanitizer {
  readonly formula: Formula
  /** Where it is a source or a sink, too, it cleans nothing. */
  readonly yields: boolean
  readonly bySideEffect: boolean
  readonly exact: boolean
}

export interface Propagator {
  readonly formula: Formula
  readonly from: string
  readonly to: string
  readonly bySideEffect: boolean
}

/** Whether a set of labels is enough. */
export type LabelTest = (labels: ReadonlySet<string>) => boolean

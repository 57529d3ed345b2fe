// The playground for rules in patterns: what the editor asks the server, and what the page and the editor tell each other.

import type { Severity } from './finding.ts'
import type { Locale } from './locale.ts'

/** Client → server: what rules find in a code, both as they are being written. Nothing of it is read from disk, or kept. */
export const PLAYGROUND = 'codeant/playground'
export interface PlaygroundParams {
  /** A file of rules in patterns, as YAML. */
  readonly rules: string
  readonly code: string
  /** What the code's file is called: from its name comes its language, and what `paths` of a rule say of it. */
  readonly path: string
  /** Why the rules speak of this part of the code, or do not. */
  readonly why?: PlaygroundSpan
  readonly locale?: Locale
}

export interface PlaygroundResult {
  readonly rules: readonly PlaygroundRule[]
  /** Rules that cannot be run, and what else is wrong with the text. */
  readonly refused: readonly PlaygroundRefusal[]
  readonly matches: readonly PlaygroundMatch[]
  /** What was asked: one for each rule. */
  readonly why: readonly PlaygroundWhy[]
  /** Said in place of an answer: one of the texts is too long, or there is no rule in it. */
  readonly notice?: string
}

export interface PlaygroundRule {
  readonly id: string
  readonly severity: Severity
}

export interface PlaygroundRefusal {
  readonly id: string
  readonly sentence: string
  /** Line of the rules' text, from 0. */
  readonly line: number
}

/** In UTF-16 units of the text that was sent. */
export interface PlaygroundSpan {
  readonly start: number
  readonly end: number
}

export interface PlaygroundPlace extends PlaygroundSpan {
  readonly bindings: readonly PlaygroundBinding[]
}

/** What a metavariable stands for; a place only where that stands in the code as a whole. */
export interface PlaygroundBinding extends Partial<PlaygroundSpan> {
  readonly name: string
  readonly text: string
}

export interface PlaygroundMatch extends PlaygroundPlace {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
}

/** An operator of a rule: what it matched and, where it did not, why. */
export interface PlaygroundWhy {
  /** Of the outermost one, the rule's id. */
  readonly rule?: string
  readonly operator: string
  readonly source: string
  readonly outcome: 'holds' | 'fails' | 'unasked'
  /** Why it did not match, as a sentence without its full stop. */
  readonly sentence?: string
  /** The part of the code that the sentence speaks of. */
  readonly at?: PlaygroundSpan
  readonly places: readonly PlaygroundPlace[]
  /** Of all places, of which the first ones are told. */
  readonly count: number
  readonly parts: readonly PlaygroundWhy[]
}

/** More than this of either text is not looked at: a playground is for what fits a head. */
export const MOST_PLAYGROUND_TEXT = 200_000

/** What a playground holds: all that is needed to show it again. */
export interface PlaygroundTexts {
  readonly rules: string
  readonly code: string
  readonly path: string
}

/** What the page tells the editor that shows it. */
export type PlaygroundPageMessage =
  /** It is there; without texts of its own it wants some. */
  | { readonly kind: 'ready'; readonly texts?: PlaygroundTexts }
  | { readonly kind: 'ask'; readonly id: number; readonly params: PlaygroundParams }
  /** The rules are to become a file of the workspace. */
  | { readonly kind: 'save'; readonly texts: PlaygroundTexts }
  /** Rules and code are to become a file with its test: the matches say where something must be found. */
  | { readonly kind: 'test'; readonly texts: PlaygroundTexts; readonly matches: readonly PlaygroundMatch[] }

/** What the editor tells the page. */
export type PlaygroundEditorMessage =
  | { readonly kind: 'start'; readonly texts: PlaygroundTexts }
  | { readonly kind: 'answer'; readonly id: number; readonly result: PlaygroundResult }

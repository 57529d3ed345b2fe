// A finding as plain data: what every part of the product passes around.

export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const
export type Severity = (typeof SEVERITIES)[number]

/** `safe` keeps the program's behaviour or only repairs what is certainly wrong; `unsafe` needs a human's eye. */
export type FixSafety = 'safe' | 'unsafe'

/** What a rule found, without words: those are chosen for the reader, at the edge. Offsets are UTF-16. */
export interface Finding {
  readonly rule: string
  readonly start: number
  readonly end: number
  readonly data: FindingData
  /** How far past the rule's limit, for rules that have one. */
  readonly measure?: number
  /** Present when the rule knows how to repair it; whether the repair holds is verified when it is asked for. */
  readonly fix?: FixSafety
  readonly related?: readonly RelatedPlace[]
  /** Rules that say less of the same place: what silences one of them silences this. */
  readonly covers?: readonly string[]
}

export interface RelatedPlace {
  /** The file that it is in, from the project's root; this one where nothing is said. */
  readonly path?: string
  readonly start: number
  readonly end: number
}

export type FindingData = Readonly<Record<string, string | number | boolean | readonly string[]>>

// What `models/bug-finder` says of itself: its vocabulary, and which of its findings are worth a reader's time.

import { BUG_KINDS, type BugKind } from '../../inference/choices.ts'
import { Vocabulary } from '../../inference/vocabulary.ts'
import { type Grammar, languageOfGrammar } from '../../syntax/language.ts'

/** The languages that findings are counted by. */
export const LEARNED_LANGUAGES = ['python', 'javascript', 'typescript', 'rust'] as const
export type LearnedLanguage = (typeof LEARNED_LANGUAGES)[number]

/** When findings of a kind are shown in a language, and what was measured of those. */
export interface Gate extends Measured {
  /** The same for those that something else than the model speaks for, too (`evidence.ts`). */
  readonly withEvidence?: Measured
}

export interface Measured {
  /** Findings with a lower score are never shown. */
  readonly threshold: number
  /** Enough of those that were read were worth a look: shown without being asked for. */
  readonly passed: boolean
  /** How many findings on untouched code of unseen repositories were read, and how many of those were worth a look. */
  readonly read: number
  readonly worth: number
}

export interface BugFinder {
  readonly vocabulary: Vocabulary
  gate(language: LearnedLanguage, kind: BugKind): Gate | undefined
}

/** Undefined when the files are not what was shipped. */
export function readBugFinder(modelJson: string, tokenizerJson: string): BugFinder | undefined {
  try {
    const { gates } = JSON.parse(modelJson) as { gates: Record<string, Record<string, Gate>> }
    const { pieces } = JSON.parse(tokenizerJson) as { pieces: string[] }
    for (const language of LEARNED_LANGUAGES)
      for (const kind of BUG_KINDS) {
        const gate = gates[language]?.[kind]
        if (gate && typeof gate.threshold !== 'number') return undefined
      }
    return { vocabulary: new Vocabulary(pieces), gate: (language, kind) => gates[language]?.[kind] }
  } catch {
    return undefined
  }
}

export function learnedLanguage(grammar: Grammar): LearnedLanguage {
  return languageOfGrammar(grammar)
}

// One sentence → what it means, or why nobody can say.

import type { Locale } from '@codeant/shared/locale.ts'
import { sentence as grammar } from './grammar/sentence.ts'
import { ENGLISH } from './lexicon-en.ts'
import { SPANISH } from './lexicon-es.ts'
import { type Reading, whole } from './parse.ts'
import type { Requirement } from './requirement.ts'
import { readable, vocabulary, type Word, wordsOf } from './words.ts'

export type Compiled =
  | { readonly kind: 'understood'; readonly requirement: Requirement; readonly locale: Locale }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly locale: Locale }

export type Refusal =
  /** Words that no lexicon has. */
  | { readonly why: 'unknown'; readonly words: readonly string[] }
  /** All words are known, and together they say nothing from here on. */
  | { readonly why: 'unclear'; readonly from: string }
  /** It can be read in more than one way. */
  | { readonly why: 'ambiguous'; readonly readings: readonly Requirement[] }

const VOCABULARIES = [vocabulary('en', ENGLISH), vocabulary('es', SPANISH)] as const

/** Nobody needs more for one demand, and each more is another way to read all before it. */
const MOST_WORDS = 40

export function compileSentence(text: string): Compiled {
  const all = wordsOf(text.trim().replace(/[.!]+$/, ''))
  const tooMuch = all[MOST_WORDS]
  if (tooMuch)
    return { kind: 'refused', refusal: { why: 'unclear', from: text.slice(tooMuch.start) }, locale: 'en' }
  const tries = VOCABULARIES.map(it => {
    const reading: Reading = {
      words: readable(all, it),
      vocabulary: it,
      furthest: 0,
    }
    return { reading, readings: distinct(whole(grammar, reading)) }
  })
  const understood = tries.find(it => it.readings.length === 1)
  if (understood) {
    const { locale } = understood.reading.vocabulary
    return { kind: 'understood', requirement: understood.readings[0]!, locale }
  }
  // Whose words these are is known by how many of them it has.
  const [best] = tries.sort((a, b) => unknownIn(a.reading, all).length - unknownIn(b.reading, all).length)
  const { reading, readings } = best!
  return {
    kind: 'refused',
    refusal: refusalOf(reading, readings, all, text),
    locale: reading.vocabulary.locale,
  }
}

function refusalOf(
  reading: Reading,
  readings: readonly Requirement[],
  all: readonly Word[],
  text: string,
): Refusal {
  if (readings.length > 1) return { why: 'ambiguous', readings }
  const unknown = unknownIn(reading, all)
  if (unknown.length > 0) return { why: 'unknown', words: unknown.map(it => text.slice(it.start, it.end)) }
  const stop = reading.words[reading.furthest]
  return { why: 'unclear', from: stop ? text.slice(stop.start) : '' }
}

function unknownIn({ vocabulary }: Reading, all: readonly Word[]): readonly Word[] {
  return all.filter(it => !it.isCode && !vocabulary.known.has(it.text) && !/^\d+$/.test(it.text))
}

function distinct(requirements: readonly Requirement[]): readonly Requirement[] {
  return [...new Map(requirements.map(it => [JSON.stringify(it), it])).values()]
}

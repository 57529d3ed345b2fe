// The words of a sentence: numbers, code in back-quotes, and what a lexicon calls by one name although it is written in many ways.

import type { Locale } from '@codeant/shared/locale.ts'

/** A word as it is compared: lower case, without accents; or code, as it was written. */
export interface Word {
  readonly text: string
  readonly isCode: boolean
  /** In the sentence, for who has to show it. */
  readonly start: number
  readonly end: number
}

/** By category, then by meaning: the ways to say it, parted by `|`. */
export type Lexicon = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface Phrase {
  readonly words: readonly string[]
  readonly meaning: string
}

/** By category: its phrases by their first word, long ones first. */
export type Phrases = ReadonlyMap<string, ReadonlyMap<string, readonly Phrase[]>>

export interface Vocabulary {
  /** Articles and the like, which change nothing. */
  readonly skipped: ReadonlySet<string>
  readonly locale: Locale
  readonly phrases: Phrases
  /** What is said in other words first, so that the grammar needs one way less: `needs` is `must have`. */
  readonly rewrites: readonly Phrase[]
  /** Every word that occurs in it. */
  readonly known: ReadonlySet<string>
}

const WORD = /`([^`]+)`|"([^"]+)"|«([^»]+)»|“([^”]+)”|[\p{L}\p{N}_][\p{L}\p{N}_'’-]*|[.,:;]/gu

export function wordsOf(sentence: string): readonly Word[] {
  const words: Word[] = []
  for (const match of sentence.matchAll(WORD)) {
    const code = match[1] ?? match[2] ?? match[3] ?? match[4]
    const { index: start } = match
    const end = start + match[0].length
    if (code !== undefined)
      words.push({ text: code.trim().replace(/^(\w+):$/, '$1'), isCode: true, start, end })
    else words.push({ text: plain(match[0]), isCode: false, start, end })
  }
  return words
}

export function vocabulary(locale: Locale, lexicon: Lexicon): Vocabulary {
  const phrases = new Map<string, Map<string, Phrase[]>>()
  const known = new Set<string>()
  const skipped = new Set(Object.values(lexicon.skip ?? {}).flatMap(it => it.split('|').map(plain)))
  for (const [category, meanings] of Object.entries(lexicon)) {
    const byFirst = new Map<string, Phrase[]>()
    for (const [meaning, ways] of Object.entries(meanings))
      for (const way of ways.split('|')) {
        const written = [...way.matchAll(WORD)].map(it => plain(it[0]))
        for (const it of written) known.add(it)
        // What is left out of a sentence cannot be in a phrase either.
        const words = category === 'skip' ? written : written.filter(it => !skipped.has(it))
        if (words.length === 0) continue
        byFirst.set(words[0]!, [...(byFirst.get(words[0]!) ?? []), { words, meaning }])
      }
    for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length)
    phrases.set(category, byFirst)
  }
  const rewrites = [...(phrases.get('rewrite')?.values() ?? [])].flat()
  rewrites.sort((a, b) => b.words.length - a.words.length)
  return { locale, phrases, known, skipped, rewrites }
}

/** Without what changes nothing, and in the grammar's own words. */
export function readable(words: readonly Word[], { skipped, rewrites }: Vocabulary): readonly Word[] {
  const left = words.filter(it => it.isCode || !skipped.has(it.text))
  const said: Word[] = []
  for (let at = 0; at < left.length; ) {
    const found = rewrites.find(({ words: ways }) =>
      ways.every(
        (way, i) => left[at + i] !== undefined && !left[at + i]!.isCode && left[at + i]!.text === way,
      ),
    )
    // What is demanded already is not demanded twice.
    const isTwice = found && at > 0 && MODAL.has(left[at - 1]!.text)
    if (!found || isTwice) {
      said.push(left[at]!)
      at++
      continue
    }
    for (const text of found.meaning.split(' ')) said.push({ ...left[at]!, text })
    at += found.words.length
  }
  return said
}

const MODAL = new Set([
  'must',
  'should',
  'shall',
  'may',
  'can',
  'not',
  'to',
  'debe',
  'deben',
  'puede',
  'pueden',
  'deberia',
  'deberian',
  'que',
])

/** Accents are often left out, and no two words of ours differ in nothing else. */
export function plain(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('’', "'")
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
}

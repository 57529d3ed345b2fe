// Names that one rule makes of others: `unit_price` in the code is `unitPrice` on the wire.

import { wordsOf } from '../graph/name-words.ts'

export interface Restyling {
  /** From the name in the code to that on the wire. */
  forth(name: string): string
  /** Undefined where no name in the code becomes this one. */
  back(name: string): string | undefined
}

/** The rule by which the one becomes the other; undefined where none does. */
export function restyling(inCode: string, onWire: string): Restyling | undefined {
  const words = wordsOf(inCode)
  const [own, other] = [inCode, onWire].map(name => STYLES.find(it => it(words) === name))
  if (!own || !other) return undefined
  const forth = (name: string) => other(wordsOf(name))
  return {
    forth,
    back(name) {
      const made = own(wordsOf(name))
      return forth(made) === name ? made : undefined
    },
  }
}

type Style = (words: readonly string[]) => string

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const pascal: Style = words => words.map(capital).join('')
const snake: Style = words => words.join('_')
const kebab: Style = words => words.join('-')

const STYLES: readonly Style[] = [
  snake,
  words => words.map((it, i) => (i === 0 ? it : capital(it))).join(''),
  pascal,
  kebab,
  words => snake(words).toUpperCase(),
  words => kebab(words).toUpperCase(),
]

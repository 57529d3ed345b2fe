// `convert`: a text's words, taken apart where its separators are and put together in another case.

import type { LetterCase, Separator } from './tree-rule.ts'

export function inCase(text: string, to: LetterCase, separators: readonly Separator[] | undefined): string {
  switch (to) {
    case 'lowerCase':
      return text.toLowerCase()
    case 'upperCase':
      return text.toUpperCase()
    case 'capitalize':
      return capitalized(text)
    case 'camelCase':
      return words(text, separators)
        .map((it, i) => (i === 0 ? it.toLowerCase() : capitalized(it)))
        .join('')
    case 'pascalCase':
      return words(text, separators).map(capitalized).join('')
    case 'snakeCase':
      return words(text, separators).join('_').toLowerCase()
    case 'kebabCase':
      return words(text, separators).join('-').toLowerCase()
  }
}

function capitalized(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('')
}

const SIGNS: Readonly<Record<Exclude<Separator, 'caseChange'>, string>> = {
  dash: '-',
  dot: '.',
  slash: '/',
  space: ' ',
  underscore: '_',
}

function words(text: string, separators: readonly Separator[] | undefined): string[] {
  const signs = new Set<string>()
  for (const [name, sign] of Object.entries(SIGNS))
    if (!separators || separators.includes(name as Separator)) signs.add(sign)
  const byCase = !separators || separators.includes('caseChange')
  const words: string[] = []
  let word = ''
  // How many capitals, or signs that are neither, came before.
  let capitals = 0
  for (const letter of text) {
    const isLower = /\p{Ll}/u.test(letter)
    if (signs.has(letter)) {
      words.push(word)
      word = ''
      capitals = 0
      continue
    }
    if (byCase && capitals === 0 && /\p{Lu}/u.test(letter)) {
      words.push(word)
      word = ''
    } else if (byCase && capitals > 1 && isLower) {
      // `XMLHttp` is two words: the last of several capitals begins the next one.
      const last = [...word].at(-1) ?? ''
      words.push(word.slice(0, word.length - last.length))
      word = last
    }
    word += letter
    capitals = isLower ? 0 : capitals + 1
  }
  words.push(word)
  return words.filter(it => it !== '')
}

// The texts that must stand in whatever a regular expression matches, told from the expression alone.

/** A text; all of several; one of several. No text at all where nothing can be said. */
export type RequiredText =
  | string
  | { readonly all: readonly RequiredText[] }
  | { readonly any: readonly RequiredText[] }

export function requiredTexts({ source, flags }: RegExp): RequiredText {
  // The same letters may be written otherwise.
  return flags.includes('i') ? { all: [] } : new Reader(source).alternatives()
}

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  /** Up to the parenthesis that closes them, or to the end. */
  alternatives(): RequiredText {
    const any = [this.#sequence()]
    while (this.#source[this.#at] === '|') {
      this.#at++
      any.push(this.#sequence())
    }
    return any.length === 1 ? any[0]! : { any }
  }

  #sequence(): RequiredText {
    const all: RequiredText[] = []
    let run = ''
    const flush = () => {
      if (run !== '') all.push(run)
      run = ''
    }
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      const part = this.#part()
      if (part === undefined) continue
      const times = this.#quantifier()
      if (typeof part === 'string' && part !== '' && times !== 'any') {
        run += part
        if (times === 'more') flush()
        continue
      }
      flush()
      if (typeof part !== 'string' && times !== 'any') all.push(part)
    }
    flush()
    return { all }
  }

  /** A letter, what a group asks for, an empty text for one letter of many, undefined for a place between letters. */
  #part(): RequiredText | undefined {
    const letter = this.#source[this.#at++]!
    switch (letter) {
      case '^':
      case '$':
        return undefined
      case '.':
        return ''
      case '[':
        return this.#class()
      case '(':
        return this.#group()
      case '\\':
        return this.#escape()
      default:
        return letter
    }
  }

  #group(): RequiredText {
    const opening = /\?(?:<?[=!]|:|<\w+>)?/y
    opening.lastIndex = this.#at
    const kind = opening.exec(this.#source)?.[0] ?? ''
    this.#at += kind.length
    const inner = this.alternatives()
    this.#at++
    // What is looked at beside the match may be anywhere, or must not be.
    return /[=!]$/.test(kind) ? '' : inner
  }

  #class(): string {
    const end = /\\[\s\S]|[^\]\\]/y
    const begin = this.#at
    for (end.lastIndex = begin; end.test(this.#source); ) this.#at = end.lastIndex
    const inner = this.#source.slice(begin, this.#at)
    this.#at++
    if (inner.length === 1 && inner !== '^') return inner
    return /^\\[^\w]$/.test(inner) ? inner[1]! : ''
  }

  #escape(): string | undefined {
    const sequence = /[bB]|[pPku]\{[^}]*\}|k<[^>]*>|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|\d+|[\s\S]/y
    sequence.lastIndex = this.#at
    const [letters = ''] = sequence.exec(this.#source) ?? []
    this.#at += letters.length
    if (letters === 'b' || letters === 'B') return undefined
    return /^\W$/.test(letters) ? letters : ''
  }

  #quantifier(): 'once' | 'more' | 'any' {
    const sign = this.#source[this.#at]
    if (sign === '*' || sign === '?' || sign === '+') {
      this.#at++
      if (this.#source[this.#at] === '?') this.#at++
      return sign === '+' ? 'more' : 'any'
    }
    const counted = /\{(\d+)(?:,\d*)?\}\??/y
    counted.lastIndex = this.#at
    const match = counted.exec(this.#source)
    if (!match) return 'once'
    this.#at += match[0].length
    return match[1] === '0' ? 'any' : 'more'
  }
}

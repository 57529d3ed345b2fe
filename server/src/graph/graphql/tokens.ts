// The words of GraphQL, one at a time. Whatever the text is, there is always a next word until its end.

export interface Token {
  /** `end`: there is nothing more. */
  readonly kind: 'name' | 'sign' | 'number' | 'text' | 'end'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Stands in a text where code puts something in; a part of the name that it stands in. */
export const HOLE = '\u0000'

/** White space, commas and comments say nothing. Escapes stand between the quotes of code, where they are white space. */
const NOTHING = /(?:[\s,\uFEFF]|#[^\n]*|\\[nrt\n])+/y
const NAME = /[\w\u0000]+/y
const NUMBER = /-?\d[\d.eE+-]*/y
const TEXT = /"(?:[^"\\\n]|\\.)*"?/y

export class TokenReader {
  readonly #text: string
  #next: Token

  constructor(text: string) {
    this.#text = text
    this.#next = this.#read(0)
  }

  /** What comes next, which stays. */
  get next(): Token {
    return this.#next
  }

  take(): Token {
    const token = this.#next
    this.#next = this.#read(token.end)
    return token
  }

  /** Takes what comes next when it is this. */
  skip(text: string): boolean {
    if (this.#next.text !== text || this.#next.kind === 'text') return false
    this.take()
    return true
  }

  #read(from: number): Token {
    const text = this.#text
    const start = this.#end(NOTHING, from)
    if (start >= text.length) return { kind: 'end', text: '', start: text.length, end: text.length }
    const code = text.charCodeAt(start)
    const token = (kind: Token['kind'], end: number) => ({ kind, text: text.slice(start, end), start, end })
    if (code === 34) return token('text', this.#endOfText(start))
    if ((code >= 48 && code <= 57) || code === 45)
      return token('number', Math.max(this.#end(NUMBER, start), start + 1))
    const name = this.#end(NAME, start)
    if (name > start) return token('name', name)
    return token('sign', text.startsWith('...', start) ? start + 3 : start + 1)
  }

  #endOfText(start: number): number {
    if (!this.#text.startsWith('"""', start)) return this.#end(TEXT, start)
    let end = this.#text.indexOf('"""', start + 3)
    while (end > 0 && this.#text[end - 1] === '\\') end = this.#text.indexOf('"""', end + 3)
    return end === -1 ? this.#text.length : end + 3
  }

  #end(what: RegExp, from: number): number {
    what.lastIndex = from
    return what.test(this.#text) ? what.lastIndex : from
  }
}

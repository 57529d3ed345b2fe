// The words of SQL, of any dialect, as code writes it: with placeholders, and with holes where other text is put in.

export interface Token {
  readonly kind: 'word' | 'quoted' | 'value' | 'sign' | 'hole'
  /** In lower case; of what is quoted what is between the quotes. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Stands in a text where other text is put in. */
export const HOLE = '\u0000'

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|\\[ntr\n]|(\u0000+|\{[^{}\n]*\})|([eEnNbBxX]?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|(\$\w*\$)[\s\S]*?(?:\3|$)|\d[\w.]*|\$\d+|\?\d*|%s|%\(\w+\)s|:(?!:)\w+|@\w+)|("(?:[^"]|"")*"|`[^`]*`|\\"(?:[^"\\])*\\"|\[\w[\w ]*\])|([\p{L}_][\p{L}\p{N}_$]*)|(::|<>|!=|<=|>=|\|\||[\s\S])/gu

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = []
  for (const it of sql.matchAll(TOKEN)) {
    const [all, hole, value, , quoted, word, sign] = it
    const kind = hole
      ? 'hole'
      : value
        ? 'value'
        : quoted
          ? 'quoted'
          : word
            ? 'word'
            : sign
              ? 'sign'
              : undefined
    if (!kind) continue
    const start = it.index
    const text = kind === 'quoted' ? unquoted(all) : all
    tokens.push({ kind, text: text.toLowerCase(), start, end: start + all.length })
  }
  return tokens
}

function unquoted(text: string): string {
  return text.replace(/^\\?["`[]|\\?["`\]]$/g, '')
}

/** From the first of many tokens on. What is asked for behind the end is never there. */
export class TokenReader {
  readonly tokens: readonly Token[]
  at = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length
  }

  /** The token so many places ahead. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  next(): Token | undefined {
    return this.tokens[this.at++]
  }

  /** The next tokens are these words or signs; then they are passed. */
  take(...words: readonly string[]): boolean {
    for (const [i, it] of words.entries()) if (!isWord(this.peek(i), it)) return false
    this.at += words.length
    return true
  }

  /** The next token is one of these words; then it is passed. */
  takeOne(words: ReadonlySet<string>): string | undefined {
    const it = this.peek()
    if (it?.kind !== 'word' || !words.has(it.text)) return undefined
    this.at++
    return it.text
  }

  /** `name`, `schema.name`: the last part of it. */
  name(): Token | undefined {
    let it = this.peek()
    if (!isName(it)) return undefined
    this.at++
    while (isWord(this.peek(), '.') && isName(this.peek(1))) {
      it = this.peek(1)!
      this.at += 2
    }
    return it
  }

  /** What is between the parentheses that begin here; they are passed. Undefined when none do. */
  group(): readonly Token[] | undefined {
    if (!isWord(this.peek(), '(')) return undefined
    const from = this.at + 1
    let depth = 0
    while (!this.isAtEnd) {
      const { text, kind } = this.next()!
      if (kind !== 'sign') continue
      if (text === '(') depth++
      else if (text === ')' && --depth === 0) return this.tokens.slice(from, this.at - 1)
    }
    return this.tokens.slice(from)
  }
}

export function isName(token: Token | undefined): token is Token {
  return token !== undefined && (token.kind === 'word' || token.kind === 'quoted') && token.text !== ''
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'sign') && token.text === word
}

/** At signs that are in no parentheses. */
export function split(tokens: readonly Token[], sign: string): (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const it of tokens) {
    if (it.kind === 'sign') {
      if (it.text === '(') depth++
      else if (it.text === ')') depth--
      else if (it.text === sign && depth === 0) {
        parts.push([])
        continue
      }
    }
    parts.at(-1)!.push(it)
  }
  return parts.filter(it => it.length > 0)
}

// What a configuration written in JavaScript says in so many words. Nothing of it is run: objects, lists, texts and numbers are
// read where they are written out, names where the same file gives them such a value, and all else is unknown.

/** A value that only running the file would tell. */
export const UNKNOWN = Symbol('unknown')

/** Every object that is written out, in the order of the text; of one in another, the outer one is first. */
export function objectsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  const tokens = tokensOf(text)
  return tokens ? new LiteralReader(tokens).all() : []
}

interface Token {
  /** `text` has the value of a string in quotes, `word` a name or a number; `sign` is anything else. */
  readonly kind: 'text' | 'word' | 'sign'
  readonly value: string
}

/** Longer files are no settings. */
const MOST_TOKENS = 100_000
/** Nobody nests settings so deep. */
const MOST_DEPTH = 100

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`\\$]*)`|`(?:[^`\\]|\\[\s\S])*`|([\w$]+(?:\.\d+)?)|\.\.\.|=>|[\s\S]/g

/** A slash behind one of these begins a regular expression, which may hold quotes. */
const BEFORE_REGEX = /^[(,=:[!&|?{};]$|^=>$/
const REGEX = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length && tokens.length < MOST_TOKENS; ) {
    if (text[at] === '/' && BEFORE_REGEX.test(tokens.at(-1)?.value ?? ';')) {
      REGEX.lastIndex = at
      if (!/^\/[/*]/.test(text.slice(at, at + 2)) && REGEX.test(text)) {
        tokens.push({ kind: 'sign', value: '/' })
        at = REGEX.lastIndex
        continue
      }
    }
    TOKEN.lastIndex = at
    const [all, double, single, template, word] = TOKEN.exec(text)!
    at += all.length
    const string = double ?? single ?? template
    if (string !== undefined) tokens.push({ kind: 'text', value: string.replace(/\\(.)/g, '$1') })
    else if (word !== undefined) tokens.push({ kind: 'word', value: word })
    else if (!/^\s|^\/[/*]/.test(all)) tokens.push({ kind: 'sign', value: all[0] === '`' ? '`' : all })
  }
  return tokens.length < MOST_TOKENS ? tokens : undefined
}

class LiteralReader {
  readonly #tokens: readonly Token[]
  readonly #objects: Record<string, unknown>[] = []
  readonly #named = new Map<string, unknown>()
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  all(): readonly Readonly<Record<string, unknown>>[] {
    while (this.#at < this.#tokens.length) {
      const name = this.#nameBefore()
      if (this.#isSign('{') || (name !== undefined && this.#isSign('['))) {
        const value = this.#isSign('{') ? this.#object(0) : this.#list(0)
        if (name !== undefined) this.#named.set(name, value)
      } else this.#at++
    }
    return this.#objects
  }

  /** `const name = {`, `const name: Type = {` */
  #nameBefore(): string | undefined {
    if (this.#tokens[this.#at - 1]?.value !== '=') return undefined
    for (let at = this.#at - 2; at >= Math.max(0, this.#at - 12); at--)
      if (/^(const|let|var)$/.test(this.#tokens[at]!.value)) return this.#tokens[at + 1]?.value
    return undefined
  }

  #value(depth: number): unknown {
    const first = this.#tokens[this.#at]
    const start = this.#at
    let value: unknown = UNKNOWN
    if (!first || depth > MOST_DEPTH) return UNKNOWN
    if (this.#isSign('{')) value = this.#object(depth)
    else if (this.#isSign('[')) value = this.#list(depth)
    else {
      this.#at++
      if (first.kind === 'text') value = first.value
      else if (/^\d+(\.\d+)?$/.test(first.value)) value = Number(first.value)
      else if (first.value === 'true' || first.value === 'false') value = first.value === 'true'
      else if (first.kind === 'word') value = this.#named.get(first.value) ?? UNKNOWN
      else this.#at = start
    }
    if (this.#isEnd()) return value
    // `as const` and `satisfies` change nothing; any other continuation does.
    const isSame = /^(as|satisfies)$/.test(this.#tokens[this.#at]?.value ?? '')
    this.#skip(depth)
    return isSame ? value : UNKNOWN
  }

  #object(depth: number): unknown {
    const object: Record<string, unknown> = Object.create(null)
    this.#objects.push(object)
    this.#at++
    while (this.#at < this.#tokens.length && !this.#isSign('}')) {
      const key = this.#tokens[this.#at]!
      const next = this.#tokens[this.#at + 1]?.value
      if (key.value === '...' && key.kind === 'sign') {
        this.#at++
        const spread = this.#value(depth + 1)
        if (typeof spread === 'object' && spread !== null && !Array.isArray(spread))
          Object.assign(object, spread)
      } else if (key.kind !== 'sign' && next === ':') {
        this.#at += 2
        object[key.value] = this.#value(depth + 1)
      } else if (key.kind === 'word' && (next === ',' || next === '}')) {
        this.#at++
        object[key.value] = this.#named.get(key.value) ?? UNKNOWN
      } else this.#skip(depth)
      if (this.#isSign(',')) this.#at++
      else if (!this.#isSign('}')) this.#at++
    }
    this.#at++
    return object
  }

  #list(depth: number): unknown {
    const list: unknown[] = []
    this.#at++
    while (this.#at < this.#tokens.length && !this.#isSign(']')) {
      if (this.#isSign('...')) {
        this.#at++
        const spread = this.#value(depth + 1)
        if (Array.isArray(spread)) list.push(...spread)
        else list.push(UNKNOWN)
      } else list.push(this.#value(depth + 1))
      if (this.#isSign(',')) this.#at++
      else if (!this.#isSign(']')) this.#at++
    }
    this.#at++
    return list
  }

  /** To the end of an expression; objects in it are found all the same. */
  #skip(depth: number): void {
    let open = 0
    while (this.#at < this.#tokens.length) {
      if (open === 0 && this.#isEnd()) return
      if (this.#isSign('{') && depth < MOST_DEPTH) {
        this.#object(depth + 1)
        continue
      }
      const { kind, value } = this.#tokens[this.#at]!
      if (kind === 'sign' && /^[([{]$/.test(value)) open++
      else if (kind === 'sign' && /^[)\]}]$/.test(value)) open--
      this.#at++
    }
  }

  #isEnd(): boolean {
    const token = this.#tokens[this.#at]
    return !token || (token.kind === 'sign' && /^[,;)\]}]$/.test(token.value))
  }

  #isSign(value: string): boolean {
    const token = this.#tokens[this.#at]
    return token?.kind === 'sign' && token.value === value
  }
}

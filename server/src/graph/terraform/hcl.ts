// The language of Terraform: blocks, attributes, and what their expressions refer to, each with its place.

export interface HclBlock {
  readonly type: string
  readonly labels: readonly HclText[]
  readonly body: HclBody
  readonly start: number
  readonly end: number
}

export interface HclText {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface HclAttribute {
  readonly name: string
  readonly start: number
  /** As it is written, over as many lines as it takes. */
  readonly value: HclText
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[]
  readonly blocks: readonly HclBlock[]
}

/** Undefined for what cannot be read to its end: nobody knows what the rest of it says. */
export function readHcl(text: string): HclBody | undefined {
  const reader = new Reader(text)
  const body = reader.body(0)
  return reader.isAtEnd ? body : undefined
}

export function attribute(body: HclBody, name: string): HclAttribute | undefined {
  return body.attributes.find(it => it.name === name)
}

/** What a text in quotes says, if it stands there as it is. */
export function literal(value: HclText | undefined): string | undefined {
  const inner = /^"((?:\\.|[^"\\])*)"$/s.exec(value?.text ?? '')?.[1]
  return inner === undefined || /(?<!\$)\$\{|(?<!%)%\{/.test(inner) ? undefined : inner
}

class Reader {
  readonly #text: string
  #at = 0
  /** The first group of what was matched last. */
  #word: string | undefined

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    this.#skip(true)
    return this.#at >= this.#text.length
  }

  /** Up to the brace that closes it, or to the end. */
  body(depth: number): HclBody {
    const attributes: HclAttribute[] = []
    const blocks: HclBlock[] = []
    while (depth < DEEPEST) {
      this.#skip(true)
      if (this.#at >= this.#text.length || this.#text[this.#at] === '}') break
      const start = this.#at
      const name = this.#match(NAME) ?? this.#quoted()?.text
      if (name === undefined) break
      this.#skip(false)
      if (this.#text[this.#at] === '=' && this.#text[this.#at + 1] !== '=') {
        this.#at++
        this.#skip(false)
        attributes.push({ name, start, value: this.#expression() })
        continue
      }
      const labels: HclText[] = []
      for (;;) {
        const from = this.#at
        const bare = this.#match(NAME)
        const label = bare === undefined ? this.#quoted() : { text: bare, start: from, end: this.#at }
        if (!label) break
        labels.push(label)
        this.#skip(false)
      }
      if (this.#text[this.#at] !== '{') break
      this.#at++
      const body = this.body(depth + 1)
      if (this.#text[this.#at] !== '}') break
      this.#at++
      blocks.push({ type: name, labels, body, start, end: this.#at })
    }
    return { attributes, blocks }
  }

  /** To the end of its line, or further as long as something is open. */
  #expression(): HclText {
    const start = this.#at
    let end = start
    let open = 0
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!
      if (character === '\n' && open === 0) break
      if ((character === '}' || character === ',') && open === 0) break
      if (this.#isComment()) {
        this.#skipComment()
        continue
      }
      if (character === '"') this.#skipText()
      else if (character === '<' && this.#match(HEREDOC) !== undefined) this.#skipHeredoc()
      else {
        if ('([{'.includes(character)) open++
        if (')]}'.includes(character)) open--
        this.#at++
      }
      if (!/\s/.test(character)) end = this.#at
    }
    return { text: this.#text.slice(start, end), start, end }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (!match) return undefined
    this.#at = pattern.lastIndex
    this.#word = match[1]
    return match[0]
  }

  #quoted(): HclText | undefined {
    if (this.#text[this.#at] !== '"') return undefined
    const start = this.#at
    this.#skipText()
    return { text: this.#text.slice(start + 1, this.#at - 1), start, end: this.#at }
  }

  /** A text may hold expressions, and those may hold texts. */
  #skipText(): void {
    this.#at++
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!
      if (character === '\\') this.#at += 2
      else if (character === '"') {
        this.#at++
        return
      } else if (character === '\n') return
      else if ((character === '$' || character === '%') && this.#text[this.#at + 1] === '{') {
        if (this.#text[this.#at - 1] === character) this.#at += 2
        else this.#skipTemplate()
      } else this.#at++
    }
  }

  #skipTemplate(): void {
    this.#at += 2
    for (let open = 1; this.#at < this.#text.length && open > 0; ) {
      const character = this.#text[this.#at]!
      if (character === '"') this.#skipText()
      else {
        if (character === '{') open++
        if (character === '}') open--
        this.#at++
      }
    }
  }

  #skipHeredoc(): void {
    const end = new RegExp(`^[ \\t]*${this.#word}[ \\t]*$`, 'gm')
    end.lastIndex = this.#at
    this.#at = end.test(this.#text) ? end.lastIndex : this.#text.length
  }

  #isComment(): boolean {
    const first = this.#text[this.#at]
    if (first !== '/') return first === '#'
    const second = this.#text[this.#at + 1]
    return second === '/' || second === '*'
  }

  #skipComment(): void {
    const isLong = this.#text.startsWith('/*', this.#at)
    const end = this.#text.indexOf(isLong ? '*/' : '\n', this.#at + 1)
    this.#at = end === -1 ? this.#text.length : isLong ? end + 2 : end
  }

  #skip(lines: boolean): void {
    for (;;) {
      this.#match(lines ? BLANKS : SPACES)
      // One-line blocks part their attributes with commas by mistake only, objects in earnest.
      if (!this.#isComment() || this.#at >= this.#text.length) return
      this.#skipComment()
      if (!lines) return
    }
  }
}

/** Deeper ones are no settings. */
const DEEPEST = 40
const NAME = /[A-Za-z_][\w-]*/y
const HEREDOC = /<<-?(\w+)[ \t]*\r?\n/y
const BLANKS = /[\s,]*/y
const SPACES = /[ \t\r]*/y

export interface HclReference {
  readonly parts: readonly string[]
  readonly start: number
  readonly end: number
}

/** `var.region`, `aws_instance.shop.id`: names with dots, in an expression and in the templates of its texts. */
export function referencesIn({ text, start }: HclText): readonly HclReference[] {
  if (!text.includes('.')) return []
  const code = /["#<]|\/\//.test(text) ? withoutTexts(text) : text
  const found = code.matchAll(/(?<![\w.-])[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+/g)
  return [...found].map(it => ({
    parts: it[0].split('.'),
    start: start + it.index,
    end: start + it.index + it[0].length,
  }))
}

/** Names that the expression gives itself: `for item in …`. */
export function boundIn(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/\bfor\s+(\w+)(?:\s*,\s*(\w+))?\s+in\b/g)].flatMap(it => [
      it[1]!,
      ...(it[2] ? [it[2]] : []),
    ]),
  )
}

/** What is no expression is blank: texts but for their templates, comments. */
function withoutTexts(text: string): string {
  let code = ''
  /** Each template or text that is open, the innermost last. */
  const open: ('text' | 'template' | 'brace' | 'heredoc')[] = []
  let heredoc = ''
  for (let at = 0; at < text.length; ) {
    const inside = open.at(-1)
    const character = text[at]!
    const isText = inside === 'text' || inside === 'heredoc'
    if (isText && (character === '$' || character === '%') && text[at + 1] === '{') {
      if (text[at - 1] !== character) open.push('template')
      code += '  '
      at += 2
    } else if (inside === 'text') {
      if (character === '"') open.pop()
      const length = character === '\\' ? 2 : 1
      code += ' '.repeat(length)
      at += length
    } else if (inside === 'heredoc') {
      const isEnd =
        text[at - 1] === '\n' &&
        new RegExp(`^[ \\t]*${heredoc}[ \\t]*(?:\\r?\\n|$)`).test(text.slice(at, at + 200))
      if (isEnd) open.pop()
      code += character === '\n' ? '\n' : ' '
      at++
    } else if (character === '"') {
      open.push('text')
      code += ' '
      at++
    } else if (character === '#' || text.startsWith('//', at)) {
      const end = text.indexOf('\n', at)
      const to = end === -1 ? text.length : end
      code += ' '.repeat(to - at)
      at = to
    } else if (text.startsWith('<<', at) && /^<<-?\w+[ \t]*\r?\n/.test(text.slice(at, at + 100))) {
      const [head, word] = /^<<-?(\w+)[ \t]*\r?\n/.exec(text.slice(at, at + 100))!
      heredoc = word!
      open.push('heredoc')
      code += ' '.repeat(head.length - 1) + '\n'
      at += head.length
    } else {
      if (character === '{' && open.length > 0) open.push('brace')
      if (character === '}' && open.length > 0) open.pop()
      code += character
      at++
    }
  }
  return code
}

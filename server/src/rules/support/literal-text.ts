// What a string literal holds, and where each character of it stands in the file.

import type { SyntaxNode } from '../../syntax/node.ts'

export interface LiteralText {
  readonly value: string
  /** Where the character at an index was written; one more entry for the end. */
  readonly offsets: readonly number[]
  readonly isBytes: boolean
}

/** Undefined for what is no string, or one with values in it. */
export function literalText(node: SyntaxNode): LiteralText | undefined {
  if (node.kind !== 'String') return undefined
  const { text, start } = node
  const opening = /^([A-Za-z]*)(#*)("""|'''|"|'|`)/.exec(text)
  if (!opening) return undefined
  const [all, prefix, hashes, quote] = opening as unknown as [string, string, string, string]
  const closing = quote + hashes
  if (!text.endsWith(closing) || text.length < all.length + closing.length) return undefined
  const { grammar } = node.tree
  const body = text.slice(all.length, text.length - closing.length)
  const from = start + all.length
  const isBytes = /b/i.test(prefix)
  const isRaw = grammar === 'rust' ? prefix.endsWith('r') : /r/i.test(prefix)
  const escapes =
    grammar === 'python' ? (isBytes ? PYTHON_BYTES : PYTHON) : grammar === 'rust' ? RUST : JAVASCRIPT
  if (isRaw || !body.includes('\\')) {
    return { value: body, offsets: Array.from({ length: body.length + 1 }, (_, i) => from + i), isBytes }
  }
  let value = ''
  const offsets: number[] = []
  for (let at = 0; at < body.length; ) {
    let piece = body[at]!
    let length = 1
    if (piece === '\\') {
      escapes.lastIndex = at
      const match = escapes.exec(body)
      if (match) {
        length = match[0].length
        piece = read(match)
      } else if (grammar !== 'python') {
        // A backslash that means nothing is left out.
        piece = body[at + 1] ?? ''
        length = 2
      }
    }
    for (let i = 0; i < piece.length; i++) offsets.push(from + at)
    value += piece
    at += length
  }
  offsets.push(from + body.length)
  return { value, offsets, isBytes }
}

const JAVASCRIPT =
  /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|([nrtbfv])|(\r?\n))/y
const PYTHON =
  /\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|([nrtbfva\\'"])|(\r?\n))/y
const PYTHON_BYTES = /\\(?:()()x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|([nrtbfva\\'"])|(\r?\n))/y
const RUST = /\\(?:u\{([0-9a-fA-F]{1,6})\}()|x([0-9a-fA-F]{2})()|([nrt0\\'"])|(\r?\n\s*))/y

const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '0': '\0',
}

function read([, one, two, three, octal, letter, newline]: RegExpExecArray): string {
  if (newline !== undefined) return ''
  if (letter !== undefined) return LETTERS[letter] ?? letter
  const code = octal ? Number.parseInt(octal, 8) : Number.parseInt(one || two || three || '0', 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}

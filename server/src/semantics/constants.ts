// The value of an expression that is the same whenever it runs: literals, sums of literals, names bound to them once.

import type { Grammar } from '../syntax/language.ts'
import type { SyntaxNode } from '../syntax/node.ts'
import type { SourceFile } from './source-file.ts'

export type Constant =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null'; readonly value: null }

/** Deeper than any constant that people write; stops a chain of a thousand additions. */
const DEPTH = 24

export function evaluate(file: SourceFile, node: SyntaxNode, depth: number): Constant | undefined {
  if (depth > DEPTH) return undefined
  switch (node.kind) {
    case 'Parenthesized':
      return evaluate(file, node.unwrapped, depth + 1)
    case 'String': {
      const value = stringValue(node)
      return value === undefined ? undefined : { kind: 'string', value }
    }
    case 'Concatenation': {
      let value = ''
      for (const part of node.children('part')) {
        const piece = evaluate(file, part, depth + 1)
        if (piece?.kind !== 'string') return undefined
        value += piece.value
      }
      return { kind: 'string', value }
    }
    case 'Number': {
      const value = numberValue(node.text, node.tree.grammar)
      return value === undefined ? undefined : { kind: 'number', value }
    }
    case 'Boolean':
      return { kind: 'boolean', value: /^true$/i.test(node.text) }
    case 'Null':
      return { kind: 'null', value: null }
    case 'Name': {
      const value = file.binding(node)?.onlyValue
      return value && evaluate(file, value, depth + 1)
    }
    case 'Unary': {
      const operand = node.child('operand')
      const value = operand && evaluate(file, operand, depth + 1)
      if (value?.kind !== 'number') return undefined
      const operator = node.operator || node.text[0]
      return operator === '-' ? { kind: 'number', value: -value.value } : operator === '+' ? value : undefined
    }
    case 'Not': {
      const operand = node.child('operand')
      const value = operand && evaluate(file, operand, depth + 1)
      return value?.kind === 'boolean' ? { kind: 'boolean', value: !value.value } : undefined
    }
    case 'Binary': {
      const left = node.child('left')
      const right = node.child('right')
      if (!left || !right) return undefined
      const a = evaluate(file, left, depth + 1)
      const b = a && evaluate(file, right, depth + 1)
      if (!a || !b) return undefined
      if (a.kind === 'string' && b.kind === 'string' && node.operator === '+')
        return { kind: 'string', value: a.value + b.value }
      if (a.kind === 'number' && b.kind === 'number') return arithmetic(node.operator, a.value, b.value)
      return undefined
    }
    default:
      return undefined
  }
}

function arithmetic(operator: string, a: number, b: number): Constant | undefined {
  const value = computed(operator, a, b)
  return value !== undefined && Number.isSafeInteger(value) ? { kind: 'number', value } : undefined
}

function computed(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '**':
      return a ** b
    case '<<': {
      // Behind that, languages disagree.
      const value = a * 2 ** b
      return a >= 0 && b >= 0 && value < 2 ** 31 ? value : undefined
    }
    default:
      return undefined
  }
}

/** What a string literal holds, its escapes read; undefined for a byte string's exotic escapes and for templates. */
export function stringValue(node: SyntaxNode): string | undefined {
  if (node.kind !== 'String') return undefined
  const { text } = node
  const opening = /^([A-Za-z]*)(#*)("""|'''|"|'|`)/.exec(text)
  if (!opening) return undefined
  const [all, prefix, hashes, quote] = opening as unknown as [string, string, string, string]
  const closing = quote + hashes
  if (!text.endsWith(closing) || text.length < all.length + closing.length) return undefined
  const body = text.slice(all.length, text.length - closing.length)
  const isRaw = node.tree.grammar === 'rust' ? prefix.endsWith('r') : /r/i.test(prefix)
  return isRaw || !body.includes('\\') ? body : readEscapes(body, node.tree.grammar)
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
}

function readEscapes(body: string, grammar: Grammar): string {
  return body.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (all, braced, four, eight, two, one) => {
      const code = braced ?? four ?? eight ?? two
      if (code === undefined) return SIMPLE[one] ?? (grammar === 'python' ? pythonEscape(all, one) : one)
      const point = Number.parseInt(code, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : all
    },
  )
}

/** What means nothing after a backslash keeps the backslash: `'\d'` is two characters. */
function pythonEscape(all: string, one: string): string {
  if (one === 'a') return '\x07'
  return one === '\\' || one === '"' || one === "'" ? one : all
}

export function numberValue(text: string, grammar?: Grammar): number | undefined {
  if ((grammar === 'go' || grammar === 'java') && /^0[0-7_]+[lL]?$/.test(text))
    return Number.parseInt(text.replaceAll('_', ''), 8)
  const plain = text
    .replaceAll('_', '')
    .replace(grammar === 'java' ? /(?<=^[\d.]+)[lLfFdD]$|(?<=^0[xX].*)[lL]$/ : /^$/, '')
    .replace(/(?<=[0-9a-fA-F.])(?:n|[iu](?:8|16|32|64|128|size)|f32|f64)$/, '')
  if (/^0[xX][0-9a-fA-F]+$/.test(plain) || /^0[bB][01]+$/.test(plain) || /^0[oO][0-7]+$/.test(plain))
    return Number(plain)
  if (!/^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) return undefined
  return Number(plain)
}

// `metavariable-comparison`: the small part of Python's expressions that rules may compare with.

import { Unsupported } from './refusal.ts'

export type Value = number | string | boolean | null | readonly Value[]

/** Says what a metavariable stands for; undefined where nobody knows. */
export type Lookup = (name: string) => Value | undefined
export type Comparison = (lookup: Lookup) => Value | undefined

const TOKEN =
  /\s*(\$(?:\.\.\.)?(?:[A-Z_][A-Z_0-9]*|\d+)|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+\.?\d*(?:[eE][+-]?\d+)?|r?"(?:\\.|[^"\\])*"|r?'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*|\*\*|\/\/|==|!=|<=|>=|<<|>>|[-+*/%<>()[\],&|^~])/y

/** Throws `Unsupported` for what it cannot read. */
export function parseComparison(source: string): Comparison {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const text = source.trim()
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) throw new Unsupported('comparison', source, text.slice(at))
    tokens.push(match[1]!)
  }
  const parser = new Parser(tokens, source)
  return parser.whole()
}

const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%'],
]

class Parser {
  #at = 0
  readonly #tokens: readonly string[]
  readonly #source: string
  constructor(tokens: readonly string[], source: string) {
    this.#tokens = tokens
    this.#source = source
  }

  whole(): Comparison {
    const it = this.#level(0)
    if (this.#at < this.#tokens.length) this.#fail()
    return it
  }

  #fail(): never {
    throw new Unsupported('comparison', this.#source, this.#tokens[this.#at] ?? '')
  }

  #level(level: number): Comparison {
    if (level === LEVELS.length) return this.#unary()
    if (level === 2 && this.#tokens[this.#at] === 'not') {
      this.#at++
      const operand = this.#level(2)
      return lookup => {
        const value = operand(lookup)
        return value === undefined ? undefined : !truthy(value)
      }
    }
    let left = this.#level(level + 1)
    for (;;) {
      let operator = this.#tokens[this.#at]
      if (operator === 'not' && this.#tokens[this.#at + 1] === 'in') operator = 'not in'
      if (operator === 'is' && this.#tokens[this.#at + 1] === 'not') operator = 'is not'
      if (operator === undefined || !LEVELS[level]!.includes(operator)) return left
      this.#at += operator.includes(' ') ? 2 : 1
      left = binary(operator, left, this.#level(level + 1))
    }
  }

  #unary(): Comparison {
    const token = this.#tokens[this.#at]
    if (token === '-' || token === '+' || token === '~') {
      this.#at++
      const operand = this.#unary()
      return lookup => {
        const value = operand(lookup)
        if (typeof value !== 'number') return undefined
        return token === '-' ? -value : token === '~' ? ~value : value
      }
    }
    const base = this.#primary()
    if (this.#tokens[this.#at] !== '**') return base
    this.#at++
    return binary('**', base, this.#unary())
  }

  #primary(): Comparison {
    const token = this.#tokens[this.#at++]
    if (token === undefined) this.#fail()
    if (token.startsWith('$')) return lookup => lookup(token.replace(/^\$(?:\.{3})?/, ''))
    if (/^\d/.test(token)) return () => Number(token)
    if (/^r?["']/.test(token)) {
      const raw = token.startsWith('r')
      const body = token.slice(raw ? 2 : 1, -1)
      const text = raw
        ? body
        : body
            .replace(/\\(['"\\])/g, '$1')
            .replace(/\\n/g, '\n')
            .replace(/\\t/g, '\t')
      return () => text
    }
    if (token === '(') {
      const inner = this.#level(0)
      if (this.#tokens[this.#at++] !== ')') this.#fail()
      return inner
    }
    if (token === '[') {
      const items = this.#list(']')
      return lookup => {
        const values = items.map(it => it(lookup))
        return values.includes(undefined) ? undefined : (values as Value[])
      }
    }
    if (token === 'True' || token === 'true') return () => true
    if (token === 'False' || token === 'false') return () => false
    if (token === 'None') return () => null
    if (this.#tokens[this.#at] === '(' && FUNCTIONS[token]) {
      this.#at++
      const given = this.#list(')')
      return lookup => {
        const values = given.map(it => it(lookup))
        return values.includes(undefined) ? undefined : FUNCTIONS[token]!(...(values as Value[]))
      }
    }
    this.#at--
    return this.#fail()
  }

  #list(close: string): Comparison[] {
    const items: Comparison[] = []
    while (this.#tokens[this.#at] !== close) {
      items.push(this.#level(0))
      if (this.#tokens[this.#at] === ',') this.#at++
      else if (this.#tokens[this.#at] !== close) this.#fail()
    }
    this.#at++
    return items
  }
}

const FUNCTIONS: Readonly<Record<string, (...values: readonly Value[]) => Value | undefined>> = {
  int: (value, base) => integer(value, base),
  float: value => number(value),
  str: value => String(value),
  bool: value => truthy(value ?? null),
  len: value => (typeof value === 'string' || Array.isArray(value) ? value.length : undefined),
  abs: value => (typeof value === 'number' ? Math.abs(value) : undefined),
  today: () => Math.floor(Date.now() / 1000),
  strptime: value => {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
    return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
  },
  're.match': (pattern, text) =>
    typeof pattern === 'string' && typeof text === 'string' ? new RegExp(pattern, 'y').test(text) : undefined,
}

function integer(value: Value | undefined, base: Value | undefined): Value | undefined {
  if (typeof value === 'number') return Math.trunc(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim().replaceAll('_', '')
  const parsed =
    typeof base === 'number' ? Number.parseInt(text.replace(/^0[xXoObB]/, ''), base) : Number(text)
  return Number.isNaN(parsed) || text === '' ? undefined : parsed
}

function number(value: Value | undefined): number | undefined {
  const parsed = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  return Number.isNaN(parsed) ? undefined : parsed
}

export function truthy(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

function binary(operator: string, left: Comparison, right: Comparison): Comparison {
  return lookup => {
    const a = left(lookup)
    if (operator === 'and' || operator === 'or') {
      if (a === undefined) return undefined
      if (truthy(a) !== (operator === 'and')) return a
      return right(lookup)
    }
    const b = right(lookup)
    return a === undefined || b === undefined ? undefined : apply(operator, a, b)
  }
}

function apply(operator: string, a: Value, b: Value): Value | undefined {
  switch (operator) {
    case '==':
    case 'is':
      return a === b
    case '!=':
    case 'is not':
      return a !== b
    case 'in':
    case 'not in': {
      const holds =
        typeof b === 'string' && typeof a === 'string'
          ? b.includes(a)
          : Array.isArray(b)
            ? b.includes(a)
            : undefined
      return holds === undefined ? undefined : holds === (operator === 'in')
    }
  }
  if (typeof a === 'string' && typeof b === 'string') {
    if (operator === '+') return a + b
    if (operator === '<') return a < b
    if (operator === '<=') return a <= b
    if (operator === '>') return a > b
    if (operator === '>=') return a >= b
    return undefined
  }
  if (typeof a !== 'number' || typeof b !== 'number') return undefined
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '//':
      return Math.floor(a / b)
    case '%':
      return a - b * Math.floor(a / b)
    case '**':
      return a ** b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '<<':
      return a * 2 ** b
    case '>>':
      return Math.floor(a / 2 ** b)
    default:
      return undefined
  }
}

// Expressions of Python and TypeScript with their types, as far as they mean the same everywhere.

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import {
  type Arithmetic,
  type Comparing,
  type Expression,
  isNumber,
  joined,
  type Library,
  sameType,
  type Type,
} from './plan.ts'
import { Refused } from './refusal.ts'

/** What is known of the function around. */
export interface Known {
  readonly file: SourceFile
  binding(node: SyntaxNode): Binding
  /** Of a variable that has a value here. */
  typeOf(node: SyntaxNode): Type
  /** It counts a loop: it is never below zero, and never large. */
  isLoopCounter(node: SyntaxNode): boolean
  /** Where `at` stands, it is a place in `list`. */
  isWithin(list: SyntaxNode, at: SyntaxNode): boolean
}

/** Larger ones are no index, and a sum of a few of them might not be exact. */
const LARGEST = 2 ** 20

export class ExpressionReader {
  readonly #known: Known

  constructor(known: Known) {
    this.#known = known
  }

  truth(node: SyntaxNode | undefined, around: SyntaxNode): Expression {
    if (!node) throw new Refused('construct', around)
    const read = this.read(node)
    if (read.type !== 'truth') throw new Refused('truthiness', node)
    return read
  }

  /** `expected` helps where nothing else tells: of an empty list. */
  read(node: SyntaxNode, expected?: Type): Expression {
    const it = node.unwrapped
    switch (it.kind) {
      case 'Number':
        return this.#number(it)
      case 'String':
        return { kind: 'text', value: plainText(it), type: 'text' }
      case 'Boolean':
        return { kind: 'truth', value: /^true$/i.test(it.text), type: 'truth' }
      case 'Name':
        return { kind: 'name', name: it.text, type: this.#known.typeOf(it) }
      case 'Unary':
        return this.#negative(it)
      case 'Binary':
        return this.#arithmetic(it, it.operator, it.child('left'), it.child('right'))
      case 'Comparison':
        return this.#comparison(it)
      case 'Logical': {
        const operator = /^(?:and|&&)$/.test(it.operator)
          ? 'and'
          : /^(?:or|\|\|)$/.test(it.operator)
            ? 'or'
            : undefined
        if (!operator) throw new Refused('construct', it)
        const [left, right] = [this.truth(it.child('left'), it), this.truth(it.child('right'), it)]
        return { kind: 'logical', operator, left, right, type: 'truth' }
      }
      case 'Not':
        return { kind: 'not', of: this.truth(it.child('operand'), it), type: 'truth' }
      case 'Conditional':
        return this.#choice(it)
      case 'Template':
        return this.#template(it)
      case 'List':
        return this.#list(it, expected)
      case 'Index':
        return this.#element(it)
      case 'Member':
      case 'Call':
        return this.#measured(it) ?? this.#library(it)
      default:
        throw new Refused('construct', it)
    }
  }

  /** `a += b` as `a + b`, `a++` as `a + 1`. */
  augmented(node: SyntaxNode, target: SyntaxNode): Expression {
    if (node.kind === 'Update') {
      const one: Expression = { kind: 'number', value: 1, type: 'count' }
      const left = this.read(target)
      if (left.type !== 'count' && left.type !== 'float') throw new Refused('overflow', node)
      return {
        kind: 'arithmetic',
        operator: node.text.includes('+') ? '+' : '-',
        left,
        right: one,
        type: left.type,
      }
    }
    return this.#arithmetic(node, node.operator.replace('=', ''), target, node.child('value'))
  }

  /** The list of `len(list)` and `list.length`. */
  measured(node: SyntaxNode): SyntaxNode | undefined {
    const it = node.unwrapped
    if (this.#known.file.language === 'python') {
      const callee = it.kind === 'Call' ? it.child('callee') : undefined
      const [only, ...more] = it.children('argument')
      const isLength = callee?.text === 'len' && this.#known.file.isFree(callee) && more.length === 0
      return isLength ? only : undefined
    }
    if (it.kind !== 'Member' || it.child('property')?.text !== 'length' || it.text.includes('?.'))
      return undefined
    return it.child('object')
  }

  #measured(node: SyntaxNode): Expression | undefined {
    const of = this.measured(node)
    if (!of) return undefined
    const list = this.read(of)
    if (list.type === 'text') throw new Refused('characters', node)
    if (typeof list.type === 'string') throw new Refused('construct', node)
    return { kind: 'length', of: list, type: 'count' }
  }

  #number(node: SyntaxNode): Expression {
    const { text } = node
    const value = Number(text)
    if (!/^\d+(\.\d+)?$/.test(text) || (/^0\d/.test(text) && !text.includes('.')))
      throw new Refused('literal', node)
    if (text.includes('.')) {
      if (Number.isInteger(value) && this.#known.file.language !== 'python')
        return { kind: 'number', value, type: 'float' }
      return { kind: 'number', value, type: 'float' }
    }
    if (value > LARGEST) throw new Refused('overflow', node)
    return { kind: 'number', value, type: 'count' }
  }

  #negative(node: SyntaxNode): Expression {
    const operand = node.child('operand')
    if (node.operator !== '-' || !operand) throw new Refused('construct', node)
    const of = this.read(operand)
    if (of.kind === 'number' && of.value !== 0) return { ...of, value: -of.value }
    // Zero has a sign in some languages only.
    if (of.type !== 'float') throw new Refused('overflow', node)
    return { kind: 'negative', of, type: 'float' }
  }

  #arithmetic(
    node: SyntaxNode,
    operator: string,
    one: SyntaxNode | undefined,
    other: SyntaxNode | undefined,
  ): Expression {
    if (!one || !other) throw new Refused('construct', node)
    const [left, right] = [this.read(one), this.read(other)]
    if (left.type === 'text' && right.type === 'text' && operator === '+')
      return { kind: 'joined', parts: [left, right], type: 'text' }
    if (!isNumber(left.type) || !isNumber(right.type)) throw new Refused('mixed', node)
    if (left.type === 'integer' || right.type === 'integer') throw new Refused('overflow', node)
    const divisor = right.kind === 'number' && right.value > 0
    const isFloat = left.type === 'float' || right.type === 'float'
    switch (operator) {
      case '/':
        if (!divisor || !isFloat) throw new Refused('division', node)
        return { kind: 'arithmetic', operator, left, right, type: 'float' }
      case '//':
        if (isFloat || !divisor || !this.#isCertain(one)) throw new Refused('division', node)
        return { kind: 'arithmetic', operator: 'halves', left, right, type: 'count' }
      case '%':
        if (isFloat || !divisor || !this.#isCertain(one)) throw new Refused('remainder', node)
        return { kind: 'arithmetic', operator: 'rest', left, right, type: 'count' }
      case '+':
      case '-':
      case '*': {
        const type = isFloat ? 'float' : 'count'
        if (!isFloat && !this.#staysSmall(operator, one, left, other, right))
          throw new Refused('overflow', node)
        return { kind: 'arithmetic', operator: operator as Arithmetic, left, right, type }
      }
      default:
        throw new Refused('construct', node)
    }
  }

  /** However often it is done: a step of a fixed size, or of what loops count. */
  #staysSmall(
    operator: string,
    one: SyntaxNode,
    left: Expression,
    other: SyntaxNode,
    right: Expression,
  ): boolean {
    const fixed = (it: Expression) => it.kind === 'number' && (operator !== '*' || it.value > 0)
    const [a, b] = [this.#isCertain(one), this.#isCertain(other)]
    if (operator === '*') return (fixed(left) && b) || (a && fixed(right))
    return fixed(left) || fixed(right) || (a && b)
  }

  /** Never below zero, and no larger than a list is long. */
  #isCertain(node: SyntaxNode): boolean {
    const it = node.unwrapped
    if (it.kind === 'Name') return this.#known.isLoopCounter(it)
    const [left, right] = [it.child('left'), it.child('right')]
    if (it.kind === 'Binary' && /^(?:%|\/\/)$/.test(it.operator) && left && right)
      return this.#isCertain(left) && /^[1-9]\d*$/.test(right.text)
    return this.measured(it) !== undefined
  }

  #comparison(node: SyntaxNode): Expression {
    const operands = [node.child('left'), node.child('right'), ...node.children('next')]
    const operators = node.children('operator').map(it => it.text)
    const compared = operators.map((operator, i): Expression => {
      const [one, other] = [operands[i], operands[i + 1]]
      if (!one || !other) throw new Refused('construct', node)
      // It would be written twice.
      if (i > 0 && !one.is('Name', 'Number')) throw new Refused('construct', one)
      if (operator === 'in') return this.#contains(node, this.read(other), this.read(one))
      const same = COMPARING.get(operator)
      if (!same) throw new Refused('construct', node)
      const [left, right] = [this.read(one), this.read(other)]
      const isEqual = same === '==' || same === '!='
      if (isNumber(left.type) && isNumber(right.type)) {
        if (!joined(left.type, right.type)) throw new Refused('mixed', node)
      } else {
        if (typeof left.type !== 'string') throw new Refused('alias', node)
        if (!sameType(left.type, right.type)) throw new Refused('mixed', node)
        if (!isEqual) throw new Refused(left.type === 'text' ? 'text-order' : 'construct', node)
      }
      return { kind: 'comparison', operator: same, left, right, type: 'truth' }
    })
    return compared.reduce((left, right) => ({
      kind: 'logical',
      operator: 'and',
      left,
      right,
      type: 'truth',
    }))
  }

  #contains(node: SyntaxNode, whole: Expression, part: Expression): Expression {
    if (whole.type !== 'text' || part.type !== 'text') throw new Refused('construct', node)
    return { kind: 'library', name: 'includes', given: [whole, part], type: 'truth' }
  }

  #choice(node: SyntaxNode): Expression {
    const [yes, no] = [node.child('consequence'), node.child('alternative')]
    if (!yes || !no) throw new Refused('construct', node)
    const condition = this.truth(node.child('condition'), node)
    const [a, b] = [this.read(yes), this.read(no)]
    const type = joined(a.type, b.type)
    if (!type) throw new Refused('mixed', node)
    if (typeof type !== 'string') throw new Refused('alias', node)
    return { kind: 'choice', condition, yes: a, no: b, type }
  }

  #template(node: SyntaxNode): Expression {
    const inner = node.children('part')
    const { text, start } = node
    const opening = /^(?:f(?:'|")|`)/.exec(text)?.[0].length
    if (!opening || /^f(?:'''|""")/.test(text)) throw new Refused('literal', node)
    const parts: Expression[] = []
    let from = opening
    const plain = (to: number) => {
      const value = text.slice(from, to)
      if (!isPlain(value) || /[{}]/.test(value)) throw new Refused('literal', node)
      if (value !== '') parts.push({ kind: 'text', value, type: 'text' })
    }
    for (const it of inner) {
      if (it.kind !== 'Interpolation') continue
      plain(it.start - start)
      from = it.end - start
      const value = it.child('value')
      if (!value || it.text.replace(/^\$?\{\s*|\s*\}$/g, '') !== value.text) throw new Refused('literal', it)
      const read = this.read(value)
      if (read.type !== 'text' && read.type !== 'count' && read.type !== 'integer')
        throw new Refused('float-text', value)
      parts.push(read)
    }
    plain(text.length - 1)
    return { kind: 'joined', parts, type: 'text' }
  }

  #list(node: SyntaxNode, expected: Type | undefined): Expression {
    const items = node.children('element').map(it => {
      const read = this.read(it)
      if (typeof read.type !== 'string') throw new Refused('alias', it)
      return read
    })
    let type: Type | undefined = expected && typeof expected !== 'string' ? expected.list : items[0]?.type
    for (const it of items) type = type && joined(type, it.type)
    if (!type) throw new Refused(items.length === 0 ? 'type' : 'mixed', node)
    return { kind: 'list', items, type: { list: type } }
  }

  #element(node: SyntaxNode): Expression {
    const [object, index] = [node.child('object'), node.child('index')]
    if (!object || !index) throw new Refused('construct', node)
    const of = this.read(object)
    if (of.type === 'text') throw new Refused('characters', node)
    if (typeof of.type === 'string') throw new Refused('construct', node)
    if (!this.#known.isWithin(object, index)) throw new Refused('element', node)
    return { kind: 'element', of, at: this.read(index), type: of.type.list }
  }

  #library(node: SyntaxNode): Expression {
    const callee = node.kind === 'Call' ? node.child('callee') : undefined
    if (!callee) throw new Refused('construct', node)
    const given = node.children('argument')
    if (given.some(it => it.is('Spread', 'KeywordArgument'))) throw new Refused('construct', node)
    if (callee.kind === 'Member' && callee.child('object')?.text !== 'Math')
      return this.#method(node, callee, given)
    const isFree =
      callee.kind === 'Name'
        ? this.#known.file.language === 'python' && this.#known.file.isFree(callee)
        : this.#known.file.language !== 'python' && this.#known.file.isFree(callee.child('object')!)
    const name = isFree ? FUNCTIONS.get(callee.text) : undefined
    if (!name) {
      if (isFree && callee.text === 'str' && given.length === 1) return this.#asText(given[0]!)
      throw new Refused('outside', node)
    }
    const read = given.map(it => this.read(it))
    if (read.length !== (name === 'absolute' ? 1 : 2) || read.some(it => !isNumber(it.type)))
      throw new Refused('construct', node)
    // Of what is no number, and of the two zeros, each language chooses its own.
    if (name !== 'absolute' && read.some(it => it.type !== 'count')) throw new Refused('mixed', node)
    if (name === 'absolute' && read[0]!.type === 'integer') throw new Refused('overflow', node)
    return { kind: 'library', name, given: read, type: read[0]!.type }
  }

  #asText(node: SyntaxNode): Expression {
    const read = this.read(node)
    if (read.type !== 'text' && read.type !== 'count' && read.type !== 'integer')
      throw new Refused('float-text', node)
    return { kind: 'joined', parts: [read], type: 'text' }
  }

  #method(node: SyntaxNode, callee: SyntaxNode, given: readonly SyntaxNode[]): Expression {
    const object = callee.child('object')
    const name = METHODS.get(
      `${this.#known.file.language === 'python' ? 'py' : 'js'} ${callee.child('property')?.text}`,
    )
    if (!object || !name || callee.text.includes('?.')) throw new Refused('outside', node)
    const on = this.read(object)
    const read = given.map(it => this.read(it))
    const isOfTexts = (type: Type) => typeof type !== 'string' && type.list === 'text'
    const isText = on.type === 'text' && read.every(it => it.type === 'text')
    const [first] = read
    switch (name) {
      case 'join': {
        const [list, between] = this.#known.file.language === 'python' ? [first, on] : [on, first]
        if (read.length !== 1 || !list || !between || !isOfTexts(list.type) || between.type !== 'text') break
        return { kind: 'library', name, given: [list, between], type: 'text' }
      }
      case 'split':
        if (!isText || read.length !== 1 || first?.kind !== 'text' || first.value === '') break
        return { kind: 'library', name, given: [on, first], type: { list: 'text' } }
      case 'replaceAll':
        if (!isText || read.length !== 2 || first?.kind !== 'text' || first.value === '') break
        // In a pattern for JavaScript's own, a dollar sign would stand for something.
        return { kind: 'library', name, given: [on, ...read], type: 'text' }
      default:
        if (!isText || read.length !== 1) break
        return { kind: 'library', name, given: [on, ...read], type: 'truth' }
    }
    throw new Refused('outside', node)
  }
}

const COMPARING: ReadonlyMap<string, Comparing> = new Map<string, Comparing>([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['==', '=='],
  ['!=', '!='],
  ['===', '=='],
  ['!==', '!='],
])

const FUNCTIONS: ReadonlyMap<string, Library> = new Map<string, Library>([
  ['abs', 'absolute'],
  ['min', 'least'],
  ['max', 'most'],
  ['Math.abs', 'absolute'],
  ['Math.min', 'least'],
  ['Math.max', 'most'],
])

const METHODS: ReadonlyMap<string, Library> = new Map<string, Library>([
  ['py startswith', 'startsWith'],
  ['py endswith', 'endsWith'],
  ['py split', 'split'],
  ['py join', 'join'],
  ['py replace', 'replaceAll'],
  ['js startsWith', 'startsWith'],
  ['js endsWith', 'endsWith'],
  ['js includes', 'includes'],
  ['js split', 'split'],
  ['js join', 'join'],
])

/** What stands between plain quotes and needs no sign before it in any language. */
function plainText(node: SyntaxNode): string {
  const value = /^(['"])([\s\S]*)\1$/.exec(node.text)?.[2]
  if (value === undefined || !isPlain(value)) throw new Refused('literal', node)
  return value
}

function isPlain(text: string): boolean {
  return /^[ !#-[\]-~]*$/.test(text)
}

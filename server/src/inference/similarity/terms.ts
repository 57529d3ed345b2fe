// What a function says and does, as a bag of terms that does not depend on its language.

import type { NamedFunction } from '../../semantics/functions.ts'
import { KIND_CODE, KINDS, type Kind, ROLE_CODE, ROLES } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { actionOf, isCeremony } from './actions.ts'
import { normalWord, wordsOf } from './words.ts'

/**
 * The first letter of a term says what sort it is: a `w`ord of a name in its normal form, the same word as it is written (`x`),
 * both again for variables, which can be called anything (`y`, `z`), a `v`ariable of one letter, a word of a `t`ext, the `d`eed of a call, a `l`iteral, an `o`perator with what it is applied to,
 * what stands right in what (`s`hape), and what stands in that again (`c`ontrol).
 */
export type Terms = Map<string, number>

/** Reads functions of one tree; what a name means is worked out once a tree. */
export class TermReader {
  readonly #tree: SyntaxTree
  readonly #words: (readonly string[] | undefined)[] = []
  readonly #variables: (readonly string[] | undefined)[] = []

  constructor(tree: SyntaxTree) {
    this.#tree = tree
  }

  /** The terms of the body and the parameters. A function that calls itself does not give its name away by that. */
  termsOf({ row, name }: Pick<NamedFunction, 'row' | 'name'>): Terms {
    const { kind, role, after } = this.#tree
    const terms: Terms = new Map()
    const last = after[row]!
    /** The labels around the current row, and where each ends. */
    const labels: string[] = ['f']
    const ends: number[] = [last]
    const enter = (label: string, end: number) => {
      const around = labels.at(-1)!
      add(terms, `s${around}>${label}`)
      if (labels.length > 1) add(terms, `c${labels.at(-2)}>${around}>${label}`)
      labels.push(label)
      ends.push(end)
    }
    const values = this.#valuesOf(row)
    for (let at = row + 1; at < last; ) {
      while (at >= ends.at(-1)!) {
        ends.pop()
        labels.pop()
      }
      const code = kind[at]!
      if (
        IS_SKIPPED[code] !== 0 ||
        IS_SKIPPED_ROLE[role[at]!] !== 0 ||
        (role[at] === NAME_ROLE && this.#tree.parent[at] === row)
      ) {
        at = after[at]!
        continue
      }
      if (values.has(at)) {
        enter('return', after[at]!)
        add(terms, `oreturn(${this.#operand(at)})`)
      }
      if (!this.#isOfCounting(at)) {
        const label = this.#label(at, code)
        // What is done to each element stands in a function in one language, and right in the loop in the other.
        if (label !== undefined && !(code === FUNCTION && labels.at(-1) === 'loop')) enter(label, after[at]!)
        this.#read(at, code, name, terms)
        if (code === FOR) {
          enter('call range', at + 1)
          add(terms, 'drange')
        }
      }
      at++
    }
    return terms
  }

  /** How much code a function is, in nodes: what `termsOf` looks at. */
  sizeOf(row: number): number {
    const { kind, role, after } = this.#tree
    let size = 0
    for (let at = row + 1; at < after[row]!; ) {
      const isSkipped = IS_SKIPPED[kind[at]!] !== 0 || IS_SKIPPED_ROLE[role[at]!] !== 0
      if (!isSkipped) size++
      at = isSkipped ? after[at]! : at + 1
    }
    return size
  }

  /** `i < n` of `for (let i = 0; i < n; i++)`, which others write as a range. */
  #isOfCounting(row: number): boolean {
    const { role, parent, kind } = this.#tree
    return role[row] === CONDITION_ROLE && kind[parent[row]!] === FOR
  }

  /** The expressions whose values a function gives without saying `return`: Rust's last ones, and an arrow's body. */
  #valuesOf(row: number): ReadonlySet<number> {
    const values = new Set<number>()
    const { kind, grammar } = this.#tree
    const body = this.#child(row, BODY_ROLE)
    if (body === 0) return values
    if (kind[body] !== BLOCK) values.add(body)
    else if (grammar === 'rust' && this.#child(row, RETURN_TYPE_ROLE) !== 0) this.#collectValues(body, values)
    return values
  }

  #collectValues(row: number, values: Set<number>): void {
    const { kind, role, after, text, end } = this.#tree
    switch (kind[row]) {
      case BLOCK: {
        let last = 0
        for (let it = row + 1; it < after[row]!; it = after[it]!) if (role[it] === STATEMENT_ROLE) last = it
        return last === 0 ? undefined : this.#collectValues(last, values)
      }
      case STATEMENT:
        return text[end[row]! - 1] === ';' ? undefined : this.#collectValues(row + 1, values)
      case IF:
      case SWITCH:
      case CASE:
      case UNSAFE:
        for (let it = row + 1; it < after[row]!; it = after[it]!)
          if (BRANCH_ROLES.has(role[it]!)) this.#collectValues(it, values)
        return
      case RETURN:
      case DECLARATOR:
      case FOR_EACH:
      case WHILE:
      case LOOP:
        return
      default:
        values.add(row)
    }
  }

  #read(row: number, code: number, own: string, terms: Terms): void {
    switch (code) {
      case NAME:
      case PROPERTY:
      case TYPE_NAME: {
        const name = this.#nameAt(row)
        if (name === own || isCeremony(name)) return
        const action = actionOf(name)
        if (action !== undefined && this.#isDone(row)) add(terms, `d${action}`)
        else for (const term of this.#wordsAt(row, code === NAME && !this.#isDone(row))) add(terms, term)
        return
      }
      case STRING:
        return this.#readText(row, terms)
      case NUMBER:
        return add(terms, `l${numberOf(this.#text(row))}`)
      case BOOLEAN:
        return add(terms, `l${this.#text(row).toLowerCase()}`)
      case NULL:
      case UNDEFINED:
        return add(terms, 'dnothing')
      case THROW:
        return add(terms, 'dfail')
      case RANGE:
        return add(terms, 'drange')
      case SLICE:
        return add(terms, 'dslice')
      case TEMPLATE:
        this.#readText(row, terms)
        return add(terms, 'dtext')
      case BINARY:
      case COMPARISON:
      case AUGMENTED:
      case LOGICAL:
        return this.#readOperation(row, code, terms)
      case UPDATE: {
        const operator = this.#operator(row)[0] ?? '+'
        add(terms, `o${operator}`)
        return add(terms, operator === '+' ? 'o+(l1,n)' : `o${operator}(n,l1)`)
      }
      case INDEX:
        return add(terms, `o[${this.#operand(this.#child(row, INDEX_ROLE))}]`)
      case RETURN: {
        const value = this.#child(row, VALUE_ROLE)
        return add(terms, `oreturn(${value === 0 ? '' : this.#operand(value)})`)
      }
    }
  }

  /** `i % 2 == 0` gives `%(n,l2)` and `==(%,l0)`; what is greater stands on the right. */
  #readOperation(row: number, code: number, terms: Terms): void {
    const operator = this.#operator(row)
    let left = this.#operand(this.#child(row, code === AUGMENTED ? TARGET_ROLE : LEFT_ROLE))
    let right = this.#operand(this.#child(row, code === AUGMENTED ? VALUE_ROLE : RIGHT_ROLE))
    let written = SAME_OPERATOR.get(operator) ?? operator
    if (written === '>' || written === '>=') {
      written = written === '>' ? '<' : '<='
      ;[left, right] = [right, left]
    }
    if (code === AUGMENTED) written = SAME_OPERATOR.get(operator.slice(0, -1)) ?? operator.slice(0, -1)
    if (COMMUTES.has(written) && right < left) [left, right] = [right, left]
    add(terms, `o${written}`)
    add(terms, `o${written}(${left},${right})`)
  }

  /** What stands at an operand, in a word. */
  #operand(row: number): string {
    const { kind, after } = this.#tree
    while (kind[row] === PARENTHESIZED && after[row]! > row + 1) row++
    switch (kind[row]) {
      case NUMBER:
        return `l${numberOf(this.#text(row))}`
      case STRING:
        return after[row] === row + 1 && this.#text(row).length <= 3 ? this.#text(row).slice(1, -1) : 't'
      case BOOLEAN:
        return this.#text(row).toLowerCase()
      case NULL:
      case UNDEFINED:
        return 'nothing'
      case INDEX:
        return '[]'
      case BINARY:
      case COMPARISON:
      case UNARY: {
        const operator = this.#operator(row)
        return SAME_OPERATOR.get(operator) ?? operator
      }
      case CALL:
      case MEMBER:
      case MACRO: {
        const done = this.#deed(row)
        return done ?? (kind[row] === CALL ? '()' : 'n')
      }
      case NAME:
        return actionOf(this.#nameAt(row)) === 'nothing' ? 'nothing' : 'n'
      default:
        return '?'
    }
  }

  /** The deed of a call or an access, when it has a known one. */
  #deed(row: number): string | undefined {
    const { kind } = this.#tree
    let it = row
    for (let steps = 0; steps < 4; steps++) {
      if (kind[it] === CALL || kind[it] === MACRO || kind[it] === NEW || kind[it] === GENERIC)
        it = this.#child(it, CALLEE_ROLE)
      else if (kind[it] === MEMBER || kind[it] === PATH) it = this.#child(it, PROPERTY_ROLE)
      else break
      if (it === 0) return undefined
    }
    return kind[it] === NAME || kind[it] === PROPERTY ? actionOf(this.#nameAt(it)) : undefined
  }

  /** What a row is in the shape of control; undefined for what has no part in it. */
  #label(row: number, code: number): string | undefined {
    switch (code) {
      case CALL:
      case MACRO:
      case NEW: {
        const deed = this.#deed(row)
        return deed === undefined ? 'call' : LOOP_DEEDS.has(deed) ? 'loop' : `call ${deed}`
      }
      case BINARY:
      case COMPARISON:
      case LOGICAL:
      case AUGMENTED: {
        const operator = this.#operator(row)
        const bare = code === AUGMENTED ? operator.slice(0, -1) : operator
        const written = SAME_OPERATOR.get(bare) ?? bare
        return written === '>' ? '<' : written === '>=' ? '<=' : written
      }
      case ASSIGNMENT:
        return this.#tree.kind[this.#child(row, TARGET_ROLE)] === INDEX ? '[]=' : undefined
      default:
        return LABELS[code]
    }
  }

  #readText(row: number, terms: Terms): void {
    const text = this.#text(row)
    if (text.length <= 3) return add(terms, `l${text.slice(1, -1)}`)
    if (this.#tree.kind[this.#tree.parent[row]!] === STATEMENT) return // a docstring, which may say the name
    for (const word of wordsOf(text.slice(0, MAX_TEXT)))
      if (word.length > 1) add(terms, `t${normalWord(word)}`)
  }

  /** The name stands where something is called or looked up. */
  #isDone(row: number): boolean {
    const role = this.#tree.role[row]!
    return (
      role === CALLEE_ROLE ||
      role === PROPERTY_ROLE ||
      this.#tree.kind[row] === TYPE_NAME ||
      actionOf(this.#nameAt(row)) === 'nothing'
    )
  }

  #child(row: number, role: number): number {
    const { after, role: roles } = this.#tree
    const last = after[row]!
    for (let it = row + 1; it < last; it = after[it]!) if (roles[it] === role) return it
    return 0
  }

  #operator(row: number): string {
    const at = this.#child(row, OPERATOR_ROLE)
    return at === 0 ? '' : this.#text(at).replace(/\s+/g, ' ')
  }

  #text(row: number): string {
    const { text, start, end } = this.#tree
    return text.slice(start[row]!, end[row]!)
  }

  #nameAt(row: number): string {
    const { names, name } = this.#tree
    return names[name[row]!]!
  }

  #wordsAt(row: number, isVariable: boolean): readonly string[] {
    const id = this.#tree.name[row]!
    const known = isVariable ? this.#variables : this.#words
    const [normal, written] = isVariable ? ['y', 'z'] : ['w', 'x']
    known[id] ??= wordsOf(this.#tree.names[id]!).flatMap(it =>
      it.length === 1 ? `v${it}` : [`${normal}${normalWord(it)}`, `${written}${it}`],
    )
    return known[id]
  }
}

/** Longer texts are prose or data; their first words say what they are about. */
const MAX_TEXT = 200

function add(terms: Terms, term: string): void {
  terms.set(term, (terms.get(term) ?? 0) + 1)
}

/** `1_000u64`, `1000` and `1000.0` are one number. */
function numberOf(text: string): string {
  const plain = text.replace(/_/g, '').replace(/([iu](8|16|32|64|128|size)|f(32|64)|n)$/, '')
  const value = Number(plain)
  return Number.isNaN(value) ? plain : String(value)
}

const SAME_OPERATOR: ReadonlyMap<string, string> = new Map([
  ['===', '=='],
  ['!==', '!='],
  ['is', '=='],
  ['is not', '!='],
  ['<>', '!='],
  ['and', '&&'],
  ['or', '||'],
  ['??', '||'],
  ['//', '/'],
  ['>>>', '>>'],
  ['not in', 'in'],
])

const COMMUTES: ReadonlySet<string> = new Set(['+', '*', '==', '!=', '&', '|', '^', '&&', '||'])

const LOOP_DEEDS: ReadonlySet<string> = new Set(['map', 'filter', 'fold', 'any of', 'all of'])

const LABELS: (string | undefined)[] = []
for (const [label, kinds] of Object.entries({
  loop: ['For', 'ForEach', 'While', 'DoWhile', 'Loop', 'Comprehension'],
  if: ['If', 'ElseIf', 'Conditional', 'Switch', 'ComprehensionIf'],
  return: ['Return'],
  yield: ['Yield'],
  await: ['Await'],
  try: ['Try'],
  catch: ['Catch'],
  throw: ['Throw'],
  break: ['Break'],
  continue: ['Continue'],
  index: ['Index'],
  slice: ['Slice'],
  function: ['Function'],
  '+': ['Update'],
  'call range': ['Range'],
  not: ['Not'],
  list: ['List'],
  object: ['Dictionary', 'StructLiteral'],
  text: ['Template'],
} satisfies Record<string, Kind[]>))
  for (const kind of kinds) LABELS[KIND_CODE[kind as Kind]] = label

/** Types differ between languages in whether they are there at all; comments are for people. */
const IS_SKIPPED = new Uint8Array(KINDS.length)
for (const kind of [
  'Comment',
  'Type',
  'TypeParameters',
  'TypeArguments',
  'Decorator',
  'Keyword',
  'Operator',
  'Import',
] as const)
  IS_SKIPPED[KIND_CODE[kind]] = 1

const IS_SKIPPED_ROLE = new Uint8Array(ROLES.length)
for (const role of ['increment', 'type', 'returnType', 'typeParameters', 'typeArguments'] as const)
  IS_SKIPPED_ROLE[ROLE_CODE[role]] = 1

const NAME = KIND_CODE.Name
const PROPERTY = KIND_CODE.PropertyName
const TYPE_NAME = KIND_CODE.TypeName
const STRING = KIND_CODE.String
const TEMPLATE = KIND_CODE.Template
const NUMBER = KIND_CODE.Number
const BOOLEAN = KIND_CODE.Boolean
const NULL = KIND_CODE.Null
const UNDEFINED = KIND_CODE.Undefined
const THROW = KIND_CODE.Throw
const RANGE = KIND_CODE.Range
const SLICE = KIND_CODE.Slice
const BINARY = KIND_CODE.Binary
const COMPARISON = KIND_CODE.Comparison
const LOGICAL = KIND_CODE.Logical
const AUGMENTED = KIND_CODE.AugmentedAssignment
const ASSIGNMENT = KIND_CODE.Assignment
const UPDATE = KIND_CODE.Update
const UNARY = KIND_CODE.Unary
const INDEX = KIND_CODE.Index
const RETURN = KIND_CODE.Return
const CALL = KIND_CODE.Call
const NEW = KIND_CODE.New
const MACRO = KIND_CODE.MacroCall
const MEMBER = KIND_CODE.Member
const PATH = KIND_CODE.Path
const GENERIC = KIND_CODE.GenericType
const PARENTHESIZED = KIND_CODE.Parenthesized
const STATEMENT = KIND_CODE.ExpressionStatement
const FUNCTION = KIND_CODE.Function
const BLOCK = KIND_CODE.Block
const IF = KIND_CODE.If
const SWITCH = KIND_CODE.Switch
const CASE = KIND_CODE.Case
const UNSAFE = KIND_CODE.UnsafeBlock
const DECLARATOR = KIND_CODE.Declarator
const FOR = KIND_CODE.For
const FOR_EACH = KIND_CODE.ForEach
const WHILE = KIND_CODE.While
const LOOP = KIND_CODE.Loop
const NAME_ROLE = ROLE_CODE.name
const OPERATOR_ROLE = ROLE_CODE.operator
const LEFT_ROLE = ROLE_CODE.left
const RIGHT_ROLE = ROLE_CODE.right
const TARGET_ROLE = ROLE_CODE.target
const VALUE_ROLE = ROLE_CODE.value
const INDEX_ROLE = ROLE_CODE.index
const CALLEE_ROLE = ROLE_CODE.callee
const PROPERTY_ROLE = ROLE_CODE.property
const CONDITION_ROLE = ROLE_CODE.condition
const BODY_ROLE = ROLE_CODE.body
const RETURN_TYPE_ROLE = ROLE_CODE.returnType
const STATEMENT_ROLE = ROLE_CODE.statement
const BRANCH_ROLES: ReadonlySet<number> = new Set([
  ROLE_CODE.consequence,
  ROLE_CODE.alternative,
  ROLE_CODE.case,
  ROLE_CODE.body,
])

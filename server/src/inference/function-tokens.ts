// A function as the bug finder reads it: its names, literals and operators in order, each with its place in the unified tree.

import { BINDING_CODE, DECLARE, READ, type Scopes } from '../semantics/scopes.ts'
import { childRow } from '../semantics/targets.ts'
import { KIND_CODE as K, ROLE_CODE as R } from '../syntax/kinds.ts'
import { FLAG_ERROR, type SyntaxTree } from '../syntax/tree.ts'
import {
  CHOICES,
  type Group,
  NO_SITE,
  normalOperator,
  operatorGroup,
  siteOf,
  VARIABLE_SITE,
} from './choices.ts'

/**
 * Columns over the tokens of one function. Token 0 stands for the function itself. Punctuation has no token: where a token
 * stands is said by its kind and role and those of what is around it, the same in every language.
 *
 * Negations in conditions and awaited calls are tokens of their own that stand there whether or not there is a negation or
 * an `await`, so that every repair is a change of one token and leaves all others as they are.
 */
export interface FunctionTokens {
  /** The row of the function. */
  readonly row: number
  readonly start: number
  readonly end: number
  readonly count: number
  /** What stands there: the text of names and numbers, operators in normal form, `<if>` and the like for structure. */
  readonly words: readonly string[]
  /** For an argument of a function of this file: the name of its parameter, else ''. */
  readonly expected: readonly string[]
  /** `STRUCTURE.length` numbers a token. */
  readonly structure: Uint8Array
  /** The number of the token's binding in `symbols`, from 1; 0 when it has none. */
  readonly symbol: Int32Array
  /** Counts the statements. */
  readonly statement: Int32Array
  /** `NO_SITE` or what may be wrong here (`choices.ts`). */
  readonly site: Uint8Array
  /** At sites of a group: which of `CHOICES` stands there. */
  readonly choice: Uint8Array
  /** Of reads of a variable: the bits of `USES` for what happens to its value there. */
  readonly uses: Uint16Array
  /** Of reads of a variable: a bit for the property that is read from it there. */
  readonly properties: Int32Array
  /** The row of the tree that a token came from. */
  readonly rows: Int32Array
  readonly symbols: readonly FunctionSymbol[]
}

/** What `structure` says of a token, and how many values each has. */
export const STRUCTURE = [
  { name: 'kind', size: 128 },
  { name: 'role', size: 64 },
  { name: 'parentKind', size: 128 },
  { name: 'parentRole', size: 64 },
  { name: 'grandparentKind', size: 128 },
  { name: 'statementKind', size: 128 },
  { name: 'blockDepth', size: 8 },
  { name: 'expressionDepth', size: 8 },
  { name: 'binding', size: 96 },
  { name: 'position', size: 8 },
] as const

/** One variable that occurs in the function. */
export interface FunctionSymbol {
  readonly name: string
  /** `BINDING_CODE` of its kind. */
  readonly kind: number
  /** It can stand where another variable stands: not a function, a class, an import, a type, `self` or `_`. */
  readonly isVariable: boolean
  /** It has a value in the tokens `from..until`. */
  readonly from: number
  readonly until: number
  /** Bits of `USES`: how the function uses it. */
  readonly uses: number
  /** A bit for each name (hashed) that is read from it. */
  readonly properties: number
  /** The text of its declared type, or ''. */
  readonly type: string
}

/** How a place uses the value that stands there; a bit each. */
export const USES = [
  'called',
  'object',
  'indexed',
  'index',
  'arithmetic',
  'ordered',
  'condition',
  'iterated',
  'awaited',
] as const

/** More than this many tokens are too slow to answer: the functions inside are then read one by one. */
export const MOST_TOKENS = 512

/** The functions of a file that are read each as a whole: the outermost ones that are not too long and not broken. */
export function functionsOf(tree: SyntaxTree, scopes: Scopes, most = MOST_TOKENS): FunctionTokens[] {
  return [...eachFunction(tree, scopes, () => true, most)]
}

/** The same one by one. A function that is not wanted, given by its place in the text, is passed over with all in it. */
export function* eachFunction(
  tree: SyntaxTree,
  scopes: Scopes,
  isWanted: (start: number, end: number) => boolean,
  most = MOST_TOKENS,
): Generator<FunctionTokens> {
  const { kind, flags, start, end, after, rows } = tree
  for (let row = 1; row < rows; ) {
    if (kind[row] !== K.Function || childRow(tree, row, 'body') === -1) {
      row++
      continue
    }
    if (!isWanted(start[row]!, end[row]!)) {
      row = after[row]!
      continue
    }
    // A token takes a row or more, and few rows make two.
    const mayFit = (flags[row]! & FLAG_ERROR) === 0 && after[row]! - row <= most * 4
    const tokens = mayFit ? tokensOf(tree, scopes, row, most) : undefined
    if (tokens) yield tokens
    row = tokens ? after[row]! : row + 1
  }
}

/** Undefined when the function has more than `most` tokens. */
export function tokensOf(
  tree: SyntaxTree,
  scopes: Scopes,
  row: number,
  most = MOST_TOKENS,
): FunctionTokens | undefined {
  const reader = new FunctionReader(tree, scopes, row, most)
  return reader.read() ? reader.finish() : undefined
}

class FunctionReader {
  readonly #tree: SyntaxTree
  readonly #scopes: Scopes
  readonly #row: number
  readonly #most: number
  readonly #isAsync: boolean
  readonly #words: string[] = []
  readonly #expected: string[] = []
  readonly #structure: number[] = []
  readonly #symbol: number[] = []
  readonly #statement: number[] = []
  readonly #site: number[] = []
  readonly #choice: number[] = []
  readonly #rows: number[] = []
  /** binding → its number in `#bindings`, from 1. */
  readonly #numbers = new Map<number, number>()
  readonly #bindings: number[] = []
  readonly #usesOf: number[] = []
  readonly #propertiesOf: number[] = []
  readonly #uses: number[] = []
  readonly #properties: number[] = []
  /** row of an argument → the name of the parameter that it is for. */
  readonly #parameterOf = new Map<number, string>()
  #statements = 0

  constructor(tree: SyntaxTree, scopes: Scopes, row: number, most: number) {
    this.#tree = tree
    this.#scopes = scopes
    this.#row = row
    this.#most = most
    this.#isAsync = hasKeyword(tree, row, 'async')
  }

  read(): boolean {
    const { kind, role, after } = this.#tree
    const last = after[this.#row]!
    this.#push(this.#row, '<function>')
    for (let row = this.#row + 1; row < last; ) {
      if (this.#words.length >= this.#most) return false
      const code = kind[row]!
      if (code === K.Comment || code === K.Decorator) {
        row = after[row]!
        continue
      }
      if (role[row] === R.statement || code === K.Parameter) this.#statements++
      if (code === K.Call || code === K.New) this.#expectParameters(row)
      this.#mark(row, code)
      if (after[row] === row + 1) this.#leaf(row, code)
      else if (WHOLE[code]) {
        this.#leaf(row, code)
        row = after[row]!
        continue
      }
      row++
    }
    return this.#words.length <= this.#most
  }

  finish(): FunctionTokens {
    const { start, end } = this.#tree
    const rows = Int32Array.from(this.#rows)
    return {
      row: this.#row,
      start: start[this.#row]!,
      end: end[this.#row]!,
      count: this.#words.length,
      words: this.#words,
      expected: this.#expected,
      structure: Uint8Array.from(this.#structure),
      symbol: Int32Array.from(this.#symbol),
      statement: Int32Array.from(this.#statement),
      site: Uint8Array.from(this.#site),
      choice: Uint8Array.from(this.#choice),
      uses: Uint16Array.from(this.#uses),
      properties: Int32Array.from(this.#properties),
      rows,
      symbols: this.#bindings.map((binding, i) => this.#describe(binding, i, rows)),
    }
  }

  /** Tokens for structure: those in front of what they begin. */
  #mark(row: number, code: number): void {
    const word = MARKS[code]
    if (word !== undefined && this.#tree.after[row]! > row + 1) this.#push(row, word)
    if (code === K.Block && this.#tree.role[row] === R.alternative) this.#push(row, '<else>')
    if (code === K.Not) this.#markChoice(row, 'negation', '<not>', this.#isNegated(row))
    else if (NEGATABLE[code] && this.#isTested(row)) this.#markChoice(row, 'negation', '<plain>')
    if (this.#isAsync && this.#isAwaitSite(row, code))
      this.#markChoice(row, 'await', code === K.Await ? '<await>' : '<call>')
  }

  #leaf(row: number, code: number): void {
    const { parent, kind } = this.#tree
    switch (code) {
      case K.Operator: {
        if (kind[parent[row]!] === K.Not) return
        const operator = normalOperator(this.#text(row).replace(/\s+/g, ' '))
        const group = this.#isOperatorSite(row) ? operatorGroup(operator) : undefined
        this.#push(row, operator, group ? siteOf(group) : NO_SITE, operator)
        return
      }
      case K.Boolean: {
        const word = /^t/i.test(this.#text(row)) ? '<true>' : '<false>'
        this.#push(row, word, siteOf('boolean'), word)
        return
      }
      case K.Number: {
        const text = this.#text(row)
        const isSite = /^[0-3]$/.test(text)
        this.#push(row, text.length > 4 ? '<number>' : text, isSite ? siteOf('integer') : NO_SITE, text)
        return
      }
      case K.Name:
      case K.TypeName:
        this.#push(row, this.#text(row), this.#isVariableSite(row) ? VARIABLE_SITE : NO_SITE)
        this.#refer(row)
        return
      case K.PropertyName:
      case K.String:
      case K.Keyword:
      case K.This:
      case K.Super:
      case K.Null:
      case K.Undefined:
        this.#push(row, this.#text(row))
        return
      default:
        this.#push(row, code === K.Other || code === K.Type ? this.#text(row) : STRUCTURE_WORDS[code]!)
    }
  }

  /** A mark that stands there whichever of its group's choices the code makes, so it must not show by anything else. */
  #markChoice(row: number, group: Group, word: string, isSite = true): void {
    this.#push(row, word, isSite ? siteOf(group) : NO_SITE, word, true)
  }

  #push(row: number, word: string, site = NO_SITE, choice = '', isMark = false): void {
    const { kind, role, tree } = this.#columns
    const isFunction = row === this.#row
    const own = this.#top(row)
    const above = tree.parent[own]!
    const aboveTop = this.#top(above)
    let statement = this.#row
    let blocks = 0
    let steps = 0
    for (let it = row; it > this.#row; ) {
      const top = this.#top(it)
      if (role[top] === R.statement || role[top] === R.parameter) {
        if (blocks++ === 0) statement = this.#inside(it)
      } else if (blocks === 0 && !IS_WRAPPER[kind[it]!] && !(isMark && it === row)) steps++
      it = tree.parent[top]!
    }
    this.#words.push(word)
    this.#expected.push(this.#parameterOf.get(own) ?? '')
    this.#structure.push(
      isMark ? 0 : kind[row]!,
      role[own]!,
      isFunction ? 0 : kind[above]!,
      isFunction ? 0 : role[aboveTop]!,
      isFunction ? 0 : kind[tree.parent[aboveTop]!]!,
      kind[statement]!,
      Math.min(blocks, 7),
      Math.min(steps, 7),
      0,
      isFunction ? 0 : this.#position(own),
    )
    this.#symbol.push(0)
    this.#statement.push(this.#statements)
    this.#site.push(site)
    this.#choice.push(site > VARIABLE_SITE ? CHOICES.indexOf(choice) : 0)
    this.#uses.push(0)
    this.#properties.push(0)
    this.#rows.push(row)
  }

  /** The token pushed last is an occurrence of the variable at `row`, if that is one. */
  #refer(row: number): void {
    const binding = this.#scopes.bindingOf[row]!
    if (binding < 0) return
    const symbol = this.#number(binding)
    const access = this.#scopes.access[row]!
    this.#symbol[this.#symbol.length - 1] = symbol
    this.#structure[this.#structure.length - 2] = bindingFeature(this.#scopes.bindingKind[binding]!, access)
    if (!(access & READ)) return
    const uses = useAt(this.#tree, row)
    const properties = propertyAt(this.#tree, row)
    this.#uses[this.#uses.length - 1] = uses
    this.#properties[this.#properties.length - 1] = properties
    this.#usesOf[symbol - 1]! |= uses
    this.#propertiesOf[symbol - 1]! |= properties
  }

  get #columns() {
    const tree = this.#tree
    return { tree, kind: tree.kind, role: tree.role, after: tree.after }
  }

  /** The outermost node that says no more than `row` for those who look from above: parentheses, `not`, `await`. */
  #top(row: number): number {
    const { kind, parent } = this.#tree
    let it = row
    while (it > this.#row && IS_WRAPPER[kind[parent[it]!]!]) it = parent[it]!
    return it
  }

  /** What stands in parentheses, behind `not` or behind `await`. */
  #inside(row: number): number {
    const { kind } = this.#tree
    let it = row
    while (IS_WRAPPER[kind[it]!]) {
      const inner = childRow(this.#tree, it, kind[it] === K.Not ? 'operand' : 'value')
      if (inner === -1) break
      it = inner
    }
    return it
  }

  /** Which of its parent's children in this role it is. */
  #position(row: number): number {
    const { parent, role, after } = this.#tree
    let position = 0
    for (let it = parent[row]! + 1; it < row && position < 7; it = after[it]!)
      if (role[it] === role[row]) position++
    return position
  }

  #number(binding: number): number {
    let number = this.#numbers.get(binding)
    if (number === undefined) {
      this.#bindings.push(binding)
      this.#usesOf.push(0)
      this.#propertiesOf.push(0)
      number = this.#bindings.length
      this.#numbers.set(binding, number)
    }
    return number
  }

  #describe(binding: number, index: number, rows: Int32Array): FunctionSymbol {
    const { bindingKind, bindingName, bindingScope, bindingRow, scopeRow } = this.#scopes
    const { names, after, text, start, end } = this.#tree
    const kind = bindingKind[binding]!
    const name = names[bindingName[binding]!]!
    const declared = bindingRow[binding]!
    const scope = scopeRow[bindingScope[binding]!]!
    const isInside = declared > this.#row && declared < after[this.#row]!
    const type = isInside ? this.#declaredType(declared) : -1
    return {
      name,
      kind,
      isVariable: IS_VARIABLE[kind] === 1 && !NEVER_MEANT.has(name),
      from: isInside ? tokenAt(rows, this.#givenAt(declared)) : 0,
      until: isInside && scope > this.#row ? tokenAt(rows, after[scope]!) : rows.length,
      uses: this.#usesOf[index]!,
      properties: this.#propertiesOf[index]!,
      type: type === -1 ? '' : text.slice(start[type], end[type]).replace(/^:\s*/, '').replace(/\s+/g, ''),
    }
  }

  /** The first row behind what gives the variable its first value. */
  #givenAt(declared: number): number {
    const { kind, parent, after } = this.#tree
    for (let it = declared; it > this.#row; it = parent[it]!) {
      const code = kind[it]!
      if (code === K.ForEach) {
        const body = childRow(this.#tree, it, 'body')
        return body === -1 ? after[it]! : body
      }
      if (GIVES_VALUE[code]) return after[it]!
      if (code === K.Block || code === K.Parameters) break
    }
    return after[declared]!
  }

  #declaredType(declared: number): number {
    const { parent, kind } = this.#tree
    const above = parent[declared]!
    const code = kind[above]!
    return code === K.Parameter || code === K.Declarator || code === K.Assignment
      ? childRow(this.#tree, above, 'type')
      : -1
  }

  #isVariableSite(row: number): boolean {
    const { tree } = this.#columns
    const binding = this.#scopes.bindingOf[row]!
    const access = this.#scopes.access[row]!
    if (binding < 0 || !(access & READ) || access & DECLARE) return false
    if (!IS_VARIABLE[this.#scopes.bindingKind[binding]!]) return false
    if (NEVER_MEANT.has(tree.names[tree.name[row]!]!)) return false
    return !(tree.types[tree.symbol[row]!] ?? '').includes('shorthand')
  }

  /** Between strings, `+` joins, and no other operator could stand there. */
  #isOperatorSite(row: number): boolean {
    const { tree, kind, after } = this.#columns
    const above = tree.parent[row]!
    if (kind[above] === K.Unary || kind[above] === K.TokenTree || kind[above] === K.Borrow) return false
    if (
      kind[above] !== K.Binary &&
      kind[above] !== K.AugmentedAssignment &&
      kind[above] !== K.Comparison &&
      kind[above] !== K.Logical
    )
      return false
    if (kind[above] === K.Logical || kind[above] === K.Comparison) return true
    for (let it = above + 1; it < after[above]!; it++) {
      if (
        kind[it] === K.String ||
        kind[it] === K.Template ||
        kind[it] === K.Concatenation ||
        kind[it] === K.List
      )
        return false
    }
    return true
  }

  /** A `not` that could be too much: without it, its operand would be a place where one could be missing. */
  #isNegated(row: number): boolean {
    const { kind } = this.#tree
    let operand = childRow(this.#tree, row, 'operand')
    while (operand !== -1 && kind[operand] === K.Parenthesized)
      operand = childRow(this.#tree, operand, 'value')
    return operand !== -1 && NEGATABLE[kind[operand]!] === 1 && this.#isTested(row)
  }

  /** What stands there is taken as true or false. */
  #isTested(row: number): boolean {
    const { kind, role, parent } = this.#tree
    for (let it = row; it > this.#row; it = parent[it]!) {
      const above = kind[parent[it]!]!
      if (role[it] === R.condition || role[it] === R.guard) return HAS_CONDITION[above] === 1
      if (above !== K.Logical && above !== K.Parenthesized) return false
    }
    return false
  }

  #isAwaitSite(row: number, code: number): boolean {
    const { kind, parent } = this.#tree
    if (code === K.Await) {
      const value = childRow(this.#tree, row, 'value')
      return value !== -1 && kind[value] === K.Call
    }
    return code === K.Call && kind[parent[row]!] !== K.Await
  }

  /** For a call of a function that this file declares, what its arguments are for. */
  #expectParameters(call: number): void {
    const { tree, kind, role, after } = this.#columns
    const callee = childRow(tree, call, 'callee')
    if (callee === -1) return
    const declaration = this.#calledFunction(callee)
    if (declaration === -1) return
    const parameters = childRow(tree, declaration, 'parameters')
    if (parameters === -1) return
    const names: string[] = []
    for (let it = parameters + 1; it < after[parameters]!; it = after[it]!) {
      if (role[it] !== R.parameter) continue
      const name = parameterName(tree, it)
      if (names.length === 0 && NEVER_MEANT.has(name)) continue
      names.push(name)
    }
    let position = 0
    for (let it = call + 1; it < after[call]!; it = after[it]!) {
      if (role[it] !== R.argument) continue
      if (kind[it] === K.Spread) return
      if (kind[it] === K.KeywordArgument) continue
      const name = names[position++]
      if (name) this.#parameterOf.set(it, name)
    }
  }

  #calledFunction(callee: number): number {
    const { tree, kind } = this.#columns
    const { bindingOf, bindingRow } = this.#scopes
    if (kind[callee] === K.Name) {
      const binding = bindingOf[callee]!
      if (binding < 0) return -1
      const declared = tree.parent[bindingRow[binding]!]!
      return kind[declared] === K.Function && bindingRow[binding] === childRow(tree, declared, 'name')
        ? declared
        : -1
    }
    if (kind[callee] !== K.Member) return -1
    const object = childRow(tree, callee, 'object')
    const property = childRow(tree, callee, 'property')
    if (object === -1 || property === -1) return -1
    if (
      kind[object] !== K.This &&
      !(kind[object] === K.Name && NEVER_MEANT.has(tree.names[tree.name[object]!]!))
    )
      return -1
    // A method of the class around.
    for (let it = tree.parent[this.#row]!; it !== 0; it = tree.parent[it]!) {
      if (kind[it] !== K.Class && kind[it] !== K.Implementation) continue
      for (
        let row = it + 1;
        row < tree.after[it]!;
        row = kind[row] === K.Function ? tree.after[row]! : row + 1
      ) {
        if (kind[row] !== K.Function) continue
        const name = childRow(tree, row, 'name')
        if (name !== -1 && tree.name[name] === tree.name[property]) return row
      }
      return -1
    }
    return -1
  }

  #text(row: number): string {
    const { text, start, end } = this.#tree
    return text.slice(start[row], Math.min(end[row]!, start[row]! + 200))
  }
}

/** The value of `binding` in `STRUCTURE` for a use of a variable. */
export function bindingFeature(kind: number, access: number): number {
  return (kind + 1) * 8 + access
}

/** The bit of `USES` for what happens to the value at `row`, or 0. */
function useAt(tree: SyntaxTree, row: number): number {
  const { kind, role, parent } = tree
  let it = row
  while (IS_WRAPPER[kind[parent[it]!]!] && kind[parent[it]!] !== K.Await && kind[parent[it]!] !== K.Not)
    it = parent[it]!
  const above = kind[parent[it]!]!
  switch (role[it]) {
    case R.callee:
      return use('called')
    case R.object:
      return above === K.Index ? use('indexed') : use('object')
    case R.index:
      return use('index')
    case R.iterable:
      return use('iterated')
    case R.condition:
      return use('condition')
  }
  switch (above) {
    case K.Binary:
    case K.AugmentedAssignment:
    case K.Unary:
      return use('arithmetic')
    case K.Not:
    case K.Logical:
      return use('condition')
    case K.Await:
      return use('awaited')
    case K.Comparison: {
      const operator = childRow(tree, parent[it]!, 'operator')
      const first = operator === -1 ? '' : tree.text[tree.start[operator]!]
      return first === '<' || first === '>' ? use('ordered') : 0
    }
  }
  return 0
}

/** A bit for the property that is read from the value at `row`, or 0. */
function propertyAt(tree: SyntaxTree, row: number): number {
  const above = tree.parent[row]!
  if (tree.role[row] !== R.object || tree.kind[above] !== K.Member) return 0
  const property = childRow(tree, above, 'property')
  if (property === -1) return 0
  let hash = 7
  for (const letter of tree.text.slice(tree.start[property], tree.end[property]))
    hash = (hash * 31 + letter.charCodeAt(0)) | 0
  return 1 << (hash & 31)
}

function use(name: (typeof USES)[number]): number {
  return 1 << USES.indexOf(name)
}

function parameterName(tree: SyntaxTree, parameter: number): string {
  if (tree.kind[parameter] === K.Name) return tree.names[tree.name[parameter]!]!
  const target = childRow(tree, parameter, 'target')
  return target !== -1 && tree.kind[target] === K.Name ? tree.names[tree.name[target]!]! : ''
}

function hasKeyword(tree: SyntaxTree, row: number, keyword: string): boolean {
  for (let it = row + 1; it < tree.after[row]!; it = tree.after[it]!) {
    if (tree.kind[it] === K.Keyword && tree.types[tree.symbol[it]!] === keyword) return true
    if (tree.role[it] === R.body) break
  }
  return false
}

/** The first token of a row at or behind `row`. */
function tokenAt(rows: Int32Array, row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}

const flags = (...codes: readonly number[]): Uint8Array => {
  const found = new Uint8Array(256)
  for (const it of codes) found[it] = 1
  return found
}

const IS_WRAPPER = flags(K.Parenthesized, K.Not, K.Await, K.ExpressionStatement)
/** What is one token whatever its parts: `not in` has some. */
const WHOLE = flags(K.String, K.Operator)
const HAS_CONDITION = flags(
  K.If,
  K.ElseIf,
  K.While,
  K.DoWhile,
  K.Conditional,
  K.Assert,
  K.ComprehensionIf,
  K.Case,
)
const GIVES_VALUE = flags(
  ...[
    K.Assignment,
    K.Declarator,
    K.NamedExpression,
    K.LetCondition,
    K.WithItem,
    K.ComprehensionFor,
    K.AugmentedAssignment,
  ],
)
/** Expressions in front of which a missing `not` is a natural mistake: a comparison would be turned round instead. */
const NEGATABLE = flags(K.Name, K.Member, K.Call, K.Index, K.MacroCall, K.Await, K.Path)
const IS_VARIABLE = flags(
  BINDING_CODE.variable,
  ...[BINDING_CODE.constant, BINDING_CODE.parameter, BINDING_CODE.catch, BINDING_CODE.loop],
)
const NEVER_MEANT: ReadonlySet<string> = new Set(['self', 'cls', 'this', '_', '__'])

const STRUCTURE_WORDS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(K).map(([kind, code]) => [code, `<${kind.toLowerCase()}>`]),
)
const MARKED = [
  ...[
    K.Function,
    K.Return,
    K.Throw,
    K.For,
    K.ForEach,
    K.While,
    K.DoWhile,
    K.Loop,
    K.If,
    K.ElseIf,
    K.Switch,
    K.Case,
    K.DefaultCase,
  ],
  ...[K.Try, K.Catch, K.Finally, K.With, K.Conditional, K.Comprehension, K.Assert, K.Delete, K.Class],
] as const
const MARKS: Readonly<Record<number, string>> = Object.fromEntries(
  MARKED.map(code => [code, STRUCTURE_WORDS[code]!]),
)

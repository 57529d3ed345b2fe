// One file as patterns see it: columns, what its rows are shaped like, and what names and constants mean.

import { type Constant, numberValue, stringValue } from '../semantics/constants.ts'
import { writesBefore } from '../semantics/definitions.ts'
import { READ, type Scopes } from '../semantics/scopes.ts'
import { type SourceFile, valueGivenTo } from '../semantics/source-file.ts'
import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import { isData } from '../syntax/language.ts'
import { SyntaxNode } from '../syntax/node.ts'
import { saysTheSame } from '../syntax/sameness.ts'
import { FLAG_ERROR, type SyntaxTree } from '../syntax/tree.ts'
import { Anchors } from './anchors.ts'
import { contentText } from './literals.ts'
import type { Bound } from './pattern.ts'
import { EXPRESSIONS, held, STATEMENT_LISTS, shapeNumber, shapesOf, unwrapped } from './shapes.ts'
import { stringPieces } from './string-pieces.ts'

/** What patterns ask a file about its names and values. */
export type CodeFile = Pick<
  SourceFile,
  'tree' | 'reader' | 'binding' | 'value' | 'constant' | 'qualifiedName'
> & { readonly scopes: Pick<Scopes, 'bindingOf' | 'access'> }

export class Code {
  readonly file: CodeFile
  readonly tree: SyntaxTree
  readonly shapes: Uint16Array
  #anchors: Anchors | undefined
  readonly #flat = new Map<readonly number[], number[]>()
  #words: ReadonlySet<string> | undefined
  #byShape: Map<number, number[]> | undefined
  #lists: (readonly number[])[] | undefined
  readonly #names = new Map<number, string>()
  #staticOwners: ReadonlyMap<string, string> | undefined
  readonly #constants = new Map<number, Constant | null>()

  constructor(file: CodeFile) {
    this.file = file
    this.tree = file.tree
    this.shapes = shapesOf(file.tree)
  }

  node(row: number): SyntaxNode {
    return new SyntaxNode(this.file.reader, row)
  }

  shape(row: number): number {
    return this.shapes[this.tree.symbol[row]!]!
  }

  text(row: number): string {
    return this.tree.text.slice(this.tree.start[row], this.tree.end[row])
  }

  /** The children, without comments and what only looks different: `?.` for `.`. */
  children(row: number): number[] {
    const { after, kind, types, symbol } = this.tree
    const rows: number[] = []
    const last = after[row]!
    for (let it = row + 1; it < last; it = after[it]!) {
      const code = kind[it]
      if (code === COMMENT || code === EMPTY) continue
      if (code === OPERATOR && types[symbol[it]!] === 'optional_chain') continue
      if (code === JSX_TEXT && this.text(it).trim() === '') continue
      rows.push(it)
    }
    return rows
  }

  child(row: number, role: number): number {
    const { after, role: roles } = this.tree
    for (let it = row + 1; it < after[row]!; it = after[it]!) if (roles[it] === role) return it
    return -1
  }

  get anchors(): Anchors {
    this.#anchors ??= new Anchors(this)
    return this.#anchors
  }

  /** Every word of the text. */
  get words(): ReadonlySet<string> {
    this.#words ??= new Set(this.tree.text.match(/\w+/g))
    return this.#words
  }

  /** Rows of a shape, in order. */
  rowsOf(shape: number): readonly number[] {
    if (!this.#byShape) {
      this.#byShape = new Map()
      const { rows, kind, symbol, flags } = this.tree
      for (let row = 0; row < rows; row++) {
        if (kind[row] === ERROR && flags[row]! & FLAG_ERROR) continue
        const shape = this.shapes[symbol[row]!]!
        const list = this.#byShape.get(shape)
        if (list) list.push(row)
        else this.#byShape.set(shape, [row])
      }
    }
    return this.#byShape.get(shape) ?? []
  }

  /** Every expression of the file. */
  *expressions(): Generator<number> {
    for (let row = 1; row < this.tree.rows; row++) if (this.#isExpression(row)) yield row
  }

  /** The expressions that lie in a stretch of the text. */
  *expressionsWithin(from: number, to: number): Generator<number> {
    const { rows, start, end } = this.tree
    let low = 1
    let high = rows
    while (low < high) {
      const middle = (low + high) >> 1
      if (start[middle]! < from) low = middle + 1
      else high = middle
    }
    for (let row = low; row < rows && start[row]! < to; row++)
      if (end[row]! <= to && this.#isExpression(row)) yield row
  }

  #isExpression(row: number): boolean {
    const { kind, role, parent } = this.tree
    if (!EXPRESSIONS.has(kind[row]!)) return false
    if (kind[row] !== NAME) return true
    const its = role[row]!
    return !(DECLARING.has(its) || (its === TARGET && DECLARES.has(kind[parent[row]!]!)))
  }

  /** Names that always hold the same string. */
  *constantNames(): Generator<number> {
    for (const row of this.rowsOf(shapeNumber('identifier')))
      if (
        this.tree.kind[row] === NAME &&
        this.file.scopes.access[row]! & READ &&
        this.constant(row)?.kind === 'string'
      )
        yield row
  }

  /** `cached` in `@cached`. */
  *bareDecorators(): Generator<number> {
    const { kind } = this.tree
    for (const row of this.rowsOf(shapeNumber('decorator')))
      for (const it of this.children(row)) if (kind[it] === NAME || kind[it] === MEMBER) yield it
  }

  /** Every list of statements of the file, as rows. */
  get statementLists(): readonly (readonly number[])[] {
    if (!this.#lists) {
      const lists: (readonly number[])[] = []
      const { rows, kind } = this.tree
      for (let row = 0; row < rows; row++) {
        if (STATEMENT_LISTS.has(kind[row]!)) {
          const list = this.statements(row)
          if (list.length > 0) lists.push(list)
        } else if (this.#isLoneStatement(row)) lists.push([row])
        else if (HOLDS_MEMBERS.has(kind[row]!) && this.tree.grammar === 'java') {
          const members = this.children(row).filter(it => this.tree.role[it] === MEMBER_ROLE)
          if (members.length > 0) lists.push(members)
        }
      }
      this.#lists = lists
    }
    return this.#lists
  }

  /** The statements of a block; what is no block is its own only statement. */
  statements(row: number): number[] {
    const { kind, role } = this.tree
    if (!STATEMENT_LISTS.has(kind[row]!)) return [row]
    const rows = this.children(row)
    if (this.tree.grammar === 'go') return this.#withInitializers(rows.filter(it => role[it] === STATEMENT))
    return kind[row] === CASE || kind[row] === SECTION ? rows.filter(it => role[it] === STATEMENT) : rows
  }

  /** Go's `if x := f(); x > 1` says two things, one after the other. */
  #withInitializers(rows: readonly number[]): number[] {
    const { kind } = this.tree
    return rows.flatMap(it => {
      const first = kind[it] === IF || kind[it] === SWITCH ? this.child(it, INITIALIZER) : -1
      return first === -1 ? [it] : [first, it]
    })
  }

  /** The statements and, after each of them, those that lie in it. */
  flattened(rows: readonly number[]): number[] {
    const known = this.#flat.get(rows)
    if (known) return known
    const flat: number[] = []
    this.#flat.set(rows, flat)
    const { after, kind } = this.tree
    for (const row of rows) {
      flat.push(row)
      for (let it = row + 1; it < after[row]!; it++)
        if (this.isStatement(it) && kind[it] !== BLOCK) flat.push(it)
    }
    return flat
  }

  isStatement(row: number): boolean {
    const { kind, role } = this.tree
    return (
      kind[row] !== COMMENT && kind[row] !== EMPTY && (role[row] === STATEMENT || this.#isLoneStatement(row))
    )
  }

  /** `if (a) b()`: a statement where a block could be. */
  #isLoneStatement(row: number): boolean {
    const { kind, role } = this.tree
    return LONE.has(kind[row]!) && role[row] !== STATEMENT && role[row] !== DEFINITION
  }

  /** `a.b` with imports written out, or empty. */
  qualifiedName(row: number): string {
    let name = this.#names.get(row)
    if (name === undefined) {
      name = this.file.qualifiedName(this.node(row))
      this.#names.set(row, name)
    }
    return name
  }

  /** The class whose method Java's `import static a.B.c` lets stand alone under this name. */
  staticOwner(row: number): string | undefined {
    if (this.tree.grammar !== 'java') return undefined
    this.#staticOwners ??= new Map(
      [...this.tree.text.matchAll(/^\s*import\s+static\s+([\w.]+)\.(\w+)\s*;/gm)].map(([, owner, name]) => [
        name!,
        owner!,
      ]),
    )
    return this.#staticOwners.get(this.text(row))
  }

  constant(row: number): Constant | undefined {
    let constant = this.#constants.get(row)
    if (constant === undefined) {
      constant = this.#constantOf(row) ?? null
      this.#constants.set(row, constant)
    }
    return constant ?? undefined
  }

  #constantOf(row: number): Constant | undefined {
    const { kind } = this.tree
    if (kind[row] === TEMPLATE) return this.#template(row)
    const node = this.node(row)
    const constant = this.file.constant(node)
    if (constant || kind[row] !== NAME) return constant
    const value = this.#visibleValue(node)
    return value && this.file.constant(value)
  }

  /** Of several values that a name is given, the only one that can be seen from here. */
  #visibleValue(node: SyntaxNode): SyntaxNode | undefined {
    const binding = this.file.binding(node)
    const writes = binding ? writesBefore(binding, node) : []
    const value = writes.length === 1 ? valueGivenTo(writes[0]!) : undefined
    return value && value.row < node.row ? value : undefined
  }

  /** The string literal that a name stands for, or -1. */
  literal(row: number): number {
    const node = this.node(row)
    const value = this.file.value(node)
    if (value.kind === 'String') return value.row
    const seen = this.tree.kind[row] === NAME ? this.#visibleValue(node)?.unwrapped : undefined
    return seen?.kind === 'String' ? seen.row : -1
  }

  /** A string whose values are all constant. */
  #template(row: number): Constant | undefined {
    let value = ''
    for (const piece of stringPieces(this.tree, row)) {
      const inner = typeof piece === 'number' ? this.constant(held(this.tree, piece)) : undefined
      if (typeof piece === 'number' && !inner) return undefined
      value += typeof piece === 'number' ? String(inner!.value) : piece
    }
    return { kind: 'string', value }
  }

  /** What a string literal holds. */
  stringOf(row: number): string {
    if (isData(this.tree.grammar)) return contentText(this.tree, row)
    return stringValue(this.node(row)) ?? this.text(row).replace(/^\w*["'`]+|["'`]+$/g, '')
  }

  /** Leaves compare by what they say: `1_000` is `1000`. */
  spelling(row: number): string {
    const { kind } = this.tree
    const text = this.text(row).trim()
    return kind[row] === NUMBER ? String(numberValue(text, this.tree.grammar) ?? text) : text
  }

  /** Both say the same; with `values`, also when one is what the other was given. */
  same(one: Bound, other: Bound, values = false): boolean {
    if (one.start === other.start && one.end === other.end) return true
    if (values && one.row >= 0 && other.row >= 0) {
      const a = this.#valueOf(one)
      const b = this.#valueOf(other)
      if ((a.row !== one.row || b.row !== other.row) && this.same(a, b)) return true
    }
    if (one.row >= 0 && other.row >= 0) {
      const a = unwrapped(this.tree, one.row)
      const b = unwrapped(this.tree, other.row)
      if (!this.#sameVariable(a, b)) return false
      if (saysTheSame(this.tree, a, this.tree, b)) return true
      if (this.tree.symbol[a] === this.tree.symbol[b] && this.tree.after[a]! > a + 1) return false
    }
    const { text } = this.tree
    return text.slice(one.start, one.end) === text.slice(other.start, other.end)
  }

  #valueOf({ row }: Bound): Bound {
    const value = this.file.value(this.node(row)).row
    return { row: value, start: this.tree.start[value]!, end: this.tree.end[value]! }
  }

  /** Two variables of one name are not the same. */
  #sameVariable(a: number, b: number): boolean {
    const { bindingOf } = this.file.scopes
    const one = bindingOf[a]!
    const other = bindingOf[b]!
    return one < 0 || other < 0 || one === other
  }
}

const COMMENT = KIND_CODE.Comment
const IF = KIND_CODE.If
const SWITCH = KIND_CODE.Switch
const INITIALIZER = ROLE_CODE.initializer
const EMPTY = KIND_CODE.EmptyStatement
const OPERATOR = KIND_CODE.Operator
const JSX_TEXT = KIND_CODE.JsxText
const ERROR = KIND_CODE.Error
const BLOCK = KIND_CODE.Block
const CASE = KIND_CODE.Case
const SECTION = KIND_CODE.Section
const NAME = KIND_CODE.Name
const TEMPLATE = KIND_CODE.Template
const NUMBER = KIND_CODE.Number
const MEMBER = KIND_CODE.Member
const TARGET = ROLE_CODE.target
/** Roles and parents of names that bring something into being, and so are no expressions. */
const DECLARING: ReadonlySet<number> = new Set([
  ROLE_CODE.name,
  ROLE_CODE.alias,
  ROLE_CODE.parameter,
  ROLE_CODE.label,
])
const DECLARES: ReadonlySet<number> = new Set([
  KIND_CODE.Parameter,
  KIND_CODE.DefaultPattern,
  KIND_CODE.Declarator,
  KIND_CODE.RestPattern,
])
const MEMBER_ROLE = ROLE_CODE.member
/** Whose members follow each other as statements do. */
const HOLDS_MEMBERS: ReadonlySet<number> = new Set([KIND_CODE.Class, KIND_CODE.New])
const STATEMENT = ROLE_CODE.statement
const DEFINITION = ROLE_CODE.definition
const LONE: ReadonlySet<number> = new Set(
  (['ExpressionStatement', 'Return', 'Throw', 'Break', 'Continue'] as const).map(it => KIND_CODE[it]),
)

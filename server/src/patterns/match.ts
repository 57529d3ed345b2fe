// Finds a pattern in a file: walks pattern and code side by side, and back where a choice was wrong.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { Code } from './code.ts'
import { matchElement } from './match-element.ts'
import { matchInstruction } from './match-instruction.ts'
import { matchDotted } from './match-names.ts'
import { matchSection } from './match-section.ts'
import {
  matchCall,
  matchClass,
  matchFunction,
  matchImport,
  matchJsx,
  matchLiteral,
  matchObject,
} from './match-shapes.ts'
import { matchStatement, matchStatements, statementMatches } from './match-statements.ts'
import { matchTemplate, matchText } from './match-text.ts'
import {
  type Bindings,
  type Bound,
  lookUp,
  type Match,
  type Pattern,
  type Program,
  type Tree,
  withoutModifiers,
} from './pattern.ts'
import { EXPRESSIONS, MAY_BE_MORE, SHAPE, shapeNumber, unwrapped } from './shapes.ts'
import { typeMatches } from './types.ts'

/** What happens when a part has matched. True ends the search. */
export type Next = (bindings: Bindings | undefined) => boolean

/** The format's options that change what matches; absent ones have the format's defaults. */
export interface MatchOptions {
  /** A name that is always the same literal is that literal. */
  readonly constants: boolean
  /** A name is also the expression that it was given. */
  readonly values: boolean
  readonly symmetricEquality: boolean
  readonly commutativeLogic: boolean
  readonly associative: boolean
  /** Statements behind a gap may lie in blocks further in. */
  readonly deepStatements: boolean
  /** An expression among statements may lie deeper in its statement. */
  readonly deepExpressions: boolean
  /** `x = 1` is said by `let x = 1` too. */
  readonly assignmentsDeclare: boolean
}

export const DEFAULT_OPTIONS: MatchOptions = {
  constants: true,
  values: false,
  symmetricEquality: false,
  commutativeLogic: false,
  associative: true,
  deepStatements: true,
  deepExpressions: true,
  assignmentsDeclare: true,
}

/** Steps that one pattern may take in one file; patterns that people write stay far below. */
const FUEL = 3_000_000

export class Matcher {
  readonly code: Code
  readonly options: MatchOptions
  #fuel = FUEL

  constructor(code: Code, options: MatchOptions = DEFAULT_OPTIONS) {
    this.code = code
    this.options = options
  }

  /** Every match of a program, each once. */
  find(program: Program): Match[] {
    this.#fuel = FUEL
    if (program.what === 'statements') return distinct(statementMatches(this, program.list))
    const matches: Match[] = []
    for (const row of this.#candidates(program.root)) {
      const { start, end } = this.#range(program.root, row)
      this.match(program.root, row, undefined, bindings => {
        matches.push({ start, end, bindings })
        return this.#fuel < 0
      })
      if (this.#fuel < 0) break
    }
    return distinct(matches)
  }

  /** The matches at one row, whatever it is: what a metavariable stands for. */
  matchesAt(program: Program, row: number): Match[] {
    this.#fuel = FUEL
    // `...` alone is anything.
    if (program.what === 'statements')
      return program.list.length === 1 && program.list[0]!.what === 'gap'
        ? [{ ...this.boundTo(row), bindings: undefined }]
        : []
    const matches: Match[] = []
    const { start, end } = this.boundTo(row)
    this.match(program.root, row, undefined, bindings => {
      matches.push({ start, end, bindings })
      return this.#fuel < 0
    })
    return distinct(matches)
  }

  /** Rows where a pattern may begin. */
  *#candidates(root: Pattern): Generator<number> {
    const { code } = this
    if (root.what === 'tree') {
      const shapes = startShapes(root)
      const [rarest] = this.anchors(root)
      if (rarest) yield* this.#around(rarest, root, shapes)
      else {
        for (const shape of shapes)
          for (const row of code.rowsOf(shape)) if (this.#mayBegin(root, row)) yield row
        if (root.kind === CALL) yield* code.bareDecorators()
      }
    } else if (root.what === 'text' && root.isRegex) yield* code.rowsOf(SHAPE.regex)
    else if (root.what === 'text' || root.what === 'template') {
      yield* code.rowsOf(SHAPE.string)
      if (root.what === 'text' && this.options.constants) yield* code.constantNames()
    } else yield* code.expressions()
  }

  /** Rows of these shapes around a name that must be in them. */
  *#around(names: readonly number[], root: Tree, shapes: readonly number[]): Generator<number> {
    const { kind, parent } = this.code.tree
    const seen = new Set<number>()
    for (const name of names) {
      for (let row = name; ; row = parent[row]!) {
        if (seen.has(row)) break
        seen.add(row)
        const isBare = root.kind === CALL && row !== 0 && kind[parent[row]!] === DECORATOR_KIND
        if (isBare || (shapes.includes(this.code.shape(row)) && this.#mayBegin(root, row))) yield row
        if (row === 0) break
      }
    }
  }

  #mayBegin(root: Tree, row: number): boolean {
    const { kind, role, parent } = this.code.tree
    // `- a: 1` is an item.
    if (root.kind === DICTIONARY && root.role === ELEMENT) return kind[parent[row]!] === LIST
    return root.kind !== NAME || (kind[row] === NAME && !NO_USE.has(role[row]!))
  }

  /** Where the names stand that a match must hold; nothing where a value may stand for its name. */
  anchors(pattern: Pattern): readonly (readonly number[])[] {
    return this.options.values ? [] : this.code.anchors.of(pattern)
  }

  mayHold(pattern: Pattern, row: number): boolean {
    return this.options.values || this.code.anchors.mayHold(pattern, row)
  }

  #range(root: Pattern, row: number): { readonly start: number; readonly end: number } {
    const { tree } = this.code
    // What decorates a function or a class is a part of it.
    if (
      tree.kind[tree.parent[row]!] === DECORATED &&
      (tree.kind[row] === FUNCTION || tree.kind[row] === CLASS)
    ) {
      const around = tree.parent[row]!
      return { start: tree.start[around]!, end: tree.end[around]! }
    }
    // `const x = 1` is one thing to who writes `$X = 1`.
    if (root.what === 'tree' && DECLARES.has(root.kind) && tree.kind[row] === DECLARATOR) {
      const around = tree.parent[row]!
      if (tree.kind[around] === DECLARATION) return { start: tree.start[around]!, end: tree.end[row]! }
    }
    return { start: tree.start[row]!, end: tree.end[row]! }
  }

  match(pattern: Pattern, row: number, bindings: Bindings | undefined, next: Next): boolean {
    if (--this.#fuel < 0) return true
    switch (pattern.what) {
      case 'hole':
        if (
          pattern.type !== undefined &&
          !typeMatches(this.code, unwrapped(this.code.tree, row), [pattern.type])
        )
          return false
        return this.bind(pattern.name, this.boundTo(unwrapped(this.code.tree, row)), bindings, next)
      case 'gap':
        return pattern.name ? this.bind(pattern.name, this.boundTo(row), bindings, next) : next(bindings)
      case 'deep': {
        const { after, kind } = this.code.tree
        for (let it = row; it < after[row]!; it++)
          if (kind[it] !== COMMENT && this.match(pattern.inner, it, bindings, next)) return true
        return false
      }
      case 'text':
        return matchText(this, pattern, unwrapped(this.code.tree, row), bindings, next)
      case 'template':
        return matchTemplate(this, pattern, unwrapped(this.code.tree, row), bindings, next)
      case 'tree':
        return this.#tree(pattern, unwrapped(this.code.tree, row), bindings, next)
    }
  }

  boundTo(row: number): Bound {
    const { start, end } = this.code.tree
    return { row, start: start[row]!, end: end[row]! }
  }

  bind(name: string, bound: Bound, bindings: Bindings | undefined, next: Next): boolean {
    if (name === '') return next(bindings)
    const known = lookUp(bindings, name)
    if (known) return this.code.same(known, bound, this.options.values) && next(bindings)
    return next({ name, bound, before: bindings })
  }

  /** Patterns in order against rows in order; gaps take any number of them. */
  list(
    patterns: readonly Pattern[],
    i: number,
    rows: readonly number[],
    j: number,
    bindings: Bindings | undefined,
    next: Next,
    byRole = false,
  ): boolean {
    if (i === patterns.length) return j === rows.length && next(bindings)
    const pattern = patterns[i]!
    if (pattern.what === 'gap') {
      const { role } = this.code.tree
      for (let to = j; ; to++) {
        const go: Next = it => this.list(patterns, i + 1, rows, to, it, next, byRole)
        const done = pattern.name
          ? this.bind(pattern.name, this.#stretch(rows, j, to), bindings, go)
          : go(bindings)
        if (done) return true
        if (
          to >= rows.length ||
          (byRole && patterns.length > 1 && pattern.role !== 0 && role[rows[to]!] !== pattern.role)
        )
          return false
      }
    }
    if (j >= rows.length) return false
    return this.match(pattern, rows[j]!, bindings, it =>
      this.list(patterns, i + 1, rows, j + 1, it, next, byRole),
    )
  }

  /** Patterns in any order. With a gap among them there may be other rows too. */
  unordered(
    patterns: readonly Pattern[],
    rows: readonly number[],
    bindings: Bindings | undefined,
    next: Next,
    mayBeMore: boolean,
  ): boolean {
    const wanted = patterns.filter(it => it.what !== 'gap')
    const open = mayBeMore || wanted.length < patterns.length
    const gap = patterns.find(it => it.what === 'gap' && it.name !== '')
    if (wanted.length > rows.length || (!open && wanted.length < rows.length)) return false
    const used = new Set<number>()
    const go = (i: number, at: Bindings | undefined): boolean => {
      if (i === wanted.length) {
        if (gap?.what !== 'gap') return next(at)
        const rest = rows.filter(it => !used.has(it))
        return this.bind(gap.name, this.#stretch(rest, 0, rest.length), at, next)
      }
      for (const row of rows) {
        if (used.has(row)) continue
        used.add(row)
        if (this.match(wanted[i]!, row, at, it => go(i + 1, it))) return true
        used.delete(row)
      }
      return false
    }
    return go(0, bindings)
  }

  #stretch(rows: readonly number[], from: number, to: number): Bound {
    const { start, end } = this.code.tree
    if (from >= to) {
      const at = from < rows.length ? start[rows[from]!]! : rows.length > 0 ? end[rows.at(-1)!]! : 0
      return { row: -1, start: at, end: at }
    }
    return { row: to === from + 1 ? rows[from]! : -1, start: start[rows[from]!]!, end: end[rows[to - 1]!]! }
  }

  #tree(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    if (pattern.kind === MEMBER && pattern.children[1]?.what === 'gap')
      return this.#chain(pattern.children[0]!, row, bindings, next)
    if (this.code.shape(row) === pattern.shape && this.#sameShape(pattern, row, bindings, next)) return true
    if (this.#otherShape(pattern, row, bindings, next)) return true
    return this.options.values && this.#value(pattern, row, bindings, next)
  }

  /** What the name was given, in its place. */
  #value(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { code } = this
    if (code.tree.kind[row] !== NAME || pattern.kind === NAME || !EXPRESSIONS.has(pattern.kind)) return false
    const value = code.file.value(code.node(row)).row
    return value !== row && this.match(pattern, value, bindings, next)
  }

  #sameShape(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { code } = this
    if (pattern.children.length === 0) {
      if (pattern.text !== undefined) return pattern.text === code.spelling(row) && next(bindings)
      if (code.tree.after[row] === row + 1) return next(bindings)
    }
    switch (pattern.kind) {
      case FUNCTION:
        return pattern.shape === SHAPE.function
          ? matchFunction(this, pattern, row, -1, bindings, next)
          : this.children(pattern, row, bindings, next)
      case INTERFACE:
      case ENUM:
        if (code.tree.grammar !== 'java') return this.children(pattern, row, bindings, next)
        return matchClass(this, pattern, row, bindings, next)
      case CLASS:
        return matchClass(this, pattern, row, bindings, next)
      case CALL:
      case NEW:
        return matchCall(this, pattern, row, bindings, next)
      case DICTIONARY:
      case OBJECT_PATTERN:
        return matchObject(this, pattern, row, bindings, next)
      case SECTION:
        if (code.tree.grammar === 'dockerfile') return matchInstruction(this, pattern, row, bindings, next)
        return matchSection(this, pattern, row, bindings, next)
      case IMPORT:
        return matchImport(this, pattern, row, bindings, next)
      case JSX:
        if (code.tree.grammar === 'html') return matchElement(this, pattern, row, bindings, next)
        return matchJsx(this, pattern, row, bindings, next)
      case ASSIGNMENT:
        return this.#assignment(pattern, row, bindings, next)
      case STRUCT_LITERAL:
        return matchLiteral(this, pattern, row, bindings, next)
      case DECORATOR_KIND:
        // `@Name(value = 1)` is shaped like a call.
        if (code.tree.grammar === 'java') return matchCall(this, pattern, row, bindings, next)
        return this.children(pattern, row, bindings, next)
      case BLOCK:
      case MODULE:
        return matchStatements(this, pattern.children, row, bindings, next)
      case DECORATED:
        return this.#decorated(pattern, row, bindings, next)
      case DECLARATION:
        return this.#declaration(pattern, row, bindings, next)
      case CONCATENATION:
        return this.list([...pattern.children, ANYTHING], 0, code.children(row), 0, bindings, next)
      case LOGICAL:
      case BINARY:
      case COMPARISON:
        return this.#operation(pattern, row, bindings, next)
      default:
        return this.children(pattern, row, bindings, next)
    }
  }

  /** The children of both, in order. Code may have more than the pattern says, where that changes little. */
  children(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { role, kind, grammar } = this.code.tree
    if (grammar === 'java' && pattern.roles.has(MODIFIER))
      return this.modifiers(pattern, row, bindings, it =>
        this.children(withoutModifiers(pattern), row, it, next),
      )
    if (grammar === 'go' && this.#isBlockOfItsOwn(pattern, row)) return false
    const isTyped = TYPED.has(kind[row]!)
    const rows = this.code.children(row).filter(it => {
      const its = role[it]!
      if (pattern.roles.has(its)) return true
      // Go's `if x := f(); x > 1`: what comes first is a statement before this one.
      if (its === INITIALIZER && grammar === 'go' && kind[row] !== FOR) return false
      if (kind[it] === KEYWORD && its === 0) return false
      return !(MAY_BE_MORE.has(its) || (isTyped && (its === TYPE || its === VALUE_OF[kind[row]!])))
    })
    const inner = this.#bodies(pattern, rows)
    return inner(0, bindings, next)
  }

  /** Go's `else if x := f(); x`: two statements in the `else`, not one condition after the other. */
  #isBlockOfItsOwn(pattern: Tree, row: number): boolean {
    const { kind, role } = this.code.tree
    if (kind[row] !== IF || role[row] !== ALTERNATIVE || pattern.roles.has(INITIALIZER)) return false
    return this.code.child(row, INITIALIZER) !== -1
  }

  /** Those that the pattern names, in any order; the code may have more. */
  modifiers(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    if (!pattern.roles.has(MODIFIER)) return next(bindings)
    const { role } = this.code.tree
    const wanted = pattern.children.filter(it => it.role === MODIFIER)
    const rows = this.code.children(row).filter(it => role[it] === MODIFIER)
    return this.unordered(wanted, rows, bindings, next, true)
  }

  /** Like `list`, but the bodies of statements are lists of statements. */
  #bodies(pattern: Tree, rows: readonly number[]) {
    const { children } = pattern
    const { kind } = this.code.tree
    const hasBody = children.some(it => it.what === 'tree' && it.kind === BLOCK)
    if (!hasBody) {
      return (_: number, bindings: Bindings | undefined, next: Next) =>
        this.list(children, 0, rows, 0, bindings, next, true)
    }
    const go = (i: number, j: number, bindings: Bindings | undefined, next: Next): boolean => {
      if (i === children.length) return j === rows.length && next(bindings)
      const child = children[i]!
      if (child.what === 'gap') {
        for (let to = j; ; to++) {
          if (go(i + 1, to, bindings, next)) return true
          if (to >= rows.length || (child.role !== 0 && this.code.tree.role[rows[to]!] !== child.role))
            return false
        }
      }
      if (j >= rows.length) return false
      const on: Next = it => go(i + 1, j + 1, it, next)
      if (child.what === 'tree' && child.kind === BLOCK && kind[rows[j]!] !== BLOCK)
        return (
          child.role === this.code.tree.role[rows[j]!] &&
          matchStatements(this, child.children, rows[j]!, bindings, on)
        )
      return this.match(child, rows[j]!, bindings, on)
    }
    return (_: number, bindings: Bindings | undefined, next: Next) => go(0, 0, bindings, next)
  }

  /** Each decorator of the pattern is one of the code's. */
  #decorated(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { role } = this.code.tree
    const decorators = pattern.children.filter(it => it.role === DECORATOR)
    const definition = pattern.children.find(it => it.role !== DECORATOR)
    const rows = this.code.children(row)
    const inner = rows.find(it => role[it] !== DECORATOR)
    return this.unordered(
      decorators,
      rows.filter(it => role[it] === DECORATOR),
      bindings,
      it => definition === undefined || (inner !== undefined && this.match(definition, inner, it, next)),
      true,
    )
  }

  /** `var a = 1` stands for `let` and `const` too; of several declared together, each is looked at. */
  #declaration(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { kind } = this.code.tree
    const keyword = pattern.children.find(it => it.what === 'tree' && it.kind === KEYWORD)
    if (this.code.tree.grammar === 'java') return this.#typedDeclaration(pattern, row, bindings, next)
    const declarators = pattern.children.filter(it => it !== keyword)
    const rows = this.code.children(row)
    const written = rows.find(it => kind[it] === KEYWORD)
    const word = keyword?.what === 'tree' ? keyword.text : 'var'
    if (word !== 'var' && written !== undefined && this.code.text(written) !== word) return false
    const declared = rows.filter(it => kind[it] === DECLARATOR)
    if (declarators.length !== 1) return this.list(declarators, 0, declared, 0, bindings, next)
    for (const it of declared) if (this.match(declarators[0]!, it, bindings, next)) return true
    return false
  }

  /** Go's `a, b := f()`: one metavariable stands for all that is assigned to. */
  #assignment(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    if (this.children(pattern, row, bindings, next)) return true
    const [target, value, ...more] = pattern.children
    const { grammar, role } = this.code.tree
    if (grammar !== 'go' || target?.what !== 'hole' || !value || more.length > 0) return false
    const rows = this.code.children(row)
    const count = rows.filter(it => role[it] === TARGET).length
    if (count < 2) return false
    return this.bind(target.name, this.#stretch(rows, 0, count), bindings, it =>
      this.list([value], 0, rows.slice(count), 0, it, next),
    )
  }

  /** Java's `final Type a = 1, b`: modifiers in any order, then the type. */
  #typedDeclaration(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { kind } = this.code.tree
    const declarators = pattern.children.filter(it => it.role === DEFINITION)
    const type = pattern.children.find(it => it.role === TYPE)
    const rows = this.code.children(row)
    const declared = rows.filter(it => kind[it] === DECLARATOR)
    return this.modifiers(pattern, row, bindings, it =>
      this.list(
        type ? [type] : [],
        0,
        type ? rows.filter(at => this.code.tree.role[at] === TYPE) : [],
        0,
        it,
        at => {
          if (declarators.length !== 1) return this.list(declarators, 0, declared, 0, at, next)
          return declared.some(one => this.match(declarators[0]!, one, at, next))
        },
      ),
    )
  }

  /** `a. ... .b`: anything may be chained between. */
  #chain(object: Pattern, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { code } = this
    for (let it = unwrapped(code.tree, row); ; ) {
      if (this.match(object, it, bindings, next)) return true
      const code_ = code.tree.kind[it]!
      const inner =
        code_ === CALL
          ? Math.max(code.child(it, CALLEE), code.child(it, OBJECT))
          : code_ === MEMBER || code_ === INDEX
            ? code.child(it, OBJECT)
            : -1
      if (inner === -1) return false
      it = unwrapped(code.tree, inner)
    }
  }

  /** Operators: in the other order too where an option, or algebra, allows it. */
  #operation(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    if (this.children(pattern, row, bindings, next)) return true
    const { code, options } = this
    const [left, operator, right] = pattern.children
    if (pattern.children.length !== 3 || operator?.what !== 'tree') return false
    const rows = code.children(row)
    if (rows.length !== 3 || code.text(rows[1]!) !== operator.text) return false
    const symbol = operator.text!
    const turns =
      (symbol === '==' || symbol === '!=' || symbol === '===' || symbol === '!==') &&
      options.symmetricEquality
        ? true
        : LOGIC.has(symbol)
          ? options.commutativeLogic
          : BITWISE.has(symbol) && options.associative
    if (turns && this.list([right!, left!], 0, [rows[0]!, rows[2]!], 0, bindings, next)) return true
    return this.#associated(pattern, symbol, row, bindings, next)
  }

  /** `b && c` in `a && (b && c)`: both sides as flat lists of operands, which may be grouped anyhow. */
  #associated(
    pattern: Tree,
    symbol: string,
    row: number,
    bindings: Bindings | undefined,
    next: Next,
  ): boolean {
    if (!this.options.associative || !(LOGIC.has(symbol) || BITWISE.has(symbol))) return false
    const wanted = operandsOf(pattern, symbol)
    const rows = this.#operands(row, symbol)
    if (wanted.length < 3 && !wanted.some(it => it.what === 'gap')) return false
    return this.list(wanted, 0, rows, 0, bindings, next)
  }

  #operands(given: number, symbol: string): number[] {
    const { code } = this
    const row = unwrapped(code.tree, given)
    const rows = code.children(row)
    if (!OPERATIONS.has(code.tree.kind[row]!) || rows.length !== 3 || code.text(rows[1]!) !== symbol)
      return [row]
    return [...this.#operands(rows[0]!, symbol), ...this.#operands(rows[2]!, symbol)]
  }

  /** Code of another shape that says the same. */
  #otherShape(pattern: Tree, row: number, bindings: Bindings | undefined, next: Next): boolean {
    const { code } = this
    const { kind, parent } = code.tree
    const its = kind[row]!
    switch (pattern.kind) {
      case ASSIGNMENT: {
        if (its !== DECLARATOR || !this.options.assignmentsDeclare) return false
        if (
          code.tree.grammar === 'go' &&
          code.children(row).filter(it => code.tree.role[it] === TARGET).length > 1
        )
          return false
        const target = code.child(row, TARGET)
        const value = code.child(row, VALUE)
        const sides = pattern.children.filter(it => it.role === TARGET || it.role === VALUE)
        return value !== -1 && sides.length === 2 && this.list(sides, 0, [target, value], 0, bindings, next)
      }
      case FUNCTION: {
        if (pattern.shape !== SHAPE.function || !pattern.roles.has(NAME_ROLE)) return false
        if (!HOLDS_FUNCTION.has(its)) return false
        const value = code.child(row, VALUE)
        if (value === -1) return false
        const fn = unwrapped(code.tree, value)
        const name = code.children(row)[0]!
        return code.shape(fn) === SHAPE.function && matchFunction(this, pattern, fn, name, bindings, next)
      }
      case PAIR: {
        // `{ a }` is `{ a: a }`.
        if (its !== NAME || kind[parent[row]!] === MODULE) return false
        if (!code.tree.types[code.tree.symbol[row]!]!.startsWith('shorthand_')) return false
        return this.list(pattern.children, 0, [row, row], 0, bindings, next)
      }
      case NUMBER:
      case BOOLEAN:
      case NULL: {
        if (!this.options.constants || !EXPRESSIONS.has(its) || its === FUNCTION) return false
        const constant = code.constant(row)
        if (!constant || constant.kind === 'string') return false
        const text = pattern.text?.toLowerCase() ?? ''
        return String(constant.value) === text && next(bindings)
      }
      case DICTIONARY:
        return its === SET && pattern.children.every(it => it.what === 'gap') && next(bindings)
      case CALL: {
        // `@cached` is a call without arguments.
        if (its !== NAME && its !== MEMBER) return false
        if (kind[parent[row]!] !== DECORATOR_KIND || code.tree.grammar === 'java') return false
        const [callee, ...rest] = pattern.children
        return rest.every(it => it.what === 'gap') && this.match(callee!, row, bindings, next)
      }
      case PROPERTY_NAME:
        return its === STRING && code.stringOf(row) === pattern.text && next(bindings)
      case DECLARATION:
        // Go's `var x = 1` is said by `const x = 1`, too.
        return its === DECLARATION && pattern.shape === VAR && this.#declaration(pattern, row, bindings, next)
      case DECORATED:
        return false
      case NAME:
      case MEMBER:
      case PATH:
        return matchDotted(this, pattern, row, bindings, next)
      default:
        if (its === DECORATED && pattern.kind === CLASS) {
          const inner = code.child(row, DEFINITION)
          return inner !== -1 && this.match(pattern, inner, bindings, next)
        }
        return false
    }
  }

  statement(pattern: Pattern, row: number, bindings: Bindings | undefined, next: Next): boolean {
    return matchStatement(this, pattern, row, bindings, next)
  }
}

/** The shapes of code that a pattern with this root may match. */
export function startShapes(root: Tree): readonly number[] {
  switch (root.kind) {
    case ASSIGNMENT:
      return [root.shape, SHAPE.declarator]
    case FUNCTION:
      return root.shape === SHAPE.function && root.roles.has(NAME_ROLE)
        ? [root.shape, SHAPE.declarator, SHAPE.assignment, SHAPE.pair]
        : [root.shape]
    case DICTIONARY:
      return [root.shape, SHAPE.set]
    case DECLARATION:
      return root.shape === VAR ? [VAR, CONST] : [root.shape]
    case MEMBER:
    case PATH:
      return [root.shape, SHAPE.identifier, SHAPE.member, SHAPE.path].filter(
        (it, i, all) => all.indexOf(it) === i,
      )
    default:
      return [root.shape]
  }
}

function operandsOf(pattern: Pattern, symbol: string): Pattern[] {
  if (pattern.what !== 'tree' || !OPERATIONS.has(pattern.kind) || pattern.children.length !== 3)
    return [pattern]
  const [left, operator, right] = pattern.children
  if (operator?.what !== 'tree' || operator.text !== symbol) return [pattern]
  return [...operandsOf(left!, symbol), ...operandsOf(right!, symbol)]
}

/** The same place with the same bindings is one match. */
function distinct(matches: readonly Match[]): Match[] {
  const seen = new Set<string>()
  return matches.filter(it => {
    let key = `${it.start},${it.end}`
    for (let at = it.bindings; at; at = at.before) key += `;${at.name}=${at.bound.start},${at.bound.end}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Go's, which has a node type of its own for each. */
const VAR = shapeNumber('var_declaration')
const CONST = shapeNumber('const_declaration')
const ANYTHING: Pattern = { what: 'gap', role: 0, name: '' }

const COMMENT = KIND_CODE.Comment
const NAME = KIND_CODE.Name
const PROPERTY_NAME = KIND_CODE.PropertyName
const FUNCTION = KIND_CODE.Function
const CLASS = KIND_CODE.Class
const CALL = KIND_CODE.Call
const NEW = KIND_CODE.New
const DICTIONARY = KIND_CODE.Dictionary
const LIST = KIND_CODE.List
const SECTION = KIND_CODE.Section
const OBJECT_PATTERN = KIND_CODE.ObjectPattern
const IMPORT = KIND_CODE.Import
const JSX = KIND_CODE.JsxElement
const SET = KIND_CODE.Set
const CONCATENATION = KIND_CODE.Concatenation
const DECORATOR_KIND = KIND_CODE.Decorator
const BLOCK = KIND_CODE.Block
const MODULE = KIND_CODE.Module
const DECORATED = KIND_CODE.Decorated
const DECLARATION = KIND_CODE.Declaration
const DECLARATOR = KIND_CODE.Declarator
const ASSIGNMENT = KIND_CODE.Assignment
const MEMBER = KIND_CODE.Member
const PATH = KIND_CODE.Path
const INDEX = KIND_CODE.Index
const LOGICAL = KIND_CODE.Logical
const BINARY = KIND_CODE.Binary
const COMPARISON = KIND_CODE.Comparison
const KEYWORD = KIND_CODE.Keyword
const PAIR = KIND_CODE.Pair
const NUMBER = KIND_CODE.Number
const BOOLEAN = KIND_CODE.Boolean
const NULL = KIND_CODE.Null
const STRING = KIND_CODE.String
const FOR = KIND_CODE.For
const IF = KIND_CODE.If
const INTERFACE = KIND_CODE.Interface
const ENUM = KIND_CODE.Enum
const STRUCT_LITERAL = KIND_CODE.StructLiteral
const OPERATIONS: ReadonlySet<number> = new Set([LOGICAL, BINARY, COMPARISON])

/** Patterns that a declaration says too. */
const DECLARES: ReadonlySet<number> = new Set([ASSIGNMENT, FUNCTION])
const DECORATOR = ROLE_CODE.decorator
const DEFINITION = ROLE_CODE.definition
const ELEMENT = ROLE_CODE.element
const NAME_ROLE = ROLE_CODE.name
const TARGET = ROLE_CODE.target
const VALUE = ROLE_CODE.value
const TYPE = ROLE_CODE.type
const CALLEE = ROLE_CODE.callee
const OBJECT = ROLE_CODE.object
const MODIFIER = ROLE_CODE.modifier
const ALTERNATIVE = ROLE_CODE.alternative
const INITIALIZER = ROLE_CODE.initializer

/** Names where something is declared or imported: no expressions. */
const NO_USE: ReadonlySet<number> = new Set([NAME_ROLE, ROLE_CODE.alias, ROLE_CODE.label])
/** Kinds whose type the pattern may leave out. */
const TYPED: ReadonlySet<number> = new Set(
  (['Assignment', 'Declarator', 'Parameter', 'DefaultPattern', 'Field'] as const).map(it => KIND_CODE[it]),
)
/** For parameters also the first value. */
const VALUE_OF: Readonly<Record<number, number>> = {
  [KIND_CODE.Parameter]: VALUE,
  [KIND_CODE.DefaultPattern]: VALUE,
}
const HOLDS_FUNCTION: ReadonlySet<number> = new Set([DECLARATOR, ASSIGNMENT, PAIR, KIND_CODE.Field])
const LOGIC: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or'])
const BITWISE: ReadonlySet<string> = new Set(['&', '|', '^'])

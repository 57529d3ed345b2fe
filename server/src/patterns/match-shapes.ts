// Calls, functions, classes, objects, imports and JSX: where the order or the number of parts is not what counts.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { Matcher, Next } from './match.ts'
import { matchStatements } from './match-statements.ts'
import { type Bindings, type Pattern, type Tree, withoutModifiers } from './pattern.ts'
import { MAY_BE_MORE, unwrapped } from './shapes.ts'

/** Positional arguments in order, keyword arguments in any. */
export function matchCall(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role, kind } = code.tree
  const rows = code.children(row)
  const heads = rows.filter(
    it => role[it] !== ARGUMENT && !(MAY_BE_MORE.has(role[it]!) && !pattern.roles.has(role[it]!)),
  )
  const passed = rows.filter(it => role[it] === ARGUMENT)
  const wantedHeads = pattern.children.filter(it => it.role !== ARGUMENT)
  const wanted = pattern.children.filter(it => it.role === ARGUMENT)
  return matchHeads(matcher, wantedHeads, heads, bindings, it => {
    if (wanted.length === 1 && wanted[0]!.what === 'gap' && wanted[0]!.name === '') return next(it)
    if (!wanted.some(isKeyword) && !passed.some(at => kind[at] === KEYWORD_ARGUMENT))
      return matcher.list(wanted, 0, passed, 0, it, next)
    return matchArguments(matcher, wanted, passed, it, next)
  })
}

/** What is called. Java's grammar keeps the object and the method's name apart: `$F` stands for both of them. */
function matchHeads(
  matcher: Matcher,
  wanted: readonly Pattern[],
  rows: readonly number[],
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { start, end, role } = matcher.code.tree
  const [only] = wanted
  if (
    wanted.length === 1 &&
    only?.what === 'hole' &&
    only.role === PROPERTY &&
    rows.length === 2 &&
    role[rows[0]!] === OBJECT
  )
    return matcher.bind(only.name, { row: -1, start: start[rows[0]!]!, end: end[rows[1]!]! }, bindings, next)
  const [object, name, ...more] = wanted
  // `import static a.B.c`, and then `c()`.
  if (
    rows.length === 1 &&
    name &&
    more.length === 0 &&
    object?.what === 'tree' &&
    object.dotted !== undefined
  )
    return (
      object.dotted === matcher.code.staticOwner(rows[0]!) && matcher.match(name, rows[0]!, bindings, next)
    )
  return matcher.list(wanted, 0, rows, 0, bindings, next)
}

function matchArguments(
  matcher: Matcher,
  wanted: readonly Pattern[],
  passed: readonly number[],
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { kind } = matcher.code.tree
  const keywords = passed.filter(it => kind[it] === KEYWORD_ARGUMENT)
  const isOpen = wanted.some(it => it.what === 'gap')
  return matcher.unordered(
    wanted.filter(isKeyword),
    keywords,
    bindings,
    it => {
      const named = wanted.find(at => at.what === 'gap' && at.name !== '')
      return matcher.list(
        wanted.filter(at => !isKeyword(at)),
        0,
        named ? passed : passed.filter(at => kind[at] !== KEYWORD_ARGUMENT),
        0,
        it,
        next,
      )
    },
    isOpen,
  )
}

function isKeyword(pattern: Pattern): boolean {
  return pattern.what === 'tree' && pattern.kind === KEYWORD_ARGUMENT
}

/** `name` is the row of the name where it stands outside, as in `const f = () => {}`; else -1. */
export function matchFunction(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  name: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role, kind, types, symbol } = code.tree
  const rows = code.children(row)
  const parts = pattern.children
  if (code.tree.grammar === 'java' && pattern.roles.has(MODIFIER))
    return matcher.modifiers(pattern, row, bindings, it =>
      matchFunction(matcher, withoutModifiers(pattern), row, name, it, next),
    )
  const isAsync = parts.some(it => it.what === 'tree' && it.text === 'async')
  if (isAsync && !rows.some(it => kind[it] === KEYWORD && code.text(it) === 'async')) return false
  const wantedName = parts.find(it => it.role === NAME)
  const ownName = name !== -1 ? name : (rows.find(it => role[it] === NAME) ?? -1)
  if (!wantedName && name === -1 && ownName !== -1 && types[symbol[row]!] !== 'function_expression')
    return false
  const isNameless = ownName === -1 && wantedName?.what === 'hole' && pattern.role !== STATEMENT
  if (wantedName && wantedName.what !== 'gap' && ownName === -1 && !isNameless) return false
  const wantedType = parts.find(it => it.role === RETURN_TYPE)
  const type = rows.find(it => role[it] === RETURN_TYPE)
  if (wantedType && type === undefined) return false
  const wantedBody = parts.find(it => it.role === BODY)
  const body = rows.find(it => role[it] === BODY)
  if (wantedBody && body === undefined) return false
  const inBody: Next = it => {
    if (!wantedBody) return next(it)
    if (wantedBody.what === 'tree' && wantedBody.kind === BLOCK)
      return matchStatements(matcher, wantedBody.children, body!, it, next)
    return matcher.match(wantedBody, body!, it, next)
  }
  const inType: Next = it => (wantedType ? matcher.match(wantedType, type!, it, inBody) : inBody(it))
  const inParameters: Next = it => {
    const wanted = parametersOf(parts)
    if (!wanted) return inType(it)
    return parameterList(matcher, wanted, parameterRows(matcher, rows), it, inType)
  }
  if (!wantedName || wantedName.what === 'gap' || isNameless) return inParameters(bindings)
  return matcher.match(wantedName, ownName, bindings, inParameters)
}

function parametersOf(parts: readonly Pattern[]): readonly Pattern[] | undefined {
  const lists = parts.filter(it => it.role === PARAMETERS)
  const [list] = lists
  // Go's receiver is a list of its own, before the others.
  if (list?.what === 'tree')
    return lists.flatMap(it => (it.what === 'tree' && it.kind === PARAMETERS_KIND ? it.children : [it]))
  const only = parts.filter(it => it.role === PARAMETER)
  return only.length > 0 ? only : list ? [list] : undefined
}

function parameterRows(matcher: Matcher, rows: readonly number[]): readonly number[] {
  const { role, kind } = matcher.code.tree
  const lists = rows.filter(it => role[it] === PARAMETERS)
  if (lists.length === 0) return rows.filter(it => role[it] === PARAMETER)
  return lists.flatMap(it => (kind[it] === PARAMETERS_KIND ? matcher.code.children(it) : [it]))
}

function parameterList(
  matcher: Matcher,
  wanted: readonly Pattern[],
  rows: readonly number[],
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { tree } = matcher.code
  const one: MatchOne = (want, given, at, on) => {
    const row = unwrapped(tree, given)
    // `x` stands for `x: int = 1`.
    const isSaid = want.what === 'tree' && DECLARES.has(want.kind)
    const target = !isSaid && DECLARES.has(tree.kind[row]!) ? matcher.code.child(row, TARGET) : -1
    return matcher.match(want, target === -1 ? row : target, at, on)
  }
  return inOrder(one, wanted, 0, rows, 0, bindings, next)
}

/** Bases in any order, more of them allowed; members in any order. */
export function matchClass(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role } = code.tree
  const rows = code.children(row)
  const of = (its: number) => pattern.children.filter(it => it.role === its)
  const rowsOf = (its: number) => rows.filter(it => role[it] === its)
  const name = of(NAME)[0]
  const ownName = rowsOf(NAME)[0]
  if (name && name.what !== 'gap' && ownName === undefined) return false
  const inBody: Next = it => {
    const body = of(BODY)[0]
    if (body?.what === 'tree') {
      const own = rowsOf(BODY)[0]
      if (own === undefined) return false
      if (matchStatements(matcher, body.children, own, it, next)) return true
      return (
        body.children.some(at => at.what === 'gap') &&
        members(matcher, body.children, code.statements(own), it, next)
      )
    }
    const wanted = of(MEMBER)
    if (wanted.length === 0) return pattern.children.length > 0 && next(it)
    return members(matcher, wanted, rowsOf(MEMBER), it, next)
  }
  const grammar = code.tree.grammar
  const inModifiers: Next = it =>
    grammar === 'java' ? matcher.modifiers(pattern, row, it, inBases) : inBases(it)
  const inBases: Next = it => {
    const decorators = of(DECORATOR)
    return matcher.unordered(
      decorators,
      rowsOf(DECORATOR),
      it,
      at => matcher.unordered(of(SUPERCLASS), rowsOf(SUPERCLASS), at, inBody, true),
      true,
    )
  }
  if (!name || name.what === 'gap') return inModifiers(bindings)
  return matcher.match(name, ownName!, bindings, inModifiers)
}

function members(
  matcher: Matcher,
  wanted: readonly Pattern[],
  rows: readonly number[],
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const one: MatchOne = (want, row, at, on) => matcher.statement(want, row, at, on)
  if (inOrder(one, wanted, 0, rows, 0, bindings, next)) return true
  if (wanted.some(it => it.what === 'tree' && it.kind === KIND_CODE.Decorator)) return false
  const asStatements = wanted.filter(it => it.what !== 'gap')
  const isOpen = asStatements.length < wanted.length || matcher.code.tree.grammar !== 'python'
  if (!isOpen) return false
  const go = (i: number, at: Bindings | undefined): boolean => {
    if (i === asStatements.length) return next(at)
    for (const row of rows) if (matcher.statement(asStatements[i]!, row, at, it => go(i + 1, it))) return true
    return false
  }
  return go(0, bindings)
}

type MatchOne = (want: Pattern, row: number, bindings: Bindings | undefined, next: Next) => boolean

/** All of them, one after the other; a gap stands for any number. */
function inOrder(
  one: MatchOne,
  wanted: readonly Pattern[],
  i: number,
  rows: readonly number[],
  j: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  if (i === wanted.length) return j === rows.length && next(bindings)
  if (wanted[i]!.what === 'gap') {
    for (let to = j; to <= rows.length; to++)
      if (inOrder(one, wanted, i + 1, rows, to, bindings, next)) return true
    return false
  }
  if (j >= rows.length) return false
  return one(wanted[i]!, rows[j]!, bindings, it => inOrder(one, wanted, i + 1, rows, j + 1, it, next))
}

/** Entries in any order. */
export function matchObject(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  // Of Python's dictionaries a pattern says all; of objects and records what it cares about.
  const { grammar } = matcher.code.tree
  const isWhole = grammar === 'python' || grammar === 'json' || grammar === 'yaml'
  return matcher.unordered(pattern.children, matcher.code.children(row), bindings, next, !isWhole)
}

/** `Type{…}`: entries with a key in any order. */
export function matchLiteral(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  if (code.tree.grammar !== 'go') return matcher.children(pattern, row, bindings, next)
  const { role, kind } = code.tree
  const rows = code.children(row)
  const wanted = pattern.children.filter(it => it.role === ELEMENT)
  const elements = rows.filter(it => role[it] === ELEMENT)
  const inElements: Next = it =>
    elements.every(at => kind[at] === PAIR) &&
    wanted.every(at => at.what === 'gap' || (at.what === 'tree' && at.kind === PAIR))
      ? matcher.unordered(wanted, elements, it, next, false)
      : matcher.list(wanted, 0, elements, 0, it, next)
  return matcher.list(
    pattern.children.filter(it => it.role !== ELEMENT),
    0,
    rows.filter(it => role[it] !== ELEMENT),
    0,
    bindings,
    inElements,
  )
}

/** The same source; each name of the pattern among those of the code. */
export function matchImport(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role, types, symbol } = code.tree
  const rows = code.children(row)
  if (code.tree.grammar === 'java') return matcher.list(pattern.children, 0, rows, 0, bindings, next)
  const source = pattern.children.find(it => it.role === SOURCE)
  const ownSource = rows.find(it => role[it] === SOURCE)
  if (source === undefined && ownSource !== undefined && code.tree.grammar === 'python')
    return importsFrom(matcher, pattern, ownSource, bindings, next)
  if ((source === undefined) !== (ownSource === undefined)) return false
  const names = pattern.children.filter(it => it.role !== SOURCE && it.what !== 'gap')
  const ownNames = rows.filter(it => role[it] !== SOURCE)
  const inNames: Next = at => {
    if (types[symbol[row]!] === 'import_from_statement' || source !== undefined)
      return matcher.unordered(names, ownNames, at, next, true)
    return each(matcher, names, ownNames, at, next)
  }
  if (source === undefined) return inNames(bindings)
  if (matcher.match(source, ownSource!, bindings, inNames)) return true
  return isBelow(matcher, source, ownSource!) && inNames(bindings)
}

/** A file of the package that is imported from. */
function isBelow({ code }: Matcher, source: Pattern, row: number): boolean {
  if (source.what !== 'text' || source.content.what !== 'exactly') return false
  return code.tree.kind[row] === KIND_CODE.String && code.stringOf(row).startsWith(`${source.content.value}/`)
}

/** `import a` is said by `from a.b import c` too. */
function importsFrom(
  matcher: Matcher,
  pattern: Tree,
  source: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const name = pattern.children.length === 1 ? pattern.children[0]! : undefined
  if (name?.what !== 'tree' || name.roles.has(ALIAS)) return false
  const { role } = matcher.code.tree
  const path = matcher.code.text(source)
  const names = matcher.code.children(matcher.code.tree.parent[source]!).filter(it => role[it] === NAME)
  const wanted = name.text ?? name.children.map(it => (it.what === 'tree' ? it.text : '')).join('.')
  const isMember = names.some(it => {
    const own = matcher.code.child(it, NAME)
    return `${path}.${matcher.code.text(own === -1 ? it : own)}` === wanted
  })
  return (isMember || path === wanted || path.startsWith(`${wanted}.`)) && next(bindings)
}

/** `import a.b` is said by `import a.b as c` too. */
function each(
  matcher: Matcher,
  names: readonly Pattern[],
  rows: readonly number[],
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { kind } = matcher.code.tree
  const bare = rows.map(it => (kind[it] === IMPORT_NAME ? it : it))
  if (matcher.unordered(names, bare, bindings, next, true)) return true
  const inner = rows.map(it => (kind[it] === IMPORT_NAME ? matcher.code.child(it, NAME) : it))
  return inner.some((it, i) => it !== rows[i]) && matcher.unordered(names, inner, bindings, next, true)
}

/** The name, attributes in any order with others allowed, then what is inside. */
export function matchJsx(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role, kind } = code.tree
  const opening = pattern.children.find(
    it =>
      it.what === 'tree' &&
      it.roles.has(NAME) &&
      it.children.some(at => at.role === NAME) &&
      it.kind === KIND_CODE.Other,
  )
  const head = opening?.what === 'tree' ? opening.children : pattern.children
  const ownRows = code.children(row)
  const ownOpening = ownRows.find(it => code.tree.types[code.tree.symbol[it]!] === 'jsx_opening_element')
  const ownHead = ownOpening === undefined ? ownRows : code.children(ownOpening)
  const names = head.filter(it => it.role === NAME)
  const ownNames = ownHead.filter(it => role[it] === NAME)
  const attributes = head.filter(it => it.role === ATTRIBUTE)
  const ownAttributes = ownHead.filter(it => role[it] === ATTRIBUTE)
  return matcher.list(names, 0, ownNames, 0, bindings, it =>
    matcher.unordered(
      attributes,
      ownAttributes,
      it,
      at => {
        if (!opening) return next(at)
        const wanted = pattern.children.filter(child => child.role === ELEMENT && child !== opening)
        const own = ownRows.filter(
          child => role[child] === ELEMENT && child !== ownOpening && kind[child] !== OTHER,
        )
        if (ownOpening === undefined) return wanted.every(child => child.what === 'gap') && next(at)
        return matcher.list(wanted, 0, own, 0, at, next)
      },
      true,
    ),
  )
}

const ARGUMENT = ROLE_CODE.argument
const NAME = ROLE_CODE.name
const RETURN_TYPE = ROLE_CODE.returnType
const BODY = ROLE_CODE.body
const PARAMETERS = ROLE_CODE.parameters
const PARAMETER = ROLE_CODE.parameter
const TARGET = ROLE_CODE.target
const MEMBER = ROLE_CODE.member
const SUPERCLASS = ROLE_CODE.superclass
const DECORATOR = ROLE_CODE.decorator
const SOURCE = ROLE_CODE.source
const STATEMENT = ROLE_CODE.statement
const ATTRIBUTE = ROLE_CODE.attribute
const ELEMENT = ROLE_CODE.element
const ALIAS = ROLE_CODE.alias
const PROPERTY = ROLE_CODE.property
const OBJECT = ROLE_CODE.object
const MODIFIER = ROLE_CODE.modifier
const PARAMETERS_KIND = KIND_CODE.Parameters
const PAIR = KIND_CODE.Pair
const KEYWORD_ARGUMENT = KIND_CODE.KeywordArgument
const KEYWORD = KIND_CODE.Keyword
const BLOCK = KIND_CODE.Block
const IMPORT_NAME = KIND_CODE.ImportName
const OTHER = KIND_CODE.Other
/** Parameters with more than a name. */
const DECLARES: ReadonlySet<number> = new Set([KIND_CODE.Parameter, KIND_CODE.DefaultPattern])

// Strings: by what they hold, whatever their quotes, and by what a constant stands for.

import { KIND_CODE } from '../syntax/kinds.ts'
import { isData } from '../syntax/language.ts'
import { contentPlace } from './literals.ts'
import type { Matcher, Next } from './match.ts'
import type { Bindings, Template, Text, TextContent } from './pattern.ts'
import { EXPRESSIONS, held } from './shapes.ts'
import { stringPieces } from './string-pieces.ts'

const STRING = KIND_CODE.String
const TEMPLATE = KIND_CODE.Template
const FUNCTION = KIND_CODE.Function
const NAME = KIND_CODE.Name
const REGEX = KIND_CODE.Regex
const PROPERTY_NAME = KIND_CODE.PropertyName

export function matchText(
  matcher: Matcher,
  pattern: Text,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { kind, start } = code.tree
  const its = kind[row]!
  const { content } = pattern
  if (pattern.isRegex) return regexLiteral(matcher, content, row, bindings, next)
  if (its === STRING) {
    if (isData(code.tree.grammar)) {
      if (content.what !== 'hole') return holds(content, code.stringOf(row)) && next(bindings)
      return matcher.bind(content.name, { row: -1, ...contentPlace(code.tree, row) }, bindings, next)
    }
    if (pattern.interpolates && code.tree.grammar === 'python' && !/^[rRbB]?[fF]/.test(code.text(row)))
      return false
    if (pattern.interpolates && code.tree.grammar !== 'python' && !code.text(row).startsWith('`'))
      return false
    const inner = code.text(row).search(/["'`]/)
    const quote = /^["'`]{3}/.test(code.text(row).slice(inner)) ? 3 : 1
    const value = code.stringOf(row)
    const from = start[row]! + inner + quote
    if (content.what === 'hole')
      return matcher.bind(
        content.name,
        { row: -1, start: from, end: code.tree.end[row]! - quote },
        bindings,
        next,
      )
    return holds(content, value) && next(bindings)
  }
  const mayInterpolate = pattern.interpolates || code.tree.grammar === 'hcl'
  if (its === TEMPLATE && mayInterpolate && content.what === 'any') return next(bindings)
  if (its === PROPERTY_NAME)
    return content.what === 'exactly' && content.value === code.text(row) && next(bindings)
  if (!matcher.options.constants || !EXPRESSIONS.has(its) || its === FUNCTION) return false
  if (pattern.interpolates) return false
  const constant = code.constant(row)
  if (constant?.kind !== 'string') return false
  if (content.what !== 'hole') return holds(content, constant.value) && next(bindings)
  const literal = code.literal(row)
  if (literal !== -1) return matchText(matcher, pattern, literal, bindings, next)
  return matcher.bind(
    content.name,
    { ...matcher.boundTo(row), row: -1, text: constant.value },
    bindings,
    next,
  )
}

function regexLiteral(
  matcher: Matcher,
  content: TextContent,
  given: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const row = code.tree.kind[given] === NAME ? code.file.value(code.node(given)).row : given
  if (code.tree.kind[row] !== REGEX) return false
  if (content.what !== 'hole') return next(bindings)
  const start = code.tree.start[row]! + 1
  return matcher.bind(
    content.name,
    { row: -1, start, end: start - 1 + code.text(row).lastIndexOf('/') },
    bindings,
    next,
  )
}

function holds(content: TextContent, value: string): boolean {
  switch (content.what) {
    case 'any':
    case 'hole':
      return true
    case 'exactly':
      return content.value === value
    case 'regex':
      return content.regex.test(value)
  }
}

/** `f"...{$X}"`: text, gaps and values, piece by piece. */
export function matchTemplate(
  matcher: Matcher,
  pattern: Template,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const its = code.tree.kind[row]
  if (its !== TEMPLATE && its !== STRING) return false
  const pieces = stringPieces(code.tree, row)
  const places = pieces.map(() => 0)
  let from = code.tree.start[row]! + Math.max(1, code.text(row).search(/["'`]/) + 1)
  pieces.forEach((piece, i) => {
    places[i] = typeof piece === 'number' ? code.tree.start[piece]! : from
    from = typeof piece === 'number' ? code.tree.end[piece]! : from + piece.length
  })
  const wanted = pattern.pieces
  const go = (i: number, j: number, at: Bindings | undefined): boolean => {
    if (i === wanted.length) return j === pieces.length && next(at)
    const want = wanted[i]!
    if (want.what === 'gap') {
      for (let to = j; to <= pieces.length; to++) if (go(i + 1, to, at)) return true
      return false
    }
    const piece = pieces[j]
    if (piece === undefined) return false
    if (want.what === 'piece') {
      if (typeof piece !== 'string') return false
      const { content } = want
      const from = places[j]!
      if (content.what === 'hole')
        return matcher.bind(content.name, { row: -1, start: from, end: from + piece.length }, at, it =>
          go(i + 1, j + 1, it),
        )
      const open = wanted[i - 1]?.what === 'gap'
      const closed = wanted[i + 1]?.what === 'gap'
      return pieceFits(content, piece, open, closed) && go(i + 1, j + 1, at)
    }
    return (
      typeof piece === 'number' && matcher.match(want, held(code.tree, piece), at, it => go(i + 1, j + 1, it))
    )
  }
  return go(0, 0, bindings)
}

/** The text between two values; beside a gap it may be a part. */
function pieceFits(content: TextContent, piece: string, open: boolean, closed: boolean): boolean {
  if (content.what !== 'exactly') return holds(content, piece)
  const { value } = content
  if (open) return closed ? piece.includes(value) : piece.endsWith(value)
  return closed ? piece.startsWith(value) : piece === value
}

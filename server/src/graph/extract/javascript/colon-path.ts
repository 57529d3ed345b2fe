// Paths as Express and its relatives write them, `/users/:id(\\d+)/files/*`, in the notation of the graph.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { textsIn } from '../text.ts'

/** Each optional part doubles the routes; nobody writes more than a few. */
const MOST_VARIANTS = 8

/** The paths that an argument says, of a list all of them. Undefined stands for those that nobody can read here. */
export function pathsAt(file: SourceFile, node: SyntaxNode): (RoutePath | undefined)[] {
  const value = file.value(node)
  if (value.kind === 'List') return value.children('element').flatMap(it => pathsAt(file, it))
  if (value.kind === 'Regex') return [undefined]
  return textsIn(file, node).flatMap((parts): (RoutePath | undefined)[] => {
    const text =
      parts.length === 0 ? '' : parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : undefined
    return (text === undefined ? undefined : colonPaths(text)) ?? [undefined]
  })
}

/** All paths that a pattern stands for: one more for each part that may be missing. Undefined for a regular expression. */
export function colonPaths(pattern: string): RoutePath[] | undefined {
  return variantsOf(pattern.startsWith('*') ? `/${pattern}` : pattern)?.map(withSlash)
}

function withSlash(path: string): RoutePath {
  return path === '' || path.startsWith('/') ? path : `/${path}`
}

function variantsOf(pattern: string): RoutePath[] | undefined {
  const parts = partsOf(pattern)
  if (!parts) return undefined
  let paths = ['']
  for (const { text, isOptional } of parts) {
    const longer = paths.map(it => it + text)
    paths = isOptional ? [...longer, ...paths] : longer
    if (paths.length > MOST_VARIANTS) return undefined
  }
  return [...new Set(paths)]
}

interface Part {
  readonly text: string
  readonly isOptional: boolean
}

function partsOf(pattern: string): Part[] | undefined {
  const parts: Part[] = []
  let i = 0
  while (i < pattern.length) {
    const rest = pattern.slice(i)
    const token =
      parameter(rest) ?? group(rest) ?? star(rest) ?? optionalCharacter(rest) ?? escaped(rest) ?? plain(rest)
    if (!token) return undefined
    for (const variant of token.parts) parts.push(variant)
    i += token.length
  }
  return parts
}

interface Token {
  readonly parts: readonly Part[]
  readonly length: number
}

/** `/:id`, `:id?`, `:id(\\d+)`, `:path*`, and Hono's `:id{[0-9]+}`. A slash before an optional one goes with it. */
function parameter(rest: string): Token | undefined {
  const match = /^(\/?):([A-Za-z_]\w*)/.exec(rest)
  if (!match) return undefined
  const [head, slash, name] = match as unknown as [string, string, string]
  let length = head.length
  const constraint = constraintAt(rest, length)
  if (constraint === undefined) return undefined
  length += constraint.length
  const sign = /^[?*+]/.exec(rest.slice(length))?.[0] ?? ''
  length += sign.length
  const isEnd = length === rest.length
  const isRest = (sign === '*' || sign === '+' || /\.[*+]/.test(constraint)) && isEnd
  return {
    parts: [{ text: `${slash}{${name}${isRest ? '*' : ''}}`, isOptional: sign === '?' }],
    length,
  }
}

/** What a parameter must look like. Braces that hold a path belong to the next part: `:pad{/:rev}`. */
function constraintAt(rest: string, at: number): string | undefined {
  const opening = rest[at]
  if (opening !== '(' && opening !== '{') return ''
  const end = closingOf(rest, at)
  if (end === -1) return undefined
  const inner = rest.slice(at, end + 1)
  return opening === '{' && /^\{[/.:*]/.test(inner) && !inner.startsWith('{.*') && !inner.startsWith('{.+')
    ? ''
    : inner
}

/** `{/:rev}` may be missing, `(.*)` is all that is left, `(a|b)` nobody can tell. */
function group(rest: string): Token | undefined {
  if (rest[0] === '{') {
    const end = closingOf(rest, 0)
    const inner = end === -1 ? undefined : variantsOf(rest.slice(1, end))
    if (inner?.length !== 1) return undefined
    return { parts: [{ text: inner[0]!, isOptional: true }], length: end + 1 }
  }
  const all = /^\(\.[*+]\)$/.exec(rest)
  return all ? { parts: [{ text: '{path*}', isOptional: false }], length: rest.length } : undefined
}

/** `*` at the end, `*rest`; in the middle it is one segment. */
function star(rest: string): Token | undefined {
  const match = /^(\/?)\*+([A-Za-z_]\w*)?\??/.exec(rest)
  if (!match) return undefined
  const [head, slash, name = 'path'] = match as unknown as [string, string, string?]
  const isRest = head.length === rest.length && (slash !== '' || name !== 'path')
  return {
    parts: [{ text: `${slash}{${name}${isRest ? '*' : ''}}`, isOptional: false }],
    length: head.length,
  }
}

/** `/users/?` */
function optionalCharacter(rest: string): Token | undefined {
  if (!/^[\w/.-]\?/.test(rest)) return undefined
  return rest[0] === '/' && rest.length === 2
    ? { parts: [], length: 2 }
    : { parts: [{ text: rest[0]!, isOptional: true }], length: 2 }
}

/** `\\:` and Fastify's `::` are colons. */
function escaped(rest: string): Token | undefined {
  const match = /^(?:\\([^\w])|(:):)/.exec(rest)
  return match
    ? { parts: [{ text: match[1] ?? match[2]!, isOptional: false }], length: match[0].length }
    : undefined
}

function plain(rest: string): Token | undefined {
  return /^[^:*?+(){}\\[\]|^]/.test(rest)
    ? { parts: [{ text: rest[0]!, isOptional: false }], length: 1 }
    : undefined
}

function closingOf(text: string, at: number): number {
  const [open, close] = text[at] === '(' ? ['(', ')'] : ['{', '}']
  let depth = 0
  for (let i = at; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === open) depth++
    else if (text[i] === close && --depth === 0) return i
  }
  return -1
}

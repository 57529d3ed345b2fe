// Paths of URLs as patterns: what a route answers and what a call asks for, compared segment by segment.

/** `/users/{id}?full=…` taken apart. */
export interface PathPattern {
  /** Without the slashes. `{id}` stands for anything, `{rest*}` for all that is left. */
  readonly segments: readonly string[]
  /** Something that nobody knows comes before the first segment. */
  readonly isOpen: boolean
  /** The names behind the question mark. */
  readonly query: readonly string[]
  /** The path ends with a slash. */
  readonly hasSlash: boolean
}

/** Undefined when it leads to somebody else's server. */
export function parsePath(text: string): PathPattern | undefined {
  let rest = text.replace(/#.*$/s, '')
  let isOpen = false
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?]*)/i.exec(rest)
  if (host) {
    if (!isLocalHost(host[1]!)) return undefined
    // A host that is not known may bring a path along.
    isOpen = /\{[^}]*\}$/.test(host[1]!)
    rest = rest.slice(host[0].length)
  } else {
    const base = /^\{[^}]*\}/.exec(rest)
    if (base) {
      isOpen = true
      rest = rest.slice(base[0].length)
    } else if (/^[a-z][a-z0-9+.-]*:/i.test(rest)) return undefined
  }
  const mark = rest.indexOf('?')
  const query = mark === -1 ? [] : queryNames(rest.slice(mark + 1))
  const path = mark === -1 ? rest : rest.slice(0, mark)
  return {
    segments: path.split('/').filter(it => it !== '' && it !== '.'),
    isOpen,
    query,
    hasSlash: path.endsWith('/'),
  }
}

function isLocalHost(host: string): boolean {
  return (
    /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|testserver|test)(?::|$)/.test(host) || host.includes('{')
  )
}

function queryNames(query: string): string[] {
  return query
    .split('&')
    .map(it => it.split('=')[0]!)
    .filter(it => it !== '' && !it.includes('{'))
}

/**
 * How well a route answers a call: 0 not at all, otherwise the more the more of what is written agrees. What is only known
 * at run time agrees with a parameter, and as a last resort with a word.
 */
export function fit(route: PathPattern, call: PathPattern): number {
  if (!route.isOpen && !call.isOpen) return fitFrom(route.segments, 0, call.segments, 0)
  if (route.isOpen && !call.isOpen) {
    if (!route.segments.some(isWord)) return 0
    const skip = call.segments.length - route.segments.length
    // What answers all below itself may be asked for any depth of it.
    const least = isRest(route.segments.at(-1)!) ? 0 : skip
    let best = 0
    for (let it = Math.max(0, least); it <= skip; it++)
      best = Math.max(best, fitFrom(route.segments, 0, call.segments, it))
    return best
  }
  if (!call.segments.some(isWord)) return 0
  // The base may hold the first words of the route, but no parameter.
  let best = 0
  for (let skip = 0; skip <= route.segments.length; skip++) {
    if (skip > 0 && !isWord(route.segments[skip - 1]!)) break
    const score = fitFrom(route.segments, skip, call.segments, 0)
    // Of two that agree, the one that leaves less to the base.
    if (score > 0) best = Math.max(best, score - skip * 0.01)
  }
  return best
}

/** A segment without anything that is only known at run time. */
export function isWord(segment: string): boolean {
  return !segment.includes('{')
}

/** `{rest*}` */
export function isRest(segment: string): boolean {
  return segment.endsWith('*}')
}

const WORD = 4
const PARAMETER = 2
const MAYBE = 0.25

function fitFrom(route: readonly string[], r: number, call: readonly string[], c: number): number {
  let score = 1
  let i = r
  let j = c
  for (; i < route.length; i++, j++) {
    const asked = route[i]!
    if (isRest(asked)) return score + (j <= call.length ? 0.5 : 0)
    if (j >= call.length) return 0
    const one = fitSegment(asked, call[j]!)
    if (one === 0) return 0
    score += one
  }
  if (j === call.length) return score
  // A value behind the last slash may be a query, or nothing: `/users/${query}`.
  return j === call.length - 1 && isValue(call[j]!) ? score - MAYBE : 0
}

function fitSegment(route: string, call: string): number {
  if (route === call) return isWord(route) ? WORD : PARAMETER
  const [isRouteWord, isCallWord] = [isWord(route), isWord(call)]
  if (isRouteWord && isCallWord) return 0
  if (isCallWord) return expression(route).test(call) ? 1 : 0
  if (isRouteWord) {
    if (/^\{[^}]*\}$/.test(call)) return MAYBE
    // `users{query}`: what is glued to a word is a query, or nothing.
    const word = /^([^{]+)\{[^}]*\}$/.exec(call)?.[1]
    if (word === route) return WORD - 0.5
    return expression(call).test(route) ? MAYBE : 0
  }
  // Both hold something: their words must be able to stand together.
  if (/^\{[^}]*\}$/.test(route) || /^\{[^}]*\}$/.test(call)) return PARAMETER
  return expression(route).test(filled(call)) || expression(call).test(filled(route)) ? PARAMETER + 1 : 0
}

/** With something in every place that is filled at run time. */
function filled(segment: string): string {
  return segment.replace(/\{[^}]*\}/g, 'x')
}

function isValue(segment: string): boolean {
  return /^\{[^}]*\}$/.test(segment)
}

const EXPRESSIONS = new Map<string, RegExp>()

function expression(segment: string): RegExp {
  let known = EXPRESSIONS.get(segment)
  if (!known) {
    const source = segment
      .split(/\{[^}]*\}/)
      .map(it => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')
    known = new RegExp(`^${source}$`)
    if (EXPRESSIONS.size > 5000) EXPRESSIONS.clear()
    EXPRESSIONS.set(segment, known)
  }
  return known
}

/** Two paths, one behind the other, with one slash between. */
export function joinPaths(a: string, b: string): string {
  if (a === '' || b === '') return a + b
  return `${a.replace(/\/+$/, '')}/${b.replace(/^\/+/, '')}`
}

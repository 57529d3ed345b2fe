// Of routes that nearly answer a call: which one was meant.

import { answersMethod, type Link } from '../../graph/links.ts'
import { isWord, type PathPattern } from '../../graph/path-pattern.ts'
import type { Relations } from '../../graph/relations.ts'
import { wordOf } from '../../graph/route-index.ts'
import type { Route } from '../../graph/routes.ts'
import { editDistance, MOST_LETTERS } from './nearest-name.ts'

export interface MeantRoute {
  readonly route: Route
  /** The one word of its path that the call has otherwise, and how. */
  readonly word: string
  readonly called: string
}

/** The route whose path differs in one word only: slightly, or because it was renamed under its callers. */
export function meantRoute(
  { call, pattern }: Pick<Link, 'call' | 'pattern'>,
  relations: Relations,
): MeantRoute | undefined {
  if (!pattern) return undefined
  const route = misspelt(pattern, relations) ?? renamed(pattern, call.method, relations)
  const at = route ? differing(route.pattern.segments, pattern.segments) : undefined
  return route && at !== undefined
    ? { route, word: route.pattern.segments[at]!, called: pattern.segments[at]! }
    : undefined
}

/** One is the other with a slip of the fingers; `v1` and `v2` are two versions. */
export function isSlipOf({ word, called }: MeantRoute): boolean {
  return (
    !/\d/.test(word + called) && editDistance(word, called) === 1 && Math.min(word.length, called.length) > 2
  )
}

function misspelt(pattern: PathPattern, relations: Relations): Route | undefined {
  let best: { readonly route: Route; readonly distance: number } | undefined
  let isTied = false
  for (const route of resembling(pattern, relations)) {
    const at = differing(route.pattern.segments, pattern.segments)
    if (at === undefined) continue
    const distance = editDistance(route.pattern.segments[at]!, pattern.segments[at]!)
    if (distance > MOST_LETTERS) continue
    if (!best || distance < best.distance) {
      best = { route, distance }
      isTied = false
    } else if (distance === best.distance && route.path !== best.route.path) isTied = true
  }
  return isTied ? undefined : best?.route
}

/** Routes that share a word with a path; of a path of one word, those that nobody calls. */
function* resembling(pattern: PathPattern, relations: Relations): Generator<Route> {
  const { segments } = pattern
  const words = new Set(segments.map(wordOf))
  const isAlone = segments.length === 1
  for (const it of relations.index.oneWordOff(pattern, isNear))
    if (
      isAlone
        ? !it.pattern.isOpen && uncalled(relations).has(it)
        : it.pattern.segments.some(one => words.has(one))
    )
      yield it
}

function isNear(word: string, meant: string): boolean {
  return editDistance(word, meant) <= MOST_LETTERS
}

/**
 * The route that nobody calls as it is now, and that still goes by the old name elsewhere: its function, its file or one of its
 * parameters does. Otherwise any route without callers, such as one for monitoring, would be taken for the one that is missed.
 */
function renamed(pattern: PathPattern, method: string, relations: Relations): Route | undefined {
  const found = new Map<string, Route>()
  for (const it of uncalled(relations)) {
    if (it.pattern.isOpen || !answersMethod(it, method)) continue
    const at = differing(it.pattern.segments, pattern.segments)
    if (at !== undefined && goesBy(it, pattern.segments[at]!)) found.set(it.path, it)
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

/** Routes that answer no call of this workspace. */
export function uncalled(relations: Relations): ReadonlySet<Route> {
  return relations.derive('uncalled routes', () => {
    const all = new Set(relations.routes)
    for (const { candidates } of relations.links) for (const it of candidates) all.delete(it)
    return all
  })
}

/** `users` for the function `find_user`, in `users.py`, with a `{user_id}`. */
function goesBy({ handler, file, path }: Route, word: string): boolean {
  const stem = lettersOf(word)
    .replace(/ies$/, 'y')
    .replace(/(?<=[sxz]|[cs]h)es$|s$/, '')
  if (stem.length < 3) return false
  const parameters = [...path.matchAll(/\{([^}]*)\}/g)].map(it => it[1]!)
  const [own = ''] = file.split('/').slice(-1)
  return [handler, own, ...parameters].some(it => lettersOf(it).includes(stem))
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Where the only word is that the call has otherwise. */
function differing(route: readonly string[], call: readonly string[]): number | undefined {
  if (route.length !== call.length) return undefined
  let at: number | undefined
  for (const [i, it] of route.entries()) {
    if (it === call[i] || !isWord(it)) continue
    if (at !== undefined || !isWord(call[i]!)) return undefined
    at = i
  }
  return at
}

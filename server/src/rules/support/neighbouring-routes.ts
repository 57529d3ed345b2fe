// Of routes that nearly answer a call: which one was meant.

import { isWord, type PathPattern } from '../../graph/path-pattern.ts'
import type { Relations } from '../../graph/relations.ts'
import type { Route } from '../../graph/routes.ts'
import { editDistance, MOST_LETTERS } from './nearest-name.ts'

/** The route whose path differs in one word only, and that slightly. */
export function meantRoute(pattern: PathPattern, { index }: Relations): Route | undefined {
  let best: { readonly route: Route; readonly distance: number } | undefined
  let isTied = false
  for (const route of index.near(pattern)) {
    const distance = distanceOf(route.pattern.segments, pattern.segments)
    if (distance === undefined || distance > MOST_LETTERS) continue
    if (!best || distance < best.distance) {
      best = { route, distance }
      isTied = false
    } else if (distance === best.distance && route.path !== best.route.path) isTied = true
  }
  return isTied ? undefined : best?.route
}

function distanceOf(route: readonly string[], call: readonly string[]): number | undefined {
  if (route.length !== call.length) return undefined
  let distance = 0
  for (const [i, it] of route.entries()) {
    const other = call[i]!
    if (it === other || (!isWord(it) && !isWord(other))) continue
    if (!isWord(it) || !isWord(other)) {
      if (isWord(it)) return undefined
      continue
    }
    if (distance > 0) return undefined
    distance = editDistance(it, other)
  }
  return distance === 0 ? undefined : distance
}

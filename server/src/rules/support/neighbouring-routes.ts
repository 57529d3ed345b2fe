// Of routes that nearly answer a call: which one was meant.

import { isWord, type PathPattern } from '../../graph/path-pattern.ts'
import type { Relations } from '../../graph/relations.ts'
import type { Route } from '../../graph/routes.ts'

/** The route whose path differs in one word only, and that slightly. */
export function meantRoute(pattern: PathPattern, { index }: Relations): Route | undefined {
  let best: { readonly route: Route; readonly distance: number } | undefined
  let isTied = false
  for (const route of index.near(pattern)) {
    const distance = distanceOf(route.pattern.segments, pattern.segments)
    if (distance === undefined || distance > MOST) continue
    if (!best || distance < best.distance) {
      best = { route, distance }
      isTied = false
    } else if (distance === best.distance && route.path !== best.route.path) isTied = true
  }
  return isTied ? undefined : best?.route
}

/** More letters than these are another word. */
const MOST = 3

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

/** Letters put in, left out or changed. */
export function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST) return MOST + 1
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row[j] = Math.min(before[j]! + 1, row[j - 1]! + 1, before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    before = row
  }
  return before[b.length]!
}

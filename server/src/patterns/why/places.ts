// Places that were found, as they are told: with what each metavariable stands for there.

import type { Found } from '../found.ts'
import type { Bindings } from '../pattern.ts'
import type { Target } from '../target.ts'
import { type BoundText, brief, MOST_PLACES, type WhyPlace } from './why.ts'

/** Each place once, the first ones. */
export function placesOf(
  target: Target,
  found: readonly Pick<Found, 'start' | 'end' | 'bindings'>[],
  most = MOST_PLACES,
): { readonly places: readonly WhyPlace[]; readonly count: number } {
  const byPlace = new Map<string, Pick<Found, 'start' | 'end' | 'bindings'>>()
  for (const it of found) {
    const key = `${it.start},${it.end}`
    if (!byPlace.has(key)) byPlace.set(key, it)
  }
  const all = [...byPlace.values()].sort((a, b) => a.start - b.start || b.end - a.end)
  const places = all.slice(0, most).map(({ start, end, bindings }) => ({
    start,
    end,
    bindings: boundTexts(target, bindings),
  }))
  return { places, count: all.length }
}

/** By name, without the numbered groups of regular expressions. */
function boundTexts(target: Target, bindings: Bindings | undefined): BoundText[] {
  const texts: BoundText[] = []
  for (let it = bindings; it; it = it.before) {
    const { name, bound } = it
    if (/^\d/.test(name) || texts.some(text => text.name === name)) continue
    texts.push({ name, text: brief(target.textOf(bound), 120), start: bound.start, end: bound.end })
  }
  return texts.sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || (a.name < b.name ? -1 : 1))
}

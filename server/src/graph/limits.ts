// Limits of values, put together from what is said of them in several places.

import type { Limits, Span } from './rows/shapes.ts'

/** All of them hold: the narrower one of two. Two patterns are more than can be compared. */
export function bothLimits(one: Limits | undefined, other: Limits | undefined): Limits | undefined {
  if (!one || !other) return one ?? other
  const length = bothSpans(one.length, other.length)
  const value = bothSpans(one.value, other.value)
  const pattern = one.pattern === undefined ? other.pattern : other.pattern === undefined && one.pattern
  return {
    ...(length && { length }),
    ...(value && { value }),
    ...(typeof pattern === 'string' && { pattern }),
  }
}

/** Undefined where nothing is said at all. */
export function limitsOf(parts: {
  readonly shortest?: number | undefined
  readonly longest?: number | undefined
  readonly least?: number | undefined
  readonly most?: number | undefined
  readonly pattern?: string | undefined
}): Limits | undefined {
  const length = spanOf(parts.shortest, parts.longest)
  const value = spanOf(parts.least, parts.most)
  const { pattern } = parts
  if (!length && !value && pattern === undefined) return undefined
  return { ...(length && { length }), ...(value && { value }), ...(pattern !== undefined && { pattern }) }
}

function spanOf(least: number | undefined, most: number | undefined): Span | undefined {
  if (least === undefined && most === undefined) return undefined
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) }
}

function bothSpans(one: Span | undefined, other: Span | undefined): Span | undefined {
  if (!one || !other) return one ?? other
  return spanOf(extreme(Math.max, one.least, other.least), extreme(Math.min, one.most, other.most))
}

function extreme(
  of: (a: number, b: number) => number,
  one: number | undefined,
  other: number | undefined,
): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : of(one, other)
}

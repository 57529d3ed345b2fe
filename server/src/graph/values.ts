// Values that are written down on both sides of a border and have to agree: which declaration belongs to which.

import { isSpecimen, isTest } from '../semantics/provenance.ts'
import { wordsOf } from './name-words.ts'
import type { At } from './routes.ts'
import type { ValueKind } from './rows/values.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

type Value = string | number

/** One declaration, its place its name or its value. */
export interface Declared<T> extends At {
  readonly name: string
  readonly value: T
}

/** Two declarations of the same in different languages. */
export interface Twins<T> {
  /** Of JavaScript and TypeScript where one is, else of Python. */
  readonly one: Declared<T>
  readonly other: Declared<T>
}

export interface ValueTwins extends Twins<Value> {
  readonly kind: ValueKind
}

/** Constants of a telling name that stand exactly once in each of two languages. */
export function valueTwinsOf(facts: WorkspaceFacts): ValueTwins[] {
  const byName = new Map<string, Map<Side, (Declared<Value> & { readonly kind: ValueKind })[]>>()
  for (const { path, rows } of ofCode(facts.rows('value'))) {
    for (const [i, { name, kind, value }] of rows.entries()) {
      const sides = inner(byName, wordsOf(lastOf(name)).join(' '), () => new Map())
      const place = placeIn(facts, path, 'value', i)
      inner(sides, sideOf(path), () => []).push(Object.assign(place, { name, kind, value }))
    }
  }
  const twins: ValueTwins[] = []
  for (const sides of byName.values()) {
    const [one, other, ...more] = [...sides].sort(([a], [b]) => SIDES.indexOf(a) - SIDES.indexOf(b))
    if (!one || !other || more.length > 0) continue
    const [[first, ...firsts], [second, ...seconds]] = [one[1], other[1]]
    if (!first || !second || firsts.length > 0 || seconds.length > 0 || first.kind !== second.kind) continue
    twins.push({ kind: first.kind, one: first, other: second })
  }
  return twins
}

/** Enumerations of the same name and mostly the same values. */
export function enumTwinsOf(facts: WorkspaceFacts): Twins<readonly Value[]>[] {
  const all: Enumeration[] = []
  // Names that have something in common end alike.
  const byEnd = new Map<string, Enumeration[]>()
  const add = (at: At, name: string, given: readonly Value[]) => {
    const values = given.filter(isWhole)
    if (values.length < 2) return
    const keys = keysOf(name)
    const it: Enumeration = Object.assign(at, { name, value: values, side: sideOf(at.file), keys })
    all.push(it)
    for (const end of new Set(keys.map(key => key.at(-1)!))) inner(byEnd, end, () => []).push(it)
  }
  for (const { path, rows } of ofCode(facts.rows('shape')))
    for (const [i, { name, type }] of rows.entries())
      if (type?.kind === 'values') add(placeIn(facts, path, 'shape', i), name, type.values)
  for (const { path, rows } of ofCode(facts.rows('enumeration')))
    for (const [i, { name, values }] of rows.entries())
      add(placeIn(facts, path, 'enumeration', i), name, values)
  const twins: Twins<readonly Value[]>[] = []
  for (const one of all) {
    const alike = new Set(one.keys.flatMap(key => byEnd.get(key.at(-1)!) ?? []))
    for (const side of SIDES.slice(SIDES.indexOf(one.side) + 1)) {
      const other = bestFor(
        one,
        [...alike].filter(it => it.side === side),
      )
      if (other) twins.push({ one, other })
    }
  }
  return twins
}

/** Tests and what they are fed with write down what they like. */
function ofCode<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  return files.filter(it => !isTest(it.path) && !isSpecimen(it.path))
}

/** `custom_field_%d` and `custom_field_` are what values are made of. */
function isWhole(value: Value): boolean {
  return typeof value === 'number' || !/[%{<]|[_\-.:/]$/.test(value)
}

type Side = (typeof SIDES)[number]
const SIDES = ['script', 'python', 'rust'] as const

function sideOf(path: string): Side {
  return path.endsWith('.rs') ? 'rust' : /\.pyi?$/.test(path) ? 'python' : 'script'
}

interface Enumeration extends Declared<readonly Value[]> {
  readonly side: Side
  /** What it may be called elsewhere, each as words. */
  readonly keys: readonly (readonly string[])[]
}

/** What belongs to it the most surely; undefined where nothing does, or two things equally. */
function bestFor(one: Enumeration, others: readonly Enumeration[]): Enumeration | undefined {
  let best: { readonly other: Enumeration; readonly likeness: number } | undefined
  let isTied = false
  for (const other of others) {
    const likeness = likenessOf(one, other)
    if (likeness === 0 || (best && likeness < best.likeness)) continue
    isTied = best !== undefined && likeness === best.likeness
    best = { other, likeness }
  }
  return isTied ? undefined : best?.other
}

/**
 * How much two enumerations are the same; 0 where they are not. A name of one word ties only what is all known to the other:
 * `Theme` of a page has a value more, and rightly.
 */
function likenessOf(one: Enumeration, other: Enumeration): number {
  const naming = namingOf(one, other)
  if (naming === 0) return 0
  const shared = one.value.filter(it => other.value.includes(it))
  const [least, most] = [one.value.length, other.value.length].sort((a, b) => a - b) as [number, number]
  const isPart = shared.length === least
  const isSame = isPart && least === most
  const ofTexts = shared.filter(it => typeof it === 'string').length
  if (isMisspelt(one.value, other.value) && shared.length >= (naming === 3 ? 1 : 2))
    return naming + shared.length / most
  const isTied =
    naming === 3
      ? shared.length >= 2 && (isPart || shared.length >= 0.6 * most)
      : naming === 2
        ? isSame || (ofTexts >= 3 && isPart && shared.length === one.value.length)
        : isSame || (ofTexts >= 4 && isPart && shared.length === one.value.length)
  return isTied ? naming + shared.length / most : 0
}

/** All is the same but one text, and that has a letter more or less on one side. */
function isMisspelt(one: readonly Value[], other: readonly Value[]): boolean {
  const [only, ...more] = one.filter(it => !other.includes(it))
  const [its, ...others] = other.filter(it => !one.includes(it))
  if (typeof only !== 'string' || typeof its !== 'string' || more.length > 0 || others.length > 0)
    return false
  const [short, long] = only.length < its.length ? [only, its] : [its, only]
  // `user` and `users` are a matter of taste, `v1` and `v12` of versions.
  if (short.length < 3 || long.length !== short.length + 1 || long === `${short}s` || /\d/.test(long))
    return false
  return [...long].some((_, i) => long.slice(0, i) + long.slice(i + 1) === short)
}

/** 3: the same name of two words or more, 2: of one word, 1: one is the end of the other. */
function namingOf(one: Enumeration, other: Enumeration): number {
  let best = 0
  for (const a of one.keys) {
    for (const b of other.keys) {
      const [short, long] = a.length < b.length ? [a, b] : [b, a]
      const isEnd = short.every((it, i) => it === long[long.length - short.length + i])
      if (isEnd) best = Math.max(best, short.length < long.length ? 1 : short.length > 1 ? 3 : 2)
    }
  }
  return best
}

/** `Outer.Inner` by its last name and by all of them. */
function keysOf(name: string): string[][] {
  const full = withoutCustomary(wordsOf(name))
  return name.includes('.') ? [withoutCustomary(wordsOf(lastOf(name))), full] : [full]
}

const CUSTOMARY = new Set(
  'enum enums type types kind kinds choice choices option options value values literal list'.split(' '),
)

/** `IUserRoleEnum`, `UserRoles` → `user role` */
function withoutCustomary(words: readonly string[]): string[] {
  const left = words.filter((it, i) => it !== words[i - 1])
  if (left.length > 1 && /^[iet]$/.test(left[0]!)) left.shift()
  while (left.length > 1 && CUSTOMARY.has(left.at(-1)!)) left.pop()
  return [...left.slice(0, -1), singular(left.at(-1)!)]
}

/** Well enough to know `roles` and `statuses` again. */
function singular(word: string): string {
  if (/(?:s|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function inner<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

// What files say of the same thing, as somebody with a cursor sees it: a route and the calls that it answers, a variable of the
// environment and who reads it. A tie has two sides, those who declare the thing and those who use it; whoever stands on one end
// can ask for the others.

import type { FieldTie } from '../graph/field-ties.ts'
import type { ForeignExport } from '../graph/foreign-exports.ts'
import type { Relations } from '../graph/relations.ts'
import type { At, Route } from '../graph/routes.ts'
import type { Variable } from '../graph/settings.ts'
import type { DatabaseTable } from '../graph/tables.ts'
import type { Topic } from '../graph/topics.ts'
import { type Column, columnAt, columnsUsed, makersOf, placeOfColumn } from './columns.ts'
import { handlerOf } from './handlers.ts'
import { isKnownToItsLanguage, isSamePlace } from './own-language.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface Tie {
  readonly about: Subject
  readonly declared: readonly At[]
  readonly used: readonly At[]
}

/** What a tie is about. */
export type Subject =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** A function or a class of Rust that another language calls without a network. */
  | { readonly kind: 'foreign'; readonly of: ForeignExport }
  /** A module that one language imports and another is written in. */
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'table'; readonly table: DatabaseTable }
  | { readonly kind: 'column'; readonly column: Column }
  /** A field of data that is sent or answered, or a parameter behind the question mark. */
  | { readonly kind: 'field'; readonly field: FieldTie }
  /** The name under which messages are sent and waited for. */
  | { readonly kind: 'topic'; readonly topic: Topic }
  /** A value that two languages write down, each for itself. */
  | { readonly kind: 'twins'; readonly name: string }

/** A place in a file that is on a tie. */
export interface End {
  readonly at: At
  readonly side: 'declared' | 'used'
  readonly tie: Tie
}

/** One for each kind of thing that files share. */
const KINDS: readonly ((relations: Relations) => Iterable<Tie>)[] = [
  routeTies,
  variableTies,
  foreignTies,
  moduleTies,
  tableTies,
  columnTies,
  fieldTies,
  topicTies,
  twinTies,
]

/**
 * The ends that a position touches; of a route also the name of what answers. Only ties that reach into another file: of
 * others, a language's own server knows.
 */
export function endsAt(view: WorkspaceView, path: string, offset: number): readonly End[] {
  const touches = ({ place: [start, end] }: At) => start <= offset && offset <= end
  const ends = endsIn(view.relations, path)
  const found = ends.flatMap(end => {
    // Only the text tells where in what makes a table a column is.
    if (isMaker(end)) return []
    if (touches(end.at)) return [end]
    const handler = end.side === 'declared' ? handlerOn(view, end.tie) : undefined
    return handler?.file === path && touches(handler) ? [{ ...end, at: handler }] : []
  })
  const columns = columnEndsAt(view, ends.filter(isMaker), path, offset)
  return columns.length > 0 ? columns : found
}

function isMaker({ side, tie: { about } }: End): boolean {
  return about.kind === 'column' && side === 'declared'
}

function columnEndsAt(
  view: WorkspaceView,
  ends: readonly End[],
  path: string,
  offset: number,
): readonly End[] {
  const columns = new Map(
    ends.flatMap(end => (end.tie.about.kind === 'column' ? [[end.tie.about.column, end]] : [])),
  )
  const found = columnAt(view, columns.keys(), path, offset)
  return found ? [{ ...columns.get(found.column)!, at: found.at }] : []
}

/** The function that answers, where the tie is that of a route. */
export function handlerOn(view: WorkspaceView, { about }: Tie): At | undefined {
  return about.kind === 'route' ? handlerOf(view, about.route) : undefined
}

/** All ends in a file. */
export function endsIn(relations: Relations, path: string): readonly End[] {
  return relations.derive('ends of ties', () => byFile(relations)).get(path) ?? []
}

/** The places of one side, without repeating a place that two ties share. */
export function placesOf(
  view: WorkspaceView,
  ends: readonly End[],
  side: 'declared' | 'used',
): readonly At[] {
  const places = (end: End) => (side === 'declared' ? declaredOn(view, end) : end.tie.used)
  return once(ends.flatMap(end => places(end).filter(it => !isKnownToItsLanguage(end, it))))
}

function declaredOn(view: WorkspaceView, { tie: { about, declared } }: End): readonly At[] {
  return about.kind === 'column'
    ? about.column.made.map(it => placeOfColumn(view, about.column, it))
    : declared
}

/** Where whoever stands on an end wants to go: what is used is declared somewhere, and what two sides declare, on the other. */
export function targetsOf(view: WorkspaceView, ends: readonly End[]): readonly At[] {
  return once(ends.flatMap(end => targets(view, end).filter(it => !isKnownToItsLanguage(end, it))))
}

function targets(view: WorkspaceView, end: End): readonly At[] {
  const {
    at,
    side,
    tie: { about, declared },
  } = end
  if (about.kind === 'field') {
    const { field, twins } = about.field
    return isSamePlace(at, field.at) ? twins.map(it => it.at) : [field.at]
  }
  if (side === 'used') return declaredOn(view, end)
  return about.kind === 'twins' ? declared.filter(it => !isSamePlace(it, at)) : []
}

function once(places: readonly At[]): readonly At[] {
  const seen = new Set<string>()
  return places.filter(({ file, place }) => {
    const key = `${file}\n${place}`
    return !seen.has(key) && seen.add(key)
  })
}

function byFile(relations: Relations): ReadonlyMap<string, readonly End[]> {
  const files = new Map<string, End[]>()
  for (const ties of KINDS)
    for (const tie of ties(relations)) {
      if (!crossesFiles(tie)) continue
      for (const side of ['declared', 'used'] as const)
        for (const at of tie[side]) {
          const own = files.get(at.file)
          if (own) own.push({ at, side, tie })
          else files.set(at.file, [{ at, side, tie }])
        }
    }
  return files
}

function crossesFiles({ declared, used }: Tie): boolean {
  const [first] = declared
  return first !== undefined && [...declared, ...used].some(it => it.file !== first.file)
}

/** A call with a method that no route takes is on the tie of each route of its path: that is where it has to be put right. */
function* routeTies({ routes, links }: Relations): Generator<Tie> {
  const calls = new Map<Route, At[]>()
  for (const { call, route, candidates } of links)
    for (const it of route ? [route] : candidates) put(calls, it, call)
  for (const route of routes) {
    const used = calls.get(route)
    if (used) yield { about: { kind: 'route', route }, declared: [route], used }
  }
}

function* variableTies({ environment }: Relations): Generator<Tie> {
  for (const variable of environment.variables)
    if (variable.reads.length > 0)
      yield { about: { kind: 'variable', variable }, declared: variable.settings, used: variable.reads }
}

function* foreignTies({ foreignUses }: Relations): Generator<Tie> {
  // Who calls a class and who names it mean one thing, though not the same object.
  const uses = new Map<string, { readonly of: ForeignExport; readonly used: At[] }>()
  for (const it of foreignUses) {
    if (!it.found) continue
    const key = `${it.found.file}\n${it.found.place[0]}`
    const known = uses.get(key)
    if (known) known.used.push(it)
    else uses.set(key, { of: it.found, used: [it] })
  }
  for (const { of, used } of uses.values()) yield { about: { kind: 'foreign', of }, declared: [of], used }
}

function* moduleTies({ foreignImports }: Relations): Generator<Tie> {
  const imports = new Map<string, { readonly name: string; readonly to: At; readonly used: At[] }>()
  for (const it of foreignImports) {
    const key = `${it.to.file}\n${it.to.place[0]}`
    const known = imports.get(key) ?? { name: it.name, to: it.to, used: [] }
    imports.set(key, known)
    known.used.push(it.at)
  }
  for (const { name, to, used } of imports.values())
    yield { about: { kind: 'module', name }, declared: [to], used }
}

function* tableTies({ database: { tables, tableUses } }: Relations): Generator<Tie> {
  const uses = new Map<DatabaseTable, At[]>()
  for (const it of tableUses) {
    const table = tables.get(it.table)
    if (table) put(uses, table, it)
  }
  for (const [table, used] of uses) yield { about: { kind: 'table', table }, declared: makersOf(table), used }
}

function* columnTies(relations: Relations): Generator<Tie> {
  for (const { column, used } of columnsUsed(relations))
    yield { about: { kind: 'column', column }, declared: column.made.map(it => it.at), used }
}

/** Both sides declare a field, each in its language. */
function* fieldTies({ fieldTies }: Relations): Generator<Tie> {
  for (const it of fieldTies) {
    const declared = [it.field, ...it.twins].map(({ at }) => at)
    yield {
      about: { kind: 'field', field: it },
      declared,
      used: [...it.sent, ...it.read.map(({ at }) => at)],
    }
  }
}

/** Who waits for a message says what becomes of it. */
function* topicTies({ topics }: Relations): Generator<Tie> {
  for (const topic of topics.all)
    if (topic.sends.length > 0 && topic.receives.length > 0)
      yield { about: { kind: 'topic', topic }, declared: topic.receives, used: topic.sends }
}

/** Neither is there before the other: both declare it. */
function* twinTies({ valueTwins, enumTwins }: Relations): Generator<Tie> {
  for (const { one, other } of [...valueTwins, ...enumTwins])
    yield { about: { kind: 'twins', name: one.name }, declared: [one, other], used: [] }
}

function put<T>(map: Map<T, At[]>, key: T, value: At): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

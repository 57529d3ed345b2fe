// The things that files share, kind by kind: who declares one, and who uses it.

import type { FieldTie } from '../graph/field-ties.ts'
import type { ForeignUse } from '../graph/foreign.ts'
import type { ForeignExport } from '../graph/foreign-exports.ts'
import type { Relations } from '../graph/relations.ts'
import type { At, Route } from '../graph/routes.ts'
import type { Variable } from '../graph/settings.ts'
import type { Stub } from '../graph/stubs.ts'
import type { DatabaseTable } from '../graph/tables.ts'
import type { Topic } from '../graph/topics.ts'
import { type Column, columnsUsed, makersOf } from './columns.ts'

export interface Tie {
  readonly about: Subject
  readonly declared: readonly At[]
  readonly used: readonly At[]
}

/** What a tie is about. */
export type Subject =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** A function or a class of Rust that another language calls without a network; other uses only name it. */
  | { readonly kind: 'foreign'; readonly of: ForeignExport; readonly calls: readonly At[] }
  /** A module that one language imports and another is written in. */
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'table'; readonly table: DatabaseTable }
  | { readonly kind: 'column'; readonly column: Column }
  /** A field of data that is sent or answered, or a parameter behind the question mark. */
  | { readonly kind: 'field'; readonly field: FieldTie }
  /** The name under which messages are sent and waited for. */
  | { readonly kind: 'topic'; readonly topic: Topic }
  /** What a schema declares, and code asks for: a field of GraphQL; a message, a field or a method of protobuf. */
  | { readonly kind: 'schema'; readonly name: string; readonly language: 'GraphQL' | 'protobuf' }
  /** A value that two languages write down, each for itself. */
  | { readonly kind: 'twins'; readonly name: string }

/** All ties of a kind that reach into another file: of others, a language's own server knows. */
export function tiesOf(relations: Relations, kind: Kind): readonly Tie[] {
  return [...KINDS[kind](relations)].filter(crossesFiles)
}

export type Kind = Subject['kind']

const KINDS: Readonly<Record<Kind, (relations: Relations) => Iterable<Tie>>> = {
  route: routeTies,
  variable: variableTies,
  foreign: foreignTies,
  module: moduleTies,
  table: tableTies,
  column: columnTies,
  field: fieldTies,
  topic: topicTies,
  schema: schemaTies,
  twins: twinTies,
}

export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[]

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

function* foreignTies({ foreignUses, stubs }: Relations): Generator<Tie> {
  // Who calls a class and who names it mean one thing, though not the same object.
  const uses = new Map<string, { readonly of: ForeignExport; readonly used: (ForeignUse | Stub)[] }>()
  for (const it of [...foreignUses, ...stubs]) {
    if (!it.found) continue
    const key = `${it.found.file}\n${it.found.place[0]}`
    const known = uses.get(key)
    if (known) known.used.push(it)
    else uses.set(key, { of: it.found, used: [it] })
  }
  for (const { of, used } of uses.values()) {
    const calls = used.filter(it => 'arguments' in it).filter(it => it.arguments)
    yield { about: { kind: 'foreign', of, calls }, declared: [of], used }
  }
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

function* schemaTies({ graphqlUses, protoUses }: Relations): Generator<Tie> {
  const uses = new Map<At, { readonly about: Subject; readonly used: At[] }>()
  const add = (declared: At, used: At, name: string, language: 'GraphQL' | 'protobuf') => {
    const known = uses.get(declared)
    if (known) known.used.push(used)
    else uses.set(declared, { about: { kind: 'schema', name, language }, used: [used] })
  }
  for (const it of graphqlUses.fields) if (it.field) add(it.field, it, it.name, 'GraphQL')
  for (const it of graphqlUses.types) if (it.type) add(it.type, it, it.name, 'GraphQL')
  for (const it of protoUses) if (it.found) add(it.found, it, it.name, 'protobuf')
  for (const [declared, { about, used }] of uses) yield { about, declared: [declared], used }
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

// Fields that are checked twice, before they are sent and where they arrive: what both say of lengths, values and patterns.
//
// Two types of one call are tied by it. The schema of a form hardly ever is: it stands in a file that calls the route, or that
// names the type which the route takes, and most of its fields are called as there.

import type { Exchange } from './exchanges.ts'
import type { Handlers } from './handlers.ts'
import type { Route } from './routes.ts'
import type { DataType } from './rows/shapes.ts'
import type { ResolvedField, Shapes, TypeIn } from './shapes.ts'
import { solid, type TypeTwin } from './type-twins.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface LimitTwin {
  /** Checked before it is sent. */
  readonly here: ResolvedField
  readonly there: ResolvedField
  /** What the type is called that the route takes; empty for what is written in place. */
  readonly takenAs: string
}

/** A type that a route takes, some field of which is limited. */
export interface Taken {
  /** The same for all routes that take it. */
  readonly key: string
  readonly name: string
  readonly file: string
  readonly fields: readonly ResolvedField[]
}

export function limitTwinsOf(
  facts: WorkspaceFacts,
  {
    typeTwins,
    exchanges,
    taken,
    shapes,
  }: {
    readonly typeTwins: readonly TypeTwin[]
    readonly exchanges: readonly Exchange[]
    readonly taken: readonly Taken[]
    readonly shapes: Shapes
  },
): LimitTwin[] {
  const found = new Map<string, LimitTwin>()
  const add = (here: ResolvedField, there: ResolvedField, takenAs: string) => {
    const key = `${here.at.file} ${here.at.place[0]} ${there.at.file} ${there.at.place[0]}`
    if (here.limits && there.limits && !found.has(key)) found.set(key, { here, there, takenAs })
  }
  for (const twin of typeTwins)
    if (twin.direction === 'body')
      for (const { here, there } of twin.fields) add(here, there, twin.there.name)
  if (taken.length === 0) return [...found.values()]
  const all = new Map(taken.toReversed().map(it => [it.key, it]))
  const called = byFile(exchanges, all, shapes)
  const named = byName(all)
  for (const [file, schemas] of schemasOf(facts, shapes)) {
    const imports = facts.rowsIn(file, 'import')
    const names = new Set(imports.flatMap(it => it.taken.map(name => name.split('.').at(-1)!)))
    for (const it of facts.rowsIn(file, 'shape')) names.add(it.name)
    const near = new Set([...(called.get(file) ?? []), ...[...names].flatMap(it => named.get(it) ?? [])])
    for (const schema of schemas)
      for (const { here, there } of formTwins(
        schema,
        [...near].filter(it => it.file !== file),
      ))
        add(here, there.field, there.of.name)
  }
  return [...found.values()]
}

/** Of each field of a form the one that it stands for; where several types may be meant, all have to limit it. */
function* formTwins(schema: readonly ResolvedField[], near: readonly Taken[]) {
  const alike = near.filter(it => isAlike(schema, it.fields))
  for (const here of schema) {
    const all = alike.flatMap(of => {
      const field = of.fields.find(it => it.name === here.name)
      return field ? [{ of, field }] : []
    })
    const [first] = all
    if (here.limits && first && all.every(it => sameLimits(it.field, first.field)))
      yield { here, there: first }
  }
}

function sameLimits(one: ResolvedField, other: ResolvedField): boolean {
  return JSON.stringify(one.limits) === JSON.stringify(other.limits)
}

/** A form asks for little more than what is sent: a password twice, that somebody agrees. */
function isAlike(schema: readonly ResolvedField[], taken: readonly ResolvedField[]): boolean {
  const names = new Set(taken.map(it => it.name))
  const shared = schema.filter(it => names.has(it.name)).length
  return shared >= 2 && shared >= 0.6 * schema.length
}

/** What a route takes, when a field of it is limited. */
export function takenBy(route: Route, handlers: Handlers, shapes: Shapes): readonly Taken[] {
  const handler = handlers.of(route)
  const body = handler?.body
  if (!handler || !body || body.kind === 'none') return []
  const { file } = handler.at
  const key = keyOf({ type: body, file }, shapes)
  const named = shapes.named(body, file)
  const fields = key === undefined || !named ? [] : (shapes.fieldsOf(body, file)?.fields ?? [])
  return key !== undefined && named && fields.some(it => it.limits)
    ? [{ key, name: named.name, file: named.at.file, fields }]
    : []
}

function keyOf(given: TypeIn, shapes: Shapes): string | undefined {
  const type = solid(given, shapes)
  const named = type && shapes.named(type.type, type.file)
  return named && `${named.at.file}\n${named.name}`
}

/** What the calls of a file send to, by the file. */
function byFile(
  exchanges: readonly Exchange[],
  taken: ReadonlyMap<string, Taken>,
  shapes: Shapes,
): ReadonlyMap<string, readonly Taken[]> {
  const files = new Map<string, Taken[]>()
  for (const { call, handler } of exchanges) {
    const body: DataType | { readonly kind: 'none' } | undefined = handler.body
    if (!body || body.kind === 'none') continue
    const key = keyOf({ type: body, file: handler.at.file }, shapes)
    const it = key === undefined ? undefined : taken.get(key)
    if (it) files.set(call.file, [...(files.get(call.file) ?? []), it])
  }
  return files
}

/** Types of a client are made of those of the server; two files of one language may call anything the same. */
function byName(taken: ReadonlyMap<string, Taken>): ReadonlyMap<string, readonly Taken[]> {
  const names = new Map<string, Taken[]>()
  for (const it of taken.values())
    if (!SCRIPT.test(it.file)) names.set(it.name, [...(names.get(it.name) ?? []), it])
  return names
}

/** Schemas of TypeScript of which some field is limited, by file. */
function schemasOf(
  facts: WorkspaceFacts,
  shapes: Shapes,
): ReadonlyMap<string, readonly (readonly ResolvedField[])[]> {
  const files = new Map<string, (readonly ResolvedField[])[]>()
  for (const { path, rows } of facts.rows('field')) {
    if (!SCRIPT.test(path)) continue
    const names = new Set(rows.flatMap(it => (it.limits ? [it.shape] : [])))
    const own = [...names].flatMap(name => {
      const found = shapes.fieldsOf({ kind: 'shape', of: { module: '', names: name.split('.') } }, path)
      return found ? [found.fields] : []
    })
    if (own.length > 0) files.set(path, own)
  }
  return files
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/

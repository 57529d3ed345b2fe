// The GraphQL schemas of a workspace: which files make one together, and what its types are.
//
// A file whose types all stand in it is a schema of its own, such as one that a program wrote down for clients. All others are
// parts: of the one schema that they make together, and of each whole one, to which they may add.

import type { Place } from './facts.ts'
import type { TypeKind } from './graphql/document.ts'
import type { GraphqlInput, GraphqlTypeRow } from './rows/graphql.ts'
import type { RowsOfFile, WorkspaceFacts } from './workspace-facts.ts'

export interface GraphqlSchema {
  readonly types: ReadonlyMap<string, GraphqlType>
  /** The type that an operation begins with, by what kind it is of. */
  readonly roots: ReadonlyMap<string, GraphqlType>
}

export interface GraphqlType {
  readonly file: string
  readonly place: Place
  readonly name: string
  readonly kind: TypeKind
  /** Of a union its types, of an enumeration its values. */
  readonly members: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, GraphqlField>
}

export interface GraphqlField {
  readonly file: string
  readonly place: Place
  readonly owner: string
  readonly name: string
  readonly type: string
  readonly hasDefault: boolean
  readonly arguments: readonly GraphqlInput[]
}

/** `[Int!]!` → `Int` */
export function namedType(type: string): string {
  return type.replace(/[[\]!]/g, '')
}

export const SCALARS: ReadonlySet<string> = new Set(['Int', 'Float', 'String', 'Boolean', 'ID'])
const ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const

interface Part {
  readonly file: string
  readonly types: readonly GraphqlTypeRow[]
}

export function graphqlSchemasOf(facts: WorkspaceFacts): readonly GraphqlSchema[] {
  const parts: Part[] = facts.rows('graphqlType').map(({ path, rows }) => ({ file: path, types: rows }))
  if (parts.length === 0) return []
  const fields = byFile(facts.rows('graphqlField'))
  const roots = byFile(facts.rows('graphqlRoot'))
  const make = (of: readonly Part[]) => schemaOf(facts, of, fields, roots)
  const whole = parts.filter(it => isWhole(it, fields.get(it.file) ?? [], roots.get(it.file) ?? []))
  const others = parts.filter(it => !whole.includes(it))
  const isOne =
    whole.length < 2 || !haveCommonTypes(whole) || parts.some(it => it.types.some(type => type.isFederated))
  if (isOne) return [make(parts)]
  const merged = make(others)
  const all = whole.map(it => make([it, ...others]))
  return merged.roots.size > 0 ? [...all, merged] : all
}

/** It begins somewhere, and names nothing that it does not define. */
function isWhole(
  { types }: Part,
  fields: readonly { readonly type: string }[],
  roots: readonly { readonly type: string }[],
): boolean {
  const own = new Set(types.filter(it => !it.isExtension).map(it => it.name))
  if (![...roots.map(it => it.type), ROOTS.query].some(it => own.has(it))) return false
  return fields.every(({ type }) => SCALARS.has(namedType(type)) || own.has(namedType(type)))
}

/** Versions of one schema, or schemas of different servers. What several files begin with is a matter of course. */
function haveCommonTypes(parts: readonly Part[]): boolean {
  const known = new Set<string>()
  for (const { types } of parts)
    for (const { name, kind, isExtension } of types) {
      if (isExtension || kind === 'scalar' || Object.values<string>(ROOTS).includes(name)) continue
      if (known.has(name)) return true
      known.add(name)
    }
  return false
}

function schemaOf(
  facts: WorkspaceFacts,
  parts: readonly Part[],
  fields: ReadonlyMap<string, RowsOfFile<'graphqlField'>['rows']>,
  roots: ReadonlyMap<string, RowsOfFile<'graphqlRoot'>['rows']>,
): GraphqlSchema {
  interface Type extends GraphqlType {
    readonly members: Set<string>
    readonly fields: Map<string, GraphqlField>
    isExtension: boolean
  }
  const types = new Map<string, Type>()
  for (const { file, types: rows } of parts) {
    for (const [i, { name, kind, members, isExtension = false }] of rows.entries()) {
      const known = types.get(name)
      for (const it of members ?? []) known?.members.add(it)
      if (known && (isExtension || !known.isExtension)) continue
      types.set(name, {
        ...{ file, name, kind, isExtension },
        members: new Set([...(known?.members ?? []), ...(members ?? [])]),
        fields: known?.fields ?? new Map(),
        get place() {
          return facts.placeOf(file, 'graphqlType', i)
        },
      })
    }
  }
  for (const { file } of parts) {
    for (const [i, row] of (fields.get(file) ?? []).entries()) {
      const owner = types.get(row.owner)
      if (!owner || owner.fields.has(row.name)) continue
      owner.fields.set(row.name, {
        ...{ file, owner: row.owner, name: row.name, type: row.type },
        hasDefault: row.hasDefault === true,
        arguments: row.arguments ?? [],
        get place() {
          return facts.placeOf(file, 'graphqlField', i)
        },
      })
    }
  }
  // What is only added to has more fields than anybody here knows.
  const known = new Map([...types].filter(([, it]) => !it.isExtension || isRoot(it.name)))
  const first = new Map<string, GraphqlType>()
  for (const [operation, name] of [
    ...parts.flatMap(it => (roots.get(it.file) ?? []).map(root => [root.operation, root.type] as const)),
    ...Object.entries(ROOTS),
  ]) {
    const type = known.get(name)
    if (type && !first.has(operation)) first.set(operation, type)
  }
  return { types: known, roots: first }
}

function isRoot(name: string): boolean {
  return Object.values<string>(ROOTS).includes(name)
}

function byFile<K extends 'graphqlField' | 'graphqlRoot'>(
  rows: readonly RowsOfFile<K>[],
): ReadonlyMap<string, RowsOfFile<K>['rows']> {
  return new Map(rows.map(it => [it.path, it.rows]))
}

// Whether a value, as a document in GraphQL writes it, may stand where a schema wants a type.

import type { GraphqlValue } from '../../graph/graphql/document.ts'
import { type GraphqlSchema, namedType, SCALARS } from '../../graph/graphql-schemas.ts'
import type { GraphqlInput } from '../../graph/rows/graphql.ts'

/** What the value is instead, for a reader; undefined where it fits, or nobody can tell. */
export function otherThan(
  wanted: GraphqlInput,
  value: GraphqlValue,
  variables: readonly GraphqlInput[] | undefined,
  schema: GraphqlSchema,
): string | undefined {
  if (value.kind !== 'variable') return literalOtherThan(wanted.type, value, schema)
  const declared = variables?.find(it => it.name === value.name)
  return declared && !mayStand(declared, wanted, schema) ? declared.type : undefined
}

/** A variable may be absent only where that is allowed, or something else stands in for it. */
function mayStand(given: GraphqlInput, wanted: GraphqlInput, schema: GraphqlSchema): boolean {
  if (!isKnown(namedType(given.type), schema) || !isKnown(namedType(wanted.type), schema)) return true
  const isFilled = given.hasDefault || wanted.hasDefault
  return agrees(given.type, isFilled ? nullable(wanted.type) : wanted.type)
}

function isKnown(name: string, { types }: GraphqlSchema): boolean {
  return SCALARS.has(name) || types.has(name)
}

/** `given` is `wanted`, or stricter: `[Int!]!` where `[Int]` is wanted. */
function agrees(given: string, wanted: string): boolean {
  if (wanted.endsWith('!')) return given.endsWith('!') && agrees(nullable(given), nullable(wanted))
  const plain = nullable(given)
  if (wanted.startsWith('[') || plain.startsWith('['))
    return wanted.startsWith('[') && plain.startsWith('[') && agrees(plain.slice(1, -1), wanted.slice(1, -1))
  return plain === wanted
}

function nullable(type: string): string {
  return type.endsWith('!') ? type.slice(0, -1) : type
}

/** What may be written for the types that every schema has. */
const WRITTEN: Readonly<Record<string, readonly GraphqlValue['kind'][]>> = {
  Int: ['int'],
  Float: ['int', 'float'],
  String: ['string'],
  Boolean: ['boolean'],
  ID: ['int', 'string'],
}

function literalOtherThan(wanted: string, value: GraphqlValue, schema: GraphqlSchema): string | undefined {
  if (value.kind === 'unknown' || value.kind === 'variable') return undefined
  if (value.kind === 'null') return wanted.endsWith('!') ? 'null' : undefined
  const plain = nullable(wanted)
  if (plain.startsWith('[')) {
    const inner = plain.slice(1, -1)
    const all = value.kind === 'list' ? value.of : [value]
    return all.map(it => literalOtherThan(inner, it, schema)).find(it => it !== undefined)
  }
  const kinds = WRITTEN[plain]
  if (kinds) return kinds.includes(value.kind) ? undefined : (NAMES[value.kind] ?? nameOf(value))
  const type = schema.types.get(plain)
  if (type?.kind !== 'enum') return undefined
  if (value.kind === 'enum') return type.members.has(value.name) ? undefined : value.name
  return NAMES[value.kind]
}

const NAMES: Partial<Record<GraphqlValue['kind'], string>> = {
  int: 'Int',
  float: 'Float',
  string: 'String',
  boolean: 'Boolean',
  list: '[…]',
  object: '{…}',
}

function nameOf(value: GraphqlValue): string {
  return value.kind === 'enum' ? value.name : ''
}

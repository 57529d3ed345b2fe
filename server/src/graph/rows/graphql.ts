// What one file says in GraphQL: the types of a schema, and what operations and fragments ask of it.

import type { GraphqlValue, TypeKind } from '../graphql/document.ts'

/** A type, or what a file adds to one; its place is its name. */
export interface GraphqlTypeRow {
  readonly name: string
  readonly kind: TypeKind
  readonly isExtension?: true
  /** Types that it implements. */
  readonly interfaces?: readonly string[]
  /** Of a union its types, of an enumeration its values. */
  readonly members?: readonly string[]
  /** Other servers may add to it: directives of Apollo Federation say so. */
  readonly isFederated?: true
}

/** A field of a type of this file, in the order of the types; its place is its name. */
export interface GraphqlFieldRow {
  readonly owner: string
  readonly name: string
  /** As it is written: `[Int!]!`. */
  readonly type: string
  readonly hasDefault?: true
  readonly arguments?: readonly GraphqlInput[]
}

export interface GraphqlInput {
  readonly name: string
  readonly type: string
  readonly hasDefault?: true
}

/** `schema { query: Root }` */
export interface GraphqlRootRow {
  readonly operation: string
  readonly type: string
}

/** An operation or a fragment; its place is its name. */
export interface GraphqlExecutableRow {
  readonly kind: 'query' | 'mutation' | 'subscription' | 'fragment'
  readonly name: string
}

/** A variable that an operation declares; its place is the name in its type. */
export interface GraphqlVariableRow extends GraphqlInput {
  /** The index of the operation in this file. */
  readonly of: number
}

/** What an operation or a fragment asks for, outermost first; its place is its name. */
export interface GraphqlSelectionRow {
  /** From 0: the index of the operation or fragment in this file. */
  readonly of: number
  /** The index of the selection around; -1 for none. */
  readonly parent: number
  /** `inline`: the name is a type, that of a named fragment too, or empty. */
  readonly kind: 'field' | 'inline' | 'spread'
  readonly name: string
  /** A client answers it by itself: `@client`. */
  readonly isLocal?: true
  /** It asks for fields of its own. */
  readonly isOpened?: true
}

/** An argument of a field that is asked for; its place is its name. */
export interface GraphqlArgumentRow {
  /** The index of the selection in this file. */
  readonly of: number
  readonly name: string
  readonly value: GraphqlValue
}

export interface GraphqlRows {
  readonly graphqlType: readonly GraphqlTypeRow[]
  readonly graphqlField: readonly GraphqlFieldRow[]
  readonly graphqlRoot: readonly GraphqlRootRow[]
  readonly graphqlExecutable: readonly GraphqlExecutableRow[]
  readonly graphqlVariable: readonly GraphqlVariableRow[]
  readonly graphqlSelection: readonly GraphqlSelectionRow[]
  readonly graphqlArgument: readonly GraphqlArgumentRow[]
}

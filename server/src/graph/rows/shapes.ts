// What one file says of the data that crosses a border: named shapes, and what handlers take and give.
//
// Names of fields are those on the wire: after aliases, `rename_all`, generators of aliases. A field's name in the code is
// kept beside it where it is another one.

import type { Reference } from './names.ts'

/** What a value may be, as far as a reader of JSON can tell. */
export type DataType =
  | { readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'null' }
  /** Nobody can tell: it agrees with everything. `parameter`: who names the shape gives it, as its argument of this number. */
  | { readonly kind: 'unknown'; readonly parameter?: number }
  | { readonly kind: 'list'; readonly of: DataType }
  /** Keys that nobody knows: `dict[str, int]`, `Record<string, T>`. */
  | { readonly kind: 'map'; readonly of: DataType }
  /** One of these, as they stand on the wire. */
  | { readonly kind: 'values'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'union'; readonly of: readonly DataType[] }
  /** Written in place, without a name. `isOpen`: there may be fields that nobody knows. */
  | { readonly kind: 'object'; readonly fields: readonly Field[]; readonly isOpen: boolean }
  /**
   * A shape with a name, in this file or another. `with`: what it is given for its parameters. `from`: the file that its name
   * is looked up from, where that is another one than for the types around it; never in rows.
   */
  | {
      readonly kind: 'shape'
      readonly of: Reference
      readonly with?: readonly DataType[]
      readonly from?: string
    }

export interface Field {
  readonly name: string
  /** What it is called in the code, where that is not the same. */
  readonly inCode?: string
  /** Who sends may leave it out; who reads may miss it. */
  readonly isOptional: boolean
  readonly type: DataType
  /** Other names that are accepted when it is read: `populate_by_name`, serde's `alias`. */
  readonly alsoRead?: readonly string[]
  /** Who reads always finds it, though who sends may leave it out: what has a default. */
  readonly isAlwaysGiven?: true
  /** It goes one way only: `read_only`, `write_only`. */
  readonly only?: 'taken' | 'given'
  /** What it has to keep to besides, as whoever checks it says. */
  readonly limits?: Limits
}

/** Only what is known: where nothing stands there may be a limit that nobody can read. */
export interface Limits {
  /** Of a text its characters, of a list its elements. */
  readonly length?: Span
  readonly value?: Span
  /** In the notation of JavaScript; it may match anywhere unless it says otherwise. */
  readonly pattern?: string
}

/** Both ends belong to it. */
export interface Span {
  readonly least?: number
  readonly most?: number
}

/** How names of fields are made of those in the code; `unknown`: nobody can tell. */
export type Naming = 'as written' | 'camel' | 'pascal' | 'kebab' | 'screaming snake' | 'unknown'

/** A Pydantic model, a dataclass, a serializer, an interface, a type, a zod schema, a serde struct or enum. */
export interface ShapeRow {
  readonly name: string
  /** An object's fields are rows of their own. Anything else stands here: `type Id = string`, an enum. */
  readonly type: DataType | undefined
  /** Whose fields it has too. */
  readonly bases: readonly Reference[]
  /** There may be fields that nobody knows: `extra = "allow"`, an index signature, a base outside the workspace, a spread. */
  readonly isOpen: boolean
  /** Who sends what is not among the fields gets an error: `extra = "forbid"`, `deny_unknown_fields`, `.strict()`. */
  readonly isStrict: boolean
  /**
   * How fields without `inCode` are called on the wire, those of its bases too, and those of what derives from it:
   * `alias_generator=to_camel`.
   */
  readonly naming?: Naming
  /** Names in the code are accepted as well, also by what derives from it: `populate_by_name`. */
  readonly takesNamesInCode?: true
  /** Its types may be parameters. */
  readonly isGeneric?: true
  /** A program wrote it: nobody wants to hear of it, who would have to run that program again. */
  readonly isGenerated?: true
}

/** A field of a shape with a name; its place is its name in the code. */
export interface FieldRow extends Field {
  /** The shape's name in this file. */
  readonly shape: string
}

/** A function or method that answers requests. Routes name it in `RouteRow.handler`. */
export interface HandlerRow {
  readonly name: string
  /** Every parameter is known: none comes from a dependency, an extractor or a base class that nobody can see into. */
  readonly isWhole: boolean
  /** What it takes as the body; undefined where nobody can tell. */
  readonly body: DataType | undefined | { readonly kind: 'none' }
  /** What it answers when all is well; undefined where nobody can tell. */
  readonly response: DataType | undefined
  /** Status codes that it is seen to answer, errors too. */
  readonly statuses: readonly number[]
  /** Fields of the response may be left out, whatever its shape says: `response_model_exclude_unset`. */
  readonly isPartial?: true
  /** Shapes whose fields are query parameters. */
  readonly queries?: readonly DataType[]
  /** Parts of the body, or query parameters: their types say which in other files, where a model is a part of the body. */
  readonly undecided?: readonly Field[]
  /** Functions and classes whose parameters it takes too: `Depends(page)`. Those that handlers name have rows like theirs. */
  readonly dependencies?: readonly Reference[]
}

/** Something that a handler takes besides the body; its place is its name. */
export interface ParameterRow {
  readonly handler: string
  readonly in: 'query' | 'path' | 'header' | 'cookie' | 'form'
  /** On the wire. */
  readonly name: string
  readonly isOptional: boolean
  readonly type: DataType
}

export interface ShapeRows {
  readonly shape: readonly ShapeRow[]
  readonly field: readonly FieldRow[]
  readonly handler: readonly HandlerRow[]
  readonly parameter: readonly ParameterRow[]
}

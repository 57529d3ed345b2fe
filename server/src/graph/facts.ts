// What one file says that others may have to know: rows without offsets, and beside them the places they were read from.
//
// Rows are plain data, small, and the same as long as the file says the same: typing in a body changes no row. What rows of
// different files have to do with each other is `graph.ts`.

/** What a name stands for, as one file sees it. */
export interface Reference {
  /** The module as the file writes it: `./users`, `app.routers`, `crate::routes`. Empty: this file. */
  readonly module: string
  /** Names in it, outermost first: `['router']`, `['default', 'get']`. Empty: the module itself. */
  readonly names: readonly string[]
}

/** A text that code puts together, such as a URL: what is written, and what is known elsewhere or at run time only. */
export type TextPart =
  | string
  /** Some value, and the name it goes by: `{ hole: 'id' }`; a variable of the environment as `$NAME`. */
  | { readonly hole: string }
  /** A value of another file. */
  | { readonly from: Reference }
  /** An argument of the function around, which is a wrapper then; `hole` is its name. */
  | { readonly parameter: number; readonly hole?: string }

export type TextParts = readonly TextPart[]

/** In upper case; `*` is any. */
export type Method = string

/**
 * A path of a route in one notation for all frameworks: `/users/{id}/files/{rest*}`. `{x}` is one segment or a part of it,
 * `{x*}` all that is left.
 */
export type RoutePath = string

export const FRAMEWORKS = [
  'fastapi',
  'flask',
  'django',
  'express',
  'fastify',
  'koa',
  'hono',
  'nestjs',
  'nextjs',
  'sveltekit',
  'nuxt',
  'axum',
  'actix',
  'rocket',
  'openapi',
] as const
export type Framework = (typeof FRAMEWORKS)[number]

/** Something that holds routes: an application, a router, a blueprint, a controller, a function that builds one. */
export interface RouterRow {
  /** Its name in this file; for what a function makes or takes, that function's. */
  readonly name: string
  /** What it puts before the paths of its routes; undefined when nobody can tell. */
  readonly prefix: RoutePath | undefined
  readonly framework: Framework
  /** Nothing is put before its prefix: it is the application itself. */
  readonly isRoot: boolean
}

/** `parent` answers what `child` answers, below `prefix`. */
export interface MountRow {
  readonly parent: Reference
  readonly child: Reference
  readonly prefix: RoutePath | undefined
}

export interface RouteRow {
  /** Who holds it; undefined when its path is whole as it stands. */
  readonly router: Reference | undefined
  readonly methods: readonly Method[]
  /** Undefined when nobody can tell. */
  readonly path: RoutePath | undefined
  /** The name of what answers, where it has one. */
  readonly handler: string
  readonly framework: Framework
}

/** A client made with a base: `axios.create({ baseURL })`, `httpx.Client(base_url=…)`. */
export interface ClientRow {
  readonly name: string
  readonly base: TextParts
}

/** What a call may be given that matters to a request. */
export interface RequestShape {
  readonly url: TextParts
  /** A method as it is written, or the number of the parameter that tells it; GET where nothing is said. */
  readonly method: Method | { readonly parameter: number } | { readonly optionsOf: number }
}

/** A call that asks a server for something. */
export interface RequestRow extends RequestShape {
  /** What is called is surely a client. Otherwise only its method and its path look like one's. */
  readonly isSure: boolean
  /** Where its base is known: the client it is called on. */
  readonly client: Reference | undefined
  /** What is called may be a wrapper of this project, which knows better. */
  readonly through?: ForwardedCall
}

/** A function that makes a request of what it is given. */
export interface WrapperRow extends RequestShape {
  /** `apiFetch`, `ApiClient.get`. */
  readonly name: string
  readonly client: Reference | undefined
  /** It calls another function that may be a wrapper, with these arguments. */
  readonly through: ForwardedCall | undefined
}

/** A call of a function that may turn out to be a wrapper. */
export interface ForwardedCall {
  readonly callee: Reference
  readonly arguments: readonly Argument[]
}

export type Argument =
  | { readonly kind: 'text'; readonly parts: TextParts }
  /** An object literal: its `method`, `url` and `baseURL`, as far as they are written. */
  | { readonly kind: 'options'; readonly method: Method | undefined; readonly url: TextParts | undefined }
  | { readonly kind: 'other' }

/** A constant text that others may import: `API_BASE`, `routes.users`. */
export interface ConstantRow {
  readonly name: string
  readonly text: TextParts
}

/** A name that stands for something else: a re-export, an instance of a class, an assignment. */
export interface AliasRow {
  /** `*`: everything that the other exports. */
  readonly name: string
  readonly of: Reference
}

export interface ClassRow {
  readonly name: string
  readonly superclass: Reference
}

/** Of a project's own files: what other files call it, and by which short names its folders go. */
export interface PackageRow {
  /** The name it is imported by; empty for aliases alone. */
  readonly name: string
  /** Short name → folder, as in `paths` of tsconfig.json: `@/*` → `src/*`. */
  readonly aliases: readonly (readonly [string, string])[]
}

export interface Rows {
  readonly router: readonly RouterRow[]
  readonly mount: readonly MountRow[]
  readonly route: readonly RouteRow[]
  readonly client: readonly ClientRow[]
  readonly request: readonly RequestRow[]
  readonly forward: readonly ForwardedCall[]
  readonly wrapper: readonly WrapperRow[]
  readonly constant: readonly ConstantRow[]
  readonly alias: readonly AliasRow[]
  readonly class: readonly ClassRow[]
  readonly package: readonly PackageRow[]
}

export type FactKind = keyof Rows

export const FACT_KINDS = [
  'router',
  'mount',
  'route',
  'client',
  'request',
  'forward',
  'wrapper',
  'constant',
  'alias',
  'class',
  'package',
] as const satisfies readonly FactKind[]

/** Start and end. */
export type Place = readonly [number, number]

/** Of one file. `places[kind][i]` is where `rows[kind][i]` was read. Kinds of which there is nothing are left out. */
export interface FileFacts {
  readonly rows: Partial<Rows>
  readonly places: { readonly [K in FactKind]?: readonly Place[] }
}

export type Row<K extends FactKind> = Rows[K][number]

/** Where a row was read, as of now: places move while rows stay. */
export type PlaceOf = (path: string, kind: FactKind, index: number) => Place

/** Gathers the facts of one file. */
export class FactWriter {
  readonly #rows: { [K in FactKind]?: Row<K>[] } = {}
  readonly #places: { [K in FactKind]?: Place[] } = {}

  add<K extends FactKind>(kind: K, row: Row<K>, at: { readonly start: number; readonly end: number }): void {
    const rows = (this.#rows[kind] ??= []) as Row<K>[]
    rows.push(row)
    const places = (this.#places[kind] ??= []) as Place[]
    places.push([at.start, at.end])
  }

  get facts(): FileFacts {
    return { rows: this.#rows as Partial<Rows>, places: this.#places }
  }
}

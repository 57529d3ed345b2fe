// What one file says of the routes that it answers.

import type { Reference } from './names.ts'

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
  'react-router',
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
  /** Where what answers is, when it is not the one in this file that goes by this name. */
  readonly answeredBy?: Reference
  readonly framework: Framework
}

export interface RouteRows {
  readonly router: readonly RouterRow[]
  readonly mount: readonly MountRow[]
  readonly route: readonly RouteRow[]
}

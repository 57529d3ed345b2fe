// What a document of OpenAPI says of a server: a second description of routes, next to the code that answers them.

import type { Method, RoutePath } from './routes.ts'

/** An operation; its place is its method, or its path where the methods are told elsewhere. */
export interface DescribedRouteRow {
  /** `*`: another file tells. */
  readonly method: Method
  /** With what the server puts before it. */
  readonly path: RoutePath
}

export interface DescriptionRows {
  readonly describedRoute: readonly DescribedRouteRow[]
}

// Remembers what every route says of itself, so that the description of the endpoint is the routes and nothing beside them.

import type { FastifySchema } from 'fastify'
import type { App } from '../app.ts'
import type { Scope } from '../identity/scopes.ts'
import { type ErrorShape, shapeOf } from './errors.ts'

declare module 'fastify' {
  interface FastifySchema {
    /** For the description of the endpoint. */
    tags?: readonly string[]
    /** One line: what a caller gets. */
    summary?: string
    description?: string
    consumes?: readonly string[]
    produces?: readonly string[]
  }
  interface FastifyInstance {
    describedRoutes: readonly DescribedRoute[]
  }
}

export interface DescribedRoute {
  readonly method: string
  /** The template: `/v2/models/:model`. */
  readonly url: string
  readonly access: Scope | 'open' | 'known'
  readonly errors: ErrorShape
  readonly isDeprecated: boolean
  readonly isCompressible: boolean
  readonly schema: FastifySchema
}

export function addDescriptions(app: App): void {
  const routes: DescribedRoute[] = []
  app.decorate('describedRoutes', routes)
  app.addHook('onRoute', ({ url, method, config, schema = {} }) => {
    for (const it of [method].flat()) {
      // Fastify adds a HEAD to every GET: it says nothing that the GET does not.
      if (it === 'HEAD' || it === 'OPTIONS' || !config?.access) continue
      const errors = config.errors ?? shapeOf(url)
      const isDeprecated = config.deprecated !== undefined
      const isCompressible = config.compressible === true
      routes.push({ method: it, url, access: config.access, errors, isDeprecated, isCompressible, schema })
    }
  })
}

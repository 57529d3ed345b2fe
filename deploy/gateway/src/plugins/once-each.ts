// What all requests of a caller to a route have in common, made once: texts that are put together anew for every request are a good
// part of what a short answer costs.

import type { FastifyRequest } from 'fastify'
import type { Caller } from '../identity/caller.ts'

type Of<T> = (request: FastifyRequest) => T

/** As `make`, which may look at nothing but the caller and the route. Goes with the caller, as a route does with the application. */
export function onceEach<T>(make: Of<T>): Of<T> {
  const known = new WeakMap<object, WeakMap<object, T>>()
  return request => {
    const caller: Caller | undefined = request.caller
    // A route's own settings are the one thing of it that Fastify does not make anew each time. What is not there has them in common.
    const { config, url } = request.route
    if (!config || url === undefined) return make(request)
    let own = known.get(caller ?? NOBODY)
    if (!own) known.set(caller ?? NOBODY, (own = new WeakMap()))
    let found = own.get(config)
    if (found === undefined) own.set(config, (found = make(request)))
    return found
  }
}

const NOBODY = {}

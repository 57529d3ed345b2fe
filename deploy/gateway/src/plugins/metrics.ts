// Counts every request: for the operator by route, for the tenant that sent it as well.

import type { FastifyError } from 'fastify'
import type { App } from '../app.ts'
import { codeOfStatus, Refusal } from '../errors.ts'
import { HungUp } from '../hung-up.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'

export function addMetrics(app: App, metrics: GatewayMetrics): void {
  app.addHook('onRequest', (_, reply, done) => {
    metrics.inFlight++
    // Also when the caller hangs up: then there is no `onResponse`.
    reply.raw.once('close', () => {
      metrics.inFlight--
    })
    done()
  })

  app.addHook('onError', (request, _, error, done) => {
    metrics.errors.add({ route: request.routeOptions.url ?? 'none', code: codeOf(error) })
    done()
  })

  app.addHook('onResponse', ({ method, routeOptions, caller }, reply, done) => {
    const route = routeOptions.url ?? 'none'
    const seconds = reply.elapsedTime / 1000
    metrics.requests.add({ route, method, status: String(reply.statusCode) })
    metrics.requestSeconds.observe({ route, method }, seconds)
    if (caller) {
      const own = metrics.tenant(caller.tenant)
      own.requests.observe({ route }, seconds)
      if (reply.statusCode >= 400) own.failures.add({ route })
      metrics.heardOf(caller.tenant, caller.actor)
    }
    done()
  })
}

function codeOf(error: FastifyError | Refusal | HungUp): string {
  if (error instanceof Refusal) return error.code
  return error instanceof HungUp ? 'hung-up' : codeOfStatus(error.statusCode ?? 500)
}

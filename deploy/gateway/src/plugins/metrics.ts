// Counts every request: for the operator by route, for the tenant that sent it as well.

import type { FastifyError, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { codeOfStatus, Refusal } from '../errors.ts'
import { HungUp, whenOver } from '../hung-up.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'

export function addMetrics(app: App, metrics: GatewayMetrics): void {
  app.addHook('onRequest', (request, reply, done) => {
    metrics.inFlight++
    whenOver(reply, status => {
      metrics.inFlight--
      count(request, status, reply.elapsedTime / 1000, metrics)
    })
    done()
  })

  app.addHook('onError', (request, _, error, done) => {
    metrics.errors.add({ route: request.routeOptions.url ?? 'none', code: codeOf(error) })
    done()
  })
}

function count(
  { method, routeOptions, caller }: FastifyRequest,
  status: number,
  seconds: number,
  metrics: GatewayMetrics,
): void {
  const route = routeOptions.url ?? 'none'
  metrics.requests.add({ route, method, status: String(status) })
  metrics.requestSeconds.observe({ route, method }, seconds)
  if (!caller) return
  const own = metrics.tenant(caller.tenant)
  own.requests.observe({ route }, seconds)
  if (status >= 400) own.failures.add({ route })
  metrics.heardOf(caller.tenant, caller.actor)
}

function codeOf(error: FastifyError | Refusal | HungUp): string {
  if (error instanceof Refusal) return error.code
  return error instanceof HungUp ? 'hung-up' : codeOfStatus(error.statusCode ?? 500)
}

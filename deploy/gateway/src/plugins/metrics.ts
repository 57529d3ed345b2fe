// Counts every request: for the operator by route, for the tenant that sent it as well.

import type { FastifyError } from 'fastify'
import type { App } from '../app.ts'
import { codeOfStatus, Refusal } from '../errors.ts'
import { HungUp } from '../hung-up.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { Ended } from './course.ts'

export function addMetrics(app: App, metrics: GatewayMetrics): void {
  app.addHook('onRequest', (_, __, done) => {
    metrics.inFlight++
    done()
  })
  app.atEnd(it => {
    metrics.inFlight--
    count(it, metrics)
  })

  app.addHook('onError', (request, _, error, done) => {
    metrics.errors.add({ route: request.routeOptions.url ?? 'none', code: codeOf(error) })
    done()
  })
}

function count({ request, status, ms }: Ended, metrics: GatewayMetrics): void {
  const { method, caller } = request
  const route = request.route.url ?? 'none'
  const seconds = ms / 1000
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

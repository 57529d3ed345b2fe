// Counts every request: for the operator by route, for the tenant that sent it as well.

import type { App } from '../app.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { Ended } from './course.ts'
import { codeOf } from './error-code.ts'

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

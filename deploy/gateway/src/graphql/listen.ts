// GraphQL on a port of its own, for who puts another door in front of it: the same application with the same rules, and of its routes
// only this one, its page, and what the page is made of.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'

export interface GraphQlServer {
  readonly url: string
  /** Resolves when what is in flight was answered. */
  close(): Promise<void>
  closeAllConnections(): void
}

const PATH = /^\/(?:graphql(?:\/[\w.-]+)?|api\/v1\/docs\/page\.css|health(?:\/(?:live|ready))?)$/

/** Undefined where the operator wants no such port. The application is ready. */
export async function listenForGraphQl(
  app: App,
  { graphql: { port }, http }: Config,
): Promise<GraphQlServer | undefined> {
  if (port === undefined) return undefined
  const server = createServer(
    { requestTimeout: http.receiveSeconds * 1000, keepAliveTimeout: http.keepAliveSeconds * 1000 },
    (request, response) => {
      if (PATH.test(request.url?.split('?')[0] ?? '')) return app.routing(request, response)
      const error = { code: 'not-found', message: 'There is nothing here but /graphql.' }
      return response
        .writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify({ error }))
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: http.host, port }, resolve)
  })
  const { address, family, port: taken } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeIdleConnections()
      await closed
    },
    closeAllConnections: () => server.closeAllConnections(),
  }
}

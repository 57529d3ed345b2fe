// Metrics on a port of their own: who scrapes needs no key, and so the port is for who runs the endpoint, not for who calls it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostOf, isOfThisComputer } from '../this-computer.ts'
import type { Registry } from './registry.ts'

export interface MetricsServer {
  readonly url: string
  close(): Promise<void>
}

export async function listenForScrapes(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  // A page that gives its own name the address of this computer reads nothing here: see `plugins/hosts.ts`.
  const isLocal = isOfThisComputer(host)
  const server = createServer(({ method, url, headers }, response) => {
    if (isLocal && !isOfThisComputer(hostOf(headers.host ?? ''))) return response.writeHead(421).end()
    if (url?.split('?')[0] !== '/metrics') return response.writeHead(404).end()
    if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { allow: 'GET, HEAD' }).end()
    const body = registry.text()
    response.writeHead(200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
    return response.end(method === 'HEAD' ? '' : body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, resolve)
  })
  const { address, family, port: taken } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

// One of the servers that are compared, in a process of its own: the gateway, or a bare Fastify route that gives the same answer.

import Fastify from 'fastify'
import { buildApp } from '../../../deploy/gateway/src/app.ts'
import { readConfig } from '../../../deploy/gateway/src/config.ts'
import { makeFirstKey } from '../../../deploy/gateway/src/identity/admin-key.ts'
import { hitRatio } from '../../../deploy/gateway/src/metrics/gateway-metrics.ts'
import { openParts, type Parts } from '../../../deploy/gateway/src/parts.ts'
import { listen } from '../../../deploy/gateway/src/server.ts'

/** What the parent is told of a server that is there. */
export interface Served {
  readonly port: number
  readonly key: string
}

/** Its answer to every message: what the process took so far, and what it counted itself. */
export interface Spent {
  readonly cpuMs: number
  readonly rss: number
  /** Of JavaScript, and what it holds outside of its heap. */
  readonly heap: number
  readonly hitRatio?: number | undefined
  /** The 95th percentile of transactions, in milliseconds, as its histogram has it. */
  readonly databaseP95?: number | undefined
  readonly transactions?: number | undefined
}

export type ServerKind = 'gateway' | 'bare' | 'bare-bytes'

/** More than anybody asks for: what limits cost is measured, and not what they refuse. */
const UNLIMITED = '10000000'

const [, , kind, argument] = process.argv
let parts: Parts | undefined
const served = kind === 'gateway' ? await serveGateway(argument!) : await serveBare(kind as ServerKind)
process.on('message', message => {
  if (message === 'collect') globalThis.gc?.()
  process.send?.(spent())
})
process.on('disconnect', () => process.exit())
process.send?.(served)

function spent(): Spent {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  const own = { cpuMs: (user + system) / 1000, rss, heap: heapUsed + external }
  if (!parts) return own
  const { databaseSeconds, cacheLookups } = parts.metrics
  const [first] = [...databaseSeconds.samples()]
  return {
    ...own,
    hitRatio: hitRatio(cacheLookups),
    databaseP95: first && databaseSeconds.quantile(first[1], 0.95) * 1000,
    transactions: first?.[1].count,
  }
}

async function serveGateway(url: string): Promise<Served> {
  const config = readConfig({
    env: {},
    options: {
      'http.port': '0',
      'inference.url': url,
      'limits.caller': UNLIMITED,
      'limits.route': UNLIMITED,
      'limits.address': UNLIMITED,
    },
    readText: () => '',
  })
  parts = await openParts(config, { version: '0', warn: it => process.stderr.write(`${it}\n`) })
  const key = (await makeFirstKey(parts.database)) ?? ''
  const server = await listen(await buildApp(parts), parts)
  return { port: Number(new URL(server.url).port), key }
}

/**
 * Fastify as it comes, without a schema, a hook or a log: `bare` reads the body as JSON and writes an object as JSON, as any route of
 * Fastify does; `bare-bytes` does not even that.
 */
async function serveBare(way: ServerKind): Promise<Served> {
  const app = Fastify()
  const bytes = Buffer.from(argument!, 'base64')
  if (way === 'bare-bytes') {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    app.post('/v2/models/:model/infer', async (_, reply) => reply.type('application/json').send(bytes))
  } else {
    const answer = JSON.parse(bytes.toString()) as object
    app.post('/v2/models/:model/infer', async () => answer)
  }
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(url).port), key: 'x'.repeat(59) }
}

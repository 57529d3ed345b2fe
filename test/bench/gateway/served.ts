// One of the two servers that are compared, in a process of its own: the gateway, or a bare Fastify route that gives the same bytes.

import Fastify from 'fastify'
import { buildApp } from '../../../deploy/gateway/src/app.ts'
import { readConfig } from '../../../deploy/gateway/src/config.ts'
import { makeFirstKey } from '../../../deploy/gateway/src/identity/admin-key.ts'
import { openParts } from '../../../deploy/gateway/src/parts.ts'
import { listen } from '../../../deploy/gateway/src/server.ts'

/** What the parent is told of a server that is there. */
export interface Served {
  readonly port: number
  readonly key: string
}

/** Its answer to every message: what the process took so far. */
export interface Spent {
  readonly cpuMs: number
  readonly rss: number
}

const [, , kind, engine] = process.argv
const served = kind === 'gateway' ? await serveGateway(engine!) : await serveBare()
process.on('message', message => {
  if (message === 'collect') globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() } satisfies Spent)
})
process.on('disconnect', () => process.exit())
process.send?.(served)

async function serveGateway(url: string): Promise<Served> {
  const config = readConfig({
    env: {},
    options: {
      'http.port': '0',
      'inference.url': url,
      // One key asks for all: limits would be what is measured.
      'limits.caller': '0',
      'limits.route': '0',
      'limits.address': '0',
    },
    readText: () => '',
  })
  const parts = await openParts(config, { version: '0', warn: it => process.stderr.write(`${it}\n`) })
  const key = (await makeFirstKey(parts.database)) ?? ''
  const server = await listen(await buildApp(parts), parts)
  return { port: Number(new URL(server.url).port), key }
}

/** Takes the same request as bytes, and gives an answer of the same length. */
async function serveBare(): Promise<Served> {
  const app = Fastify()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  const answer = Buffer.from(process.argv[3]!, 'base64')
  app.post('/v2/models/:model/infer', async (_, reply) => reply.type('application/json').send(answer))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(url).port), key: 'x'.repeat(59) }
}

// What the gateway is made of, put together in one place: the only one that knows which part is real.

import { openEmbeddedModels } from '@codeant/server/api/models.ts'
import type { Config } from './config.ts'
import type { Authenticator } from './identity/caller.ts'
import { type KeyAuthenticator, keyAuthenticator } from './identity/key-authenticator.ts'
import type { LogStream } from './plugins/access-log.ts'
import { Readiness } from './readiness.ts'
import { type Database, openDatabase } from './store/database.ts'
import { openEmbedded } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { openPostgres } from './store/postgres.ts'
import { embeddedUpstream } from './upstreams/embedded.ts'
import type { EncoderUpstream } from './upstreams/upstream.ts'

export interface Parts {
  readonly config: Config
  readonly version: string
  readonly database: Database
  /** Asked in this order who a caller is. */
  readonly authenticators: readonly Authenticator[]
  readonly keys: KeyAuthenticator
  readonly encoders: EncoderUpstream
  readonly readiness: Readiness
  /** Absent: standard output. */
  readonly logStream?: LogStream
  /** Gives back all that was opened. */
  readonly close: () => Promise<void>
}

export interface World {
  readonly version: string
  /** What nobody asked for, but somebody should know: for the log, and never with code. */
  readonly warn: (message: string) => void
  readonly logStream?: LogStream
}

const MIB = 1024 * 1024
/** A model that nobody asks anything gives its memory back after this. */
const RELEASE_MS = 600_000

export async function openParts(config: Config, world: World): Promise<Parts> {
  const engine = config.database.url
    ? openPostgres({
        url: config.database.url,
        connections: config.database.connections,
        lost: error => world.warn(`database: ${error.message}`),
      })
    : await openEmbedded(config.data.folder)
  if (config.database.migrate) await migrate(engine)
  const database = openDatabase(engine)
  const encoders = openEncoders(config, world)
  const keys = keyAuthenticator({
    database,
    now: Date.now,
    untouched: error => world.warn(`api key: ${(error as Error).message}`),
  })
  return {
    config,
    version: world.version,
    database,
    authenticators: [keys],
    keys,
    encoders,
    readiness: new Readiness([{ name: 'database', run: () => database.check() }]),
    ...(world.logStream && { logStream: world.logStream }),
    async close() {
      await Promise.all([encoders.close(), database.close()])
    },
  }
}

function openEncoders({ inference }: Config, world: World): EncoderUpstream {
  const models = openEmbeddedModels({
    threads: inference.threads,
    memoryLimit: inference.memory * MIB,
    releaseAfter: RELEASE_MS,
    notify: notice => world.warn(`model: ${JSON.stringify(notice)}`),
  })
  return embeddedUpstream({ models, version: world.version, queue: inference.queue })
}

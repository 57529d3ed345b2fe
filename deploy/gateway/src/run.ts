// A whole run of the gateway: from the environment to the exit code, with every sentence that the one who started it reads.

import { MODELS_FOLDER } from '@codeant/server/api/models.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError, type ConfigSources, readConfig } from './config.ts'
import { Refusal } from './errors.ts'
import { makeAdminKey, makeFirstKey } from './identity/admin-key.ts'
import { openEngine, openParts } from './parts.ts'
import { listen } from './server.ts'
import { FolderInUse } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { isOfThisComputer } from './this-computer.ts'
import { VERSION } from './version.ts'
import { isSigned, modelsManifest, trustOf } from './weights/trust.ts'
import { WORDS } from './words.ts'

export interface RunOptions extends ConfigSources {
  readonly locale: Locale
  /** For the person who started it: the address, the first key, what to do next. */
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether to make another admin key: the first one was lost. */
  readonly wantsKey?: boolean
  /** Resolves when it is time to stop. */
  readonly stopped: Promise<unknown>
}

/** 0: everything was answered. 1: time was up before. 2: it could not start as it was told to. */
export async function runGateway(options: RunOptions): Promise<0 | 1 | 2> {
  const { locale, out, err, stopped } = options
  const say = WORDS[locale]
  const config = readOrTell(options)
  if (!config) return 2
  const trust = trustOf(config)
  if (trust && !isSigned(trust, modelsManifest(MODELS_FOLDER))) {
    err(`codeant: ${say.weightsUnsigned(MODELS_FOLDER)}\n`)
    return 2
  }
  try {
    // Before there is a log, what goes wrong is for the one who starts it.
    let warn = (message: string) => err(`${message}\n`)
    const parts = await openParts(config, { version: VERSION, warn: it => warn(it) })
    const isNew = options.wantsKey === true
    const key =
      (await makeFirstKey(parts.database)) ?? (isNew ? await makeAdminKey(parts.database) : undefined)
    const app = await buildApp(parts)
    warn = it => app.log.warn(it)
    const server = await listen(app, parts)
    out(say.listening(VERSION, server.url))
    if (server.graphqlUrl) out(say.graphql(server.graphqlUrl))
    out(say.storage(config.database.url ? undefined : config.data.folder))
    if (!isOfThisComputer(config.http.host)) out(say.exposed(config.http.host))
    if (key) out(say.adminKey(key))
    out(say.next(server.url, key ?? '$CODEANT_KEY'))
    await stopped
    out(say.stopping)
    return (await server.stop()) ? 0 : 1
  } catch (error) {
    err(`codeant: ${reasonOf(error, config, locale)}\n`)
    return 2
  }
}

/** What Node says of a port that could not be taken: it may be that of the metrics. */
interface Address {
  readonly address: string
  readonly port: number
}

/** Brings the schema up to date and ends: for who lets no instance do that while it starts. */
export async function runMigrations(options: RunOptions): Promise<0 | 2> {
  const config = readOrTell(options)
  if (!config) return 2
  try {
    const engine = await openEngine(config, it => options.err(`${it}\n`))
    try {
      options.out(WORDS[options.locale].migrated(await migrate(engine)))
    } finally {
      await engine.close()
    }
    return 0
  } catch (error) {
    options.err(`codeant: ${reasonOf(error, config, options.locale)}\n`)
    return 2
  }
}

type Telling = Pick<RunOptions, keyof ConfigSources | 'locale' | 'err'>

/** Undefined: it cannot be used, and that was said. */
export function readOrTell(options: Telling): Config | undefined {
  const config = settingsOrTell(options)
  if (!config || config.database.url || config.data.folder) return config
  options.err(`codeant: ${WORDS[options.locale].noStorage}\n`)
  return undefined
}

/** The same, for who keeps nothing. */
export function settingsOrTell(options: Telling): Config | undefined {
  const say = WORDS[options.locale]
  try {
    return readConfig(options)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const it of error.problems) options.err(`codeant: ${say.setting[it.code](it)}\n`)
  }
  return undefined
}

export function reasonOf(error: unknown, { http }: Config, locale: Locale): string {
  const say = WORDS[locale]
  if (error instanceof FolderInUse) return say.inUse(error.folder, error.process)
  // What a caller would be told of it is less than the one who starts it wants to know.
  const first = error instanceof Refusal ? (error.cause ?? error) : error
  const { code, message, address, port } = first as NodeJS.ErrnoException & Partial<Address>
  if (code === 'EADDRINUSE') return say.portTaken(address ?? http.host, port ?? http.port)
  if (code === 'EACCES') return say.notAllowed(message)
  return say.cannotStart(message || String(code))
}

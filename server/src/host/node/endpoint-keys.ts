// Keys for endpoints where no editor keeps them: an environment variable, or a file that only this user may read.

import { join } from 'node:path'
import { configFolder } from './folders.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

/** Counts before the file, for machines without a person. */
export const KEY_VARIABLE = 'CODEANT_ENDPOINT_KEY'
/** The address that the variable's key is for; without it, the one that the settings or the command name. */
export const ENDPOINT_VARIABLE = 'CODEANT_ENDPOINT'

export class EndpointKeys {
  readonly file: string
  readonly #env: NodeJS.ProcessEnv

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
    this.file = join(configFolder(env), 'endpoint-keys.json')
  }

  /** A key belongs to one address: no other ever gets it. Throws `NotPrivate`. */
  get(origin: string): { readonly key: string; readonly from: 'environment' | 'file' } | undefined {
    const given = this.#env[KEY_VARIABLE]?.trim()
    const isForOrigin = !this.#env[ENDPOINT_VARIABLE] || originOf(this.#env[ENDPOINT_VARIABLE]) === origin
    if (given && isForOrigin) return { key: given, from: 'environment' }
    const key = this.#read()[origin]
    return key === undefined ? undefined : { key, from: 'file' }
  }

  /** Throws what the file system throws. */
  set(origin: string, key: string): void {
    writePrivateJson(this.file, { ...this.#read(), [origin]: key })
  }

  /** Whether there was one. */
  remove(origin: string): boolean {
    const { [origin]: gone, ...rest } = this.#read()
    if (gone === undefined) return false
    writePrivateJson(this.file, rest)
    return true
  }

  get origins(): readonly string[] {
    return Object.keys(this.#read())
  }

  #read(): Record<string, string> {
    const read = readPrivateJson(this.file)
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(
      Object.entries(read).filter((it): it is [string, string] => typeof it[1] === 'string'),
    )
  }
}

function originOf(address: string): string | undefined {
  try {
    return new URL(address).origin
  } catch {
    return undefined
  }
}

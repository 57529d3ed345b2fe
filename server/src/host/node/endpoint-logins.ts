// Logins at endpoints: tokens in a file that only this user may read, one login for each address, shared by editor and command line.
//
// A refresh token is used once: two processes that send the same one end the session. So it is only sent under a lock, by who
// has just read that it is still the one.

import { join } from 'node:path'
import type { Send } from '../../inference/remote/egress.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import { type Grant, refreshGrant } from '../../inference/remote/oauth.ts'
import { LockTimeout, withLock } from './file-lock.ts'
import { configFolder } from './folders.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

export interface Login {
  /** Where tokens come from: the endpoint's address. */
  readonly base: string
  readonly accessToken: string
  /** When the access token ends, in milliseconds of this machine's clock. */
  readonly accessUntil: number
  readonly refreshToken: string
}

/** So long before its end an access token is made new: a request that is on its way then still arrives. */
const MARGIN_MS = 30_000
/** Longer than a token endpoint is waited for. */
const LOCK = { patienceMs: 15_000, longestMs: 30_000 }

export class EndpointLogins {
  readonly file: string
  readonly #refreshing = new Map<string, Promise<Login | undefined>>()

  constructor(env: NodeJS.ProcessEnv) {
    this.file = join(configFolder(env), 'endpoint-logins.json')
  }

  /** As it was kept, whether its tokens still count or not. Throws `NotPrivate`. */
  get(origin: string): Login | undefined {
    return this.#read()[origin]
  }

  get origins(): readonly string[] {
    return Object.keys(this.#read())
  }

  /** In the place of an earlier one. Throws what the file system throws. */
  set(base: URL, grant: Grant): Promise<Login> {
    return this.#alone(async () => this.#write(base.origin, loginOf(base.href, grant)))
  }

  /** What was there. */
  remove(origin: string): Promise<Login | undefined> {
    return this.#alone(async () => {
      const login = this.get(origin)
      if (login) this.#write(origin, undefined)
      return login
    })
  }

  /**
   * With an access token that still counts, refreshed where it has to be. Undefined: there is no login, or it is over and was
   * removed. Rejects with `EndpointError` when that could not be found out, and with `NotPrivate`.
   */
  async current(origin: string, send: (base: URL) => Send): Promise<Login | undefined> {
    const login = this.get(origin)
    if (!login || isFresh(login)) return login
    let refreshing = this.#refreshing.get(origin)
    if (!refreshing) {
      refreshing = this.#refreshed(origin, send).finally(() => this.#refreshing.delete(origin))
      this.#refreshing.set(origin, refreshing)
    }
    return refreshing
  }

  async #refreshed(origin: string, send: (base: URL) => Send): Promise<Login | undefined> {
    try {
      return await this.#alone(async () => {
        const login = this.get(origin)
        // Somebody else was quicker.
        if (!login || isFresh(login)) return login
        const base = new URL(login.base)
        // Whoever asked may be gone by now, and others need the answer: nothing stops this but its own deadline.
        const { signal } = new AbortController()
        const grant = await refreshGrant(send(base), base, login.refreshToken, signal)
        return this.#write(origin, grant && loginOf(login.base, grant))
      })
    } catch (error) {
      if (error instanceof LockTimeout) throw new EndpointError('slow', error.message, { worked: 'no' })
      throw error
    }
  }

  #alone<T>(run: () => Promise<T>): Promise<T> {
    return withLock(`${this.file}.lock`, LOCK, run)
  }

  #write<L extends Login | undefined>(origin: string, login: L): L {
    const { [origin]: _, ...others } = this.#read()
    writePrivateJson(this.file, login ? { ...others, [origin]: login } : others)
    return login
  }

  #read(): Record<string, Login> {
    const read = readPrivateJson(this.file)
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(
      Object.entries(read).filter((it): it is [string, Login] => isLogin(it[0], it[1])),
    )
  }
}

function loginOf(base: string, { accessToken, refreshToken, seconds }: Grant): Login {
  return { base, accessToken, accessUntil: Date.now() + seconds * 1000, refreshToken }
}

function isFresh({ accessUntil }: Login): boolean {
  return accessUntil - MARGIN_MS > Date.now()
}

/** Tokens are only ever sent to the address that they came from. */
function isLogin(origin: string, value: unknown): value is Login {
  if (typeof value !== 'object' || value === null) return false
  const { base, accessToken, accessUntil, refreshToken } = value as Partial<Login>
  return (
    typeof base === 'string' &&
    URL.canParse(base) &&
    new URL(base).origin === origin &&
    typeof accessToken === 'string' &&
    typeof accessUntil === 'number' &&
    typeof refreshToken === 'string'
  )
}

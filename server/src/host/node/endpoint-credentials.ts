// How this machine proves at an endpoint who asks: the key of the environment, a person's login, or a key that was kept.

import type { Log } from '../../base/log.ts'
import { EndpointKeys } from './endpoint-keys.ts'
import { EndpointLogins } from './endpoint-logins.ts'
import { accountSend } from './endpoint-sends.ts'

export interface Credential {
  readonly text: string
  readonly from: 'environment' | 'login' | 'file'
  /** When it ends, in milliseconds; absent: nobody knows. */
  readonly until?: number
}

export class EndpointCredentials {
  readonly keys: EndpointKeys
  readonly logins: EndpointLogins
  readonly #env: NodeJS.ProcessEnv
  readonly #log: Log

  constructor(env: NodeJS.ProcessEnv, log: Log) {
    this.keys = new EndpointKeys(env)
    this.logins = new EndpointLogins(env)
    this.#env = env
    this.#log = log
  }

  /** Undefined: there is none. Rejects with `EndpointError` when a login could not be kept up, and with `NotPrivate`. */
  async of(origin: string): Promise<Credential | undefined> {
    const key = this.keys.get(origin)
    if (key?.from === 'environment') return { text: key.key, from: key.from }
    const login = await this.logins.current(origin, base =>
      accountSend(base, async () => undefined, { env: this.#env, log: this.#log }),
    )
    if (login) return { text: login.accessToken, from: 'login', until: login.accessUntil }
    return key && { text: key.key, from: key.from }
  }
}

// The log of one request, which is made when something is said in it: most requests say nothing but their one line.

import type { FastifyBaseLogger } from 'fastify'
import type { Bindings, LogFn } from 'pino'

type Said = Parameters<LogFn>

/** In the place of Fastify's own way, a child of the log for each request. */
export class RequestLog {
  readonly #log: FastifyBaseLogger
  readonly #bindings: Bindings
  #made: FastifyBaseLogger | undefined

  constructor(log: FastifyBaseLogger, bindings: Bindings) {
    this.#log = log
    this.#bindings = bindings
  }

  get level(): string {
    return this.#log.level
  }

  child(bindings: Bindings): FastifyBaseLogger {
    return this.#own.child(bindings)
  }

  fatal(...said: Said): void {
    this.#own.fatal(...said)
  }

  error(...said: Said): void {
    this.#own.error(...said)
  }

  warn(...said: Said): void {
    this.#own.warn(...said)
  }

  info(...said: Said): void {
    this.#own.info(...said)
  }

  debug(...said: Said): void {
    this.#own.debug(...said)
  }

  trace(...said: Said): void {
    this.#own.trace(...said)
  }

  silent(): void {}

  get #own(): FastifyBaseLogger {
    this.#made ??= this.#log.child(this.#bindings)
    return this.#made
  }
}

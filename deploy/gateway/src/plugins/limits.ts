// How much one may ask: by address before it is known who calls, by caller and by caller and route after that.

import { isIPv6 } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { Refusal } from '../errors.ts'
import type { Buckets, Decision } from '../limits/buckets.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked by what watches over the process: never limited. */
    isProbe?: boolean
  }
}

export interface Limits {
  /** Before `addAccess`. */
  addByAddress(app: App): void
  /** After it. */
  addByCaller(app: App): void
  /** Told of everybody who proved nothing; throws when that was once too often. */
  refused(request: FastifyRequest): Promise<void>
}

/** In strict mode nobody has more than this. */
export const STRICT = 100

export function requestLimits({ limits }: Config, buckets: Buckets): Limits {
  const most = (perMinute: number) => (limits.strict ? Math.min(perMinute || STRICT, STRICT) : perMinute)
  const take = async (name: string, perMinute: number): Promise<Decision | undefined> =>
    perMinute === 0 ? undefined : buckets.take(name, perMinute)

  return {
    addByAddress(app) {
      app.addHook('onRequest', async (request, reply) => {
        if (request.routeOptions.config?.isProbe) return
        pass(reply, await take(`address ${addressOf(request)}`, most(limits.address)))
      })
    },

    addByCaller(app) {
      app.addHook('onRequest', async (request, reply) => {
        if (!request.caller) return
        const { actor } = request.caller
        const route = `${request.method} ${request.routeOptions.url}`
        pass(reply, await take(`caller ${actor}`, most(limits.caller)))
        pass(reply, await take(`route ${actor} ${route}`, most(limits.route)))
      })
    },

    async refused(request) {
      // Who calls from the same address with good credentials is not held up by this.
      const decision = await take(`failures ${addressOf(request)}`, most(limits.failures))
      if (decision && !decision.isAllowed)
        throw new Refusal('too-many', 'Too many wrong keys from this address.', decision)
    },
  }
}

/** Tells how it stands, of several limits the one that is nearest. */
function pass(reply: FastifyReply, decision: Decision | undefined): void {
  if (!decision) return
  const { isAllowed, limit, remaining, reset, retryAfter } = decision
  const told = reply.getHeader('ratelimit-remaining')
  if (!isAllowed || told === undefined || remaining <= Number(told))
    reply.headers({
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String(Math.ceil(reset)),
    })
  if (!isAllowed) throw new Refusal('too-many', undefined, { retryAfter })
}

/** Of the newer kind of address one has a whole network of one's own: the first half is what tells people apart. */
function addressOf({ ip }: FastifyRequest): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip
  const [head = '', tail = ''] = ip.split('::')
  const left = head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = ip.includes('::') ? Array<string>(8 - left.length - right.length).fill('0') : []
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

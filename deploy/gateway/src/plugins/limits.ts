// How much one may ask: by address before it is known who calls, by caller and by caller and route after that.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { Refusal } from '../errors.ts'
import type { Buckets, Decision } from '../limits/buckets.ts'
import { type Soon, whenKnown } from '../soon.ts'
import { onceEach } from './once-each.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the limits that let it through, the one that is nearest. */
    standing: Decision | undefined
  }
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
  const ofAddress = most(limits.address)
  const ofCaller = most(limits.caller)
  const ofRoute = most(limits.route)
  const take = (name: string, perMinute: number): Soon<Decision | undefined> =>
    perMinute === 0 ? undefined : buckets.take(name, perMinute)
  const bucketsOf = onceEach(({ caller: { actor }, method, route }: FastifyRequest) => ({
    ofActor: `caller ${actor}`,
    here: `route ${actor} ${method} ${route.url}`,
  }))

  return {
    addByAddress(app) {
      app.decorateRequest('standing', undefined)
      app.addHook('onRequest', (request, reply, done) => {
        if (request.route.config?.isProbe) return done()
        const decision = take(`address ${addressOf(request)}`, ofAddress)
        whenKnown(decision, it => weigh(request, reply, it), done)
      })
    },

    addByCaller(app) {
      app.addHook('onRequest', (request, reply, done) => {
        const { caller, standing } = request
        if (!caller) {
          if (standing) tell(reply, standing)
          return done()
        }
        const last = (decision: Decision | undefined): Refusal | undefined => {
          const refusal = weigh(request, reply, decision)
          if (!refusal && request.standing) tell(reply, request.standing)
          return refusal
        }
        const { ofActor, here } = bucketsOf(request)
        const first = take(ofActor, ofCaller)
        whenKnown(
          first,
          it => weigh(request, reply, it),
          error => {
            if (error) return done(error)
            whenKnown(take(here, ofRoute), last, done)
          },
        )
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

/** The refusal, when it is one; else it is remembered if it is nearer than those before. */
function weigh(
  request: FastifyRequest,
  reply: FastifyReply,
  decision: Decision | undefined,
): Refusal | undefined {
  if (!decision) return undefined
  const { isAllowed, remaining, retryAfter } = decision
  if (isAllowed) {
    if (!request.standing || remaining <= request.standing.remaining) request.standing = decision
    return undefined
  }
  tell(reply, decision)
  return new Refusal('too-many', undefined, { retryAfter })
}

/** How it stands; of several limits, the one that is nearest. */
function tell(reply: FastifyReply, { limit, remaining, reset }: Decision): void {
  reply
    .header('ratelimit-limit', String(limit))
    .header('ratelimit-remaining', String(remaining))
    .header('ratelimit-reset', String(Math.ceil(reset)))
}

/** Of the newer kind of address one has a whole network of one's own: the first half is what tells people apart. */
function addressOf({ ip }: FastifyRequest): string {
  if (!ip.includes(':')) return ip
  // In the notation of IPv6; or with a port, as some proxies write it, which is another one with each connection.
  const short = /(?:^|:)(\d+(?:\.\d+){3})(?::\d+)?$/.exec(ip)?.[1]
  if (short !== undefined) return short
  const [head = '', tail = ''] = ip.split('::')
  const left = head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = ip.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

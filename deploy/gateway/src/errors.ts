// Every way in which the gateway itself can refuse, in one table: code, status, sentence.

const ERRORS = {
  unauthenticated: [401, 'Give an API key: `Authorization: Bearer …` or `x-api-key`.'],
  forbidden: [403, 'This caller may not do that.'],
  'read-only': [403, 'This endpoint takes no changes at the moment.'],
  'not-found': [404, 'There is nothing here.'],
  'method-not-allowed': [405, 'This address does not take that method.'],
  conflict: [409, 'This is in the way of something that exists.'],
  'too-large': [413, 'The request is larger than this endpoint takes.'],
  'unsupported-media-type': [415, 'This address does not read that content type.'],
  invalid: [400, 'The request is not what this address takes.'],
  misdirected: [
    421,
    'This endpoint does not answer to this name; `http.hosts` lists those to which it does.',
  ],
  unprocessable: [422, 'The request can be read, but not be answered.'],
  'too-many': [429, 'Too many requests.'],
  internal: [500, 'Something broke here. The request id helps the operator to find it.'],
  'bad-upstream': [502, 'The engine gave an answer that cannot be used.'],
  overloaded: [503, 'Too much is waiting already. Try again later.'],
  unavailable: [503, 'What would answer this is not there now.'],
  draining: [503, 'This instance is shutting down.'],
  'upstream-timeout': [504, 'The engine took too long.'],
} as const satisfies Readonly<Record<string, readonly [status: number, sentence: string]>>

export type ErrorCode = keyof typeof ERRORS
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[]

export interface RefusalOptions extends ErrorOptions {
  /** In seconds: when it is worth to ask again. */
  readonly retryAfter?: number
  /** As OAuth calls it, where OAuth is spoken. */
  readonly oauth?: string
}

/** Thrown anywhere below a route; `plugins/errors.ts` makes the answer of it. The message is seen by the caller. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly retryAfter: number | undefined
  readonly oauth: string

  constructor(code: ErrorCode, message: string = ERRORS[code][1], options: RefusalOptions = {}) {
    super(message, options)
    this.name = 'Refusal'
    this.code = code
    this.status = ERRORS[code][0]
    this.retryAfter = options.retryAfter
    this.oauth = options.oauth ?? (this.status < 500 ? 'invalid_request' : 'server_error')
  }
}

/** What the codes of Fastify and of Node come down to. */
export function codeOfStatus(status: number): ErrorCode {
  const found = Object.entries(ERRORS).find(([, [it]]) => it === status)
  return (found?.[0] as ErrorCode | undefined) ?? (status >= 500 ? 'internal' : 'invalid')
}

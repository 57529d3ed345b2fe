// A client of the endpoint's own interface (`/api/v1`): typed, and with whatever sends requests in the program that uses it: it opens no connection itself.

import type {
  EndpointFunction,
  FunctionQuestion,
  FunctionsFound,
  FunctionsKept,
  FunctionsListed,
} from './endpoint-functions.ts'
import type {
  EndpointGrant,
  EndpointInvitation,
  EndpointKey,
  EndpointKeyWishes,
  EndpointMe,
  EndpointMember,
  EndpointRole,
  EndpointSession,
  EndpointTeam,
} from './endpoint-people.ts'
import type { Locale } from './locale.ts'

export interface EndpointAccess {
  /** `http://127.0.0.1:8520` */
  readonly url: string
  /** A key or an access token; absent where `send` says by itself who asks. */
  readonly key?: string
  readonly send: (url: string, init: EndpointRequest) => Promise<EndpointResponse>
}

/** As much of a request as is used, so that every `fetch` fits. */
export interface EndpointRequest {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
}

export interface EndpointResponse {
  readonly ok: boolean
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

export interface EndpointModel {
  readonly name: string
  readonly kind: 'encoder' | 'generative'
  /** Which engine has it: `embedded`, `oip`, `openai`. */
  readonly engine: string
  /** Of the weights; null where the engine does not tell. */
  readonly sha256: string | null
  readonly platform: string | null
  readonly isReady: boolean
  readonly tasks: readonly string[]
  readonly purpose: string | null
}

/** How a model did for the team. */
export interface ModelHistory {
  readonly model: string
  readonly periods: readonly ModelPeriod[]
  readonly changes: readonly ModelChange[]
}

/** The time in which one engine answered with one set of weights. */
export interface ModelPeriod {
  readonly engine: string
  /** Null where the engine tells none. */
  readonly weights: string | null
  /** The first and the last day on which they answered. */
  readonly from: string
  readonly to: string
  readonly requests: number
  readonly failures: number
  /** Of those that did not fail, how many were answered out of memory. */
  readonly cached: number
  /** Of the engine; null where it answered nothing. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly rowsPerRequest: number | null
  readonly promptTokens: number
  readonly completionTokens: number
}

export interface ModelChange {
  /** The first day of the newer ones. */
  readonly on: string
  /** By how many percent more or less; null where there was nothing before. */
  readonly p50Percent: number | null
  readonly p95Percent: number | null
  /** In points of a hundred. */
  readonly failurePoints: number
  /** Whether both sides answered often enough for that to mean anything. */
  readonly isEnough: boolean
}

/** Who answers a task, why, and who else could have. */
export interface EndpointRoute {
  readonly task: string
  readonly model: string | null
  readonly engine: string | null
  readonly sha256: string | null
  readonly why: 'first-choice' | 'asked-for' | 'first-is-not-ready' | 'nobody-can'
  readonly alternatives: readonly string[]
}

export interface EndpointJob {
  readonly id: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly createdAt: string
  readonly finishedAt: string | null
  /** From 0 to 1. */
  readonly progress: number
  readonly projects: Readonly<Record<'all' | 'waiting' | 'running' | 'done' | 'dead' | 'cancelled', number>>
  readonly files: number
  readonly findings: number
}

export interface EndpointProject {
  readonly name: string
  readonly root?: string
  readonly files?: readonly EndpointFile[]
  /** Instead of files: a tar or tar.gz, in base64. */
  readonly archive?: string
}

export interface EndpointFile {
  readonly path: string
  readonly content: string
  readonly encoding?: 'utf8' | 'base64'
}

/** Rejects with `EndpointRefusal`, or with what `send` rejects with. */
export interface EndpointClient {
  models(): Promise<{ readonly models: readonly EndpointModel[]; readonly routes: readonly EndpointRoute[] }>
  modelHistory(model: string, days: number): Promise<ModelHistory>
  query(
    task: string,
    input: unknown,
    model?: string,
  ): Promise<{ readonly answer: Readonly<Record<string, unknown>>; readonly route: EndpointRoute }>
  /** SARIF. */
  analyze(files: readonly EndpointFile[], locale?: Locale): Promise<string>
  /** The same content is the same job. */
  submit(projects: readonly EndpointProject[], locale?: Locale): Promise<EndpointJob>
  jobs(): Promise<{ readonly jobs: readonly EndpointJob[] }>
  job(id: string): Promise<EndpointJob>
  cancel(id: string): Promise<EndpointJob>
  /** SARIF, once the job has ended. */
  result(id: string): Promise<string>

  /** At most a hundred at a time. */
  keepFunctions(
    project: string,
    functions: readonly EndpointFunction[],
    encoder: string,
  ): Promise<FunctionsKept>
  findFunctions(question: FunctionQuestion): Promise<FunctionsFound>
  /** Page by page; `after` is the `next` of the one before. */
  listFunctions(project: string, after?: string): Promise<FunctionsListed>
  /** At most a thousand at a time; without places, the whole project. */
  removeFunctions(
    project: string,
    places?: readonly { readonly path: string; readonly name?: string }[],
  ): Promise<{ readonly removed: number }>

  me(): Promise<EndpointMe>
  /** Of the person who asks; an admin sees those of the team. */
  sessions(): Promise<{ readonly sessions: readonly EndpointSession[] }>
  /** There is only the caller's own. */
  teams(): Promise<{ readonly teams: readonly EndpointTeam[] }>
  members(team: string): Promise<{ readonly members: readonly EndpointMember[] }>
  changeMember(
    team: string,
    user: string,
    change: { readonly role?: EndpointRole; readonly isDisabled?: boolean },
  ): Promise<EndpointMember>
  invitations(team: string): Promise<{ readonly invitations: readonly EndpointInvitation[] }>
  /** The code is in this answer only. */
  invite(
    team: string,
    wishes: { readonly email: string; readonly role: EndpointRole; readonly expiresInDays?: number },
  ): Promise<EndpointInvitation & { readonly code: string }>
  takeBack(team: string, invitation: string): Promise<EndpointInvitation>
  /** Nobody is known before it. */
  accept(code: string, as?: { readonly name?: string; readonly client?: string }): Promise<EndpointGrant>
  keys(): Promise<{ readonly keys: readonly EndpointKey[] }>
  /** The text of the key is in this answer only. */
  createKey(wishes: EndpointKeyWishes): Promise<EndpointKey & { readonly key: string }>
  revokeKey(id: string): Promise<EndpointKey>
}

export class EndpointRefusal extends Error {
  readonly status: number
  readonly code: string
  /** In seconds. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, message: string, retryAfter: number | undefined) {
    super(message)
    this.name = 'EndpointRefusal'
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }
}

export function endpointClient({ url, key, send }: EndpointAccess): EndpointClient {
  const text = async (method: string, path: string, body?: object): Promise<string> => {
    const answer = await send(`${url}/api/v1/${path}`, {
      method,
      headers: {
        ...(key !== undefined && { 'x-api-key': key }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const content = await answer.text()
    if (!answer.ok) throw refusalOf(answer, content)
    return content
  }
  const json = async <T>(method: string, path: string, body?: object): Promise<T> =>
    JSON.parse(await text(method, path, body)) as T
  const at = (id: string) => `batch/${encodeURIComponent(id)}`
  const of = (team: string, what: string) => `teams/${encodeURIComponent(team)}/${what}`

  return {
    models: () => json('GET', 'models'),
    modelHistory: (model, days) => json('GET', `models/${encodeURIComponent(model)}/history?days=${days}`),
    query: (task, input, model) =>
      json('POST', 'query', { task, input, ...(model !== undefined && { model }) }),
    analyze: (files, locale = 'en') => text('POST', 'analyze', { files, locale }),
    submit: (projects, locale = 'en') => json('POST', 'batch', { projects, locale }),
    jobs: () => json('GET', 'batch'),
    job: id => json('GET', at(id)),
    cancel: id => json('DELETE', at(id)),
    result: id => text('GET', `${at(id)}/result`),
    keepFunctions: (project, functions, encoder) => json('PUT', 'functions', { project, encoder, functions }),
    findFunctions: question => json('POST', 'functions/search', question),
    listFunctions: (project, after) => {
      const next = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
      return json('GET', `functions?project=${encodeURIComponent(project)}&limit=5000${next}`)
    },
    removeFunctions: (project, places) => json('DELETE', 'functions', { project, ...(places && { places }) }),
    me: () => json('GET', 'me'),
    sessions: () => json('GET', 'sessions'),
    teams: () => json('GET', 'teams'),
    members: team => json('GET', of(team, 'members')),
    changeMember: (team, user, change) =>
      json('PATCH', of(team, `members/${encodeURIComponent(user)}`), change),
    invitations: team => json('GET', of(team, 'invitations')),
    invite: (team, wishes) => json('POST', of(team, 'invitations'), wishes),
    takeBack: (team, id) => json('DELETE', of(team, `invitations/${encodeURIComponent(id)}`)),
    accept: (code, as = {}) => json('POST', 'invitations/accept', { code, ...as }),
    keys: () => json('GET', 'keys'),
    createKey: wishes => json('POST', 'keys', wishes),
    revokeKey: id => json('DELETE', `keys/${encodeURIComponent(id)}`),
  }
}

function refusalOf({ status, headers }: EndpointResponse, content: string): EndpointRefusal {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined
  try {
    const { error } = JSON.parse(content) as {
      readonly error: { readonly code: string; readonly message: string }
    }
    return new EndpointRefusal(status, String(error.code), String(error.message), retryAfter)
  } catch {
    // Whoever answered was not the endpoint: something in between.
    return new EndpointRefusal(status, 'unknown', `HTTP ${status}`, retryAfter)
  }
}

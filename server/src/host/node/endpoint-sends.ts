// What sends to an endpoint, and for what alone: this is the one place where that is made (`inference/remote/egress.ts`).

import type { RemoteSettings } from '@codeant/shared/endpoint.ts'
import type { Log } from '../../base/log.ts'
import { redactPlain } from '../../features/endpoint/redaction.ts'
import { type Journal, type Letter, openEgress, type Send } from '../../inference/remote/egress.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import { Consents } from './consents.ts'
import { EgressLog } from './egress-log.ts'

export interface EndpointSendOptions {
  /** As they are when a letter leaves. */
  readonly settings: () => Pick<RemoteSettings, 'enabled' | 'uses'>
  /** Of the settings: nothing goes anywhere else. */
  readonly origins: () => readonly string[]
  readonly isForbidden: (workspace: string) => boolean
  readonly isAllowed: (workspace: string, origin: string) => boolean
  readonly key: (origin: string) => Promise<string | undefined>
  readonly journal: Journal
}

/** What asks models about code. Undefined while the endpoint is switched off. */
export function endpointSend(options: EndpointSendOptions): Send | undefined {
  const { settings, key, journal } = options
  if (!settings().enabled) return undefined
  return openEgress({ objection: letter => objection(options, letter), redact: redactPlain, key, journal })
}

/** Asked for each letter when it leaves, whoever asked whom before. */
function objection(
  { settings, origins, isForbidden, isAllowed }: EndpointSendOptions,
  { url, workspace, purpose }: Letter,
): EndpointError | undefined {
  const { enabled, uses } = settings()
  if (!enabled) return forbidden('the endpoint is switched off')
  if (!origins().includes(url.origin))
    return new EndpointError('address', `${url.origin} is not the endpoint of the settings`, { worked: 'no' })
  if (purpose === 'check') return undefined
  if (purpose === 'account' || purpose === 'functions') return forbidden('that is not its business')
  if (!uses.includes(purpose)) return forbidden(`the settings do not allow ${purpose}`)
  if (workspace === undefined || isForbidden(workspace)) return forbiddenByProject()
  return isAllowed(workspace, url.origin) ? undefined : unconsented()
}

export interface AccountSendOptions {
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
}

/**
 * What sends where nothing of a project is sent: checks, logins, keys and teams, at the one address that a person named or logged
 * in to. All of it is written down as well.
 */
export function accountSend(
  base: URL,
  key: () => Promise<string | undefined>,
  { env, log }: AccountSendOptions,
): Send {
  return openEgress({
    objection: ({ purpose, url }) =>
      (purpose === 'check' || purpose === 'account') && url.origin === base.origin
        ? undefined
        : unconsented(),
    redact: redactPlain,
    key,
    journal: new EgressLog(env, log),
  })
}

export interface ProjectSendOptions extends AccountSendOptions, Pick<EndpointSendOptions, 'isForbidden'> {
  readonly key: () => Promise<string | undefined>
  readonly workspace: string
}

/**
 * What sends a project's functions to the one address that a person named or logged in to: where no project forbids it, and a person
 * allowed it for this one.
 */
export function functionsSend(
  base: URL,
  { env, log, isForbidden, key, workspace }: ProjectSendOptions,
): Send {
  const consents = new Consents(env)
  return openEgress({
    objection: letter => {
      if (
        letter.purpose !== 'functions' ||
        letter.url.origin !== base.origin ||
        letter.workspace !== workspace
      )
        return unconsented()
      if (isForbidden(workspace)) return forbiddenByProject()
      return consents.get(workspace, functionsAt(base)) === 'allow' ? undefined : unconsented()
    },
    redact: redactPlain,
    key,
    journal: new EgressLog(env, log),
  })
}

/** A decision of its own: who lets the team find functions has not allowed that code is sent. */
export function functionsAt({ origin }: URL): string {
  return `functions at ${origin}`
}

export function forbiddenByProject(): EndpointError {
  return forbidden('the settings of the project forbid it')
}

export function unconsented(): EndpointError {
  return new EndpointError('consent', 'nobody allowed it for this workspace', { worked: 'no' })
}

function forbidden(message: string): EndpointError {
  return new EndpointError('forbidden', message, { worked: 'no' })
}

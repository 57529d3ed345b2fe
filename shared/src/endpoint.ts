// The team's own inference endpoint, as client, server and command line speak of it: its settings, and both ends of the wire.

import type { ExplainParams } from './protocol.ts'

/**
 * What code may be sent for. `check` carries none: it asks whether anybody is there, and which models there are. Neither does
 * `account`: who somebody is, which team and which keys. `functions` are names and places of a project's functions, with a point of
 * numbers for each: none of their code.
 */
export const ENDPOINT_USES = ['second-opinion', 'fix', 'explanation'] as const
export type EndpointUse = (typeof ENDPOINT_USES)[number]
export type Purpose = EndpointUse | 'check' | 'account' | 'functions'

/** Of the person at the editor, never of a workspace: a project can forbid the endpoint (`[remote] forbid`), nothing more. */
export interface RemoteSettings {
  readonly enabled: boolean
  /** The base address: `https://codeant.example.com`. What speaks both protocols needs no second one. */
  readonly endpoint: string
  /** Where text is generated, when that is another server; empty: at `endpoint`. */
  readonly generationEndpoint: string
  /** The model that generates text; empty: the first that the endpoint lists. */
  readonly model: string
  readonly uses: readonly EndpointUse[]
  /** In seconds, for a whole request with all that is tried again. */
  readonly timeout: number
  /** What is sent and generated together, of all workspaces of this computer. */
  readonly tokensPerDay: number
  readonly tokensPerRequest: number
  /** Without encryption to another machine than this one. */
  readonly allowHttp: boolean
}

export const DEFAULT_REMOTE_SETTINGS: RemoteSettings = {
  enabled: false,
  endpoint: '',
  generationEndpoint: '',
  model: '',
  uses: ENDPOINT_USES,
  // A cold generative model takes this long for a function; who waits longer has gone on by hand.
  timeout: 30,
  // A day of one person who asks for a fix every few minutes.
  tokensPerDay: 500_000,
  // A function of three hundred lines, the question around it, and the answer.
  tokensPerRequest: 16_000,
  allowHttp: false,
}

/** What was given, on top of what was there. What is of another type than it should be does not count. */
export function withRemoteSettings(settings: RemoteSettings, given: unknown): RemoteSettings {
  if (typeof given !== 'object' || given === null) return settings
  const read: { -readonly [K in keyof RemoteSettings]: RemoteSettings[K] } = { ...settings }
  for (const [key, value] of Object.entries(given)) {
    if (key === 'uses') {
      if (Array.isArray(value)) read.uses = ENDPOINT_USES.filter(it => value.includes(it))
    } else if (key in read && typeof value === typeof read[key as keyof RemoteSettings])
      Object.assign(read, { [key]: value })
  }
  return read
}

/** Why the endpoint does not answer as it should. */
export const TROUBLES = [
  /** Nobody is there: no connection. */
  'unreachable',
  /** It took longer than anybody waits. */
  'slow',
  /** 401 or 403: the key is missing, wrong or not enough. */
  'refused',
  /** 429 or 503: it says itself that it has too much to do. */
  'busy',
  /** It fails inside. */
  'failing',
  /** The connection broke off before the answer was whole. */
  'broken',
  /** The answer is no JSON, or not what was asked for. */
  'garbled',
  /** It has no such model, or one with other weights or another shape. */
  'mismatch',
  /** It wants to send the request elsewhere, which is never followed. */
  'redirected',
  /** It does not accept this question. */
  'rejected',
  /** The address cannot be used, or is not encrypted. */
  'address',
  /** The tokens of the settings are used up. */
  'budget',
  /** Nobody allowed it for this workspace. */
  'consent',
  /** The settings of the project forbid it. */
  'forbidden',
] as const
export type Trouble = (typeof TROUBLES)[number]

/** What the status bar shows of the endpoint; absent while it is switched off. */
export interface EndpointStatus {
  /** Its host. */
  readonly host: string
  /** `idle`: nothing was asked yet. */
  readonly state: 'idle' | 'ready' | 'trouble'
  readonly trouble?: Trouble
  /** What left this machine since the server started, and how often. */
  readonly bytesSent: number
  readonly requests: number
}

/** A request that left the machine: everything but its content, which is told on demand. */
export interface SentEntry {
  readonly id: string
  /** As ISO 8601 has it. */
  readonly at: string
  /** The address that was asked, without anything secret. */
  readonly url: string
  readonly purpose: Purpose
  readonly workspace?: string
  /** Of the body. */
  readonly bytes: number
  /** As the endpoint counted them, or as estimated here. */
  readonly tokens: number
  /** How many secrets were taken out before. */
  readonly redacted: number
  /** Its name in the logs and traces of the endpoint; absent in what was written down before there was one. */
  readonly trace?: string
  /** The earlier request whose content was the same: a question that is asked again and again is kept once. */
  readonly contentOf?: string
  /** The status of the answer; absent when there was none. */
  readonly status?: number
  readonly trouble?: Trouble
  readonly ms?: number
}

/** Server → client: may this leave the machine? Asked once for each workspace and endpoint, by clients that can show it. */
export const ENDPOINT_CONSENT = 'codeant/endpoint/consent'
export interface ConsentParams {
  readonly endpoint: string
  readonly workspace: string
  readonly purpose: Purpose
  /** Exactly what would be sent, with a few lines before it that say what it is. */
  readonly preview: string
  /** The person has just asked for something that needs it: it may be shown at once. */
  readonly isAwaited: boolean
}
/** `later`: neither was chosen; it is asked again the next time. */
export type ConsentAnswer = 'allow' | 'never' | 'later'

/** Server → client: the key for an endpoint, from the editor's secret storage. */
export const ENDPOINT_KEY = 'codeant/endpoint/key'
export interface EndpointKeyParams {
  readonly origin: string
}
export type EndpointKeyResult = string | null

/** Client → server: keys or decisions changed; what was known of them is forgotten. */
export const ENDPOINT_CHANGED = 'codeant/endpoint/changed'

/** Client → server: log in at the endpoint of the settings. Answered when a person decided, minutes later; cancelling takes it back. */
export const ENDPOINT_SIGN_IN = 'codeant/endpoint/signIn'
export interface SignInParams {
  /** The editor, as whoever approves it reads. */
  readonly editor: string
}
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly origin: string; readonly who?: string }
  /** A key serves there. */
  | { readonly kind: 'no-logins'; readonly origin: string }
  | { readonly kind: 'denied' | 'expired'; readonly origin: string }
  | { readonly kind: 'trouble'; readonly origin: string; readonly trouble: Trouble }
  /** Others can read the file with the logins, so that it is not used. */
  | { readonly kind: 'not-private'; readonly file: string }
  /** The settings name none. */
  | { readonly kind: 'no-endpoint' }

/** Server → client: what a person needs to let this computer in. Both pages are of the web. */
export const ENDPOINT_SIGN_IN_CODE = 'codeant/endpoint/signInCode'
export interface SignInCode {
  readonly host: string
  readonly code: string
  readonly page: string
  /** The same with the code in it already. */
  readonly pageWithCode: string
}

/** Client → server: end the login at the endpoint of the settings. Null: there was none. */
export const ENDPOINT_SIGN_OUT = 'codeant/endpoint/signOut'
export interface SignOutResult {
  readonly host: string
  /** False: the endpoint could not be told. */
  readonly isEnded: boolean
}

/** Client → server: what was sent, the newest first. */
export const ENDPOINT_SENT = 'codeant/endpoint/sent'
/** Client → server: the content of one of them, as text; null when it is no longer kept. */
export const ENDPOINT_PAYLOAD = 'codeant/endpoint/payload'
export interface PayloadParams {
  readonly id: string
}

/** Client → server: whether code of these workspaces may be sent is to be decided anew. */
export const ENDPOINT_FORGET_CONSENT = 'codeant/endpoint/forgetConsent'

/** Client → server: a longer explanation, written by the endpoint. */
export const ENDPOINT_EXPLAIN = 'codeant/endpoint/explain'
export type EndpointExplainParams = ExplainParams
export type EndpointExplainResult =
  | { readonly kind: 'explained'; readonly markdown: string; readonly label: string }
  | { readonly kind: 'refused'; readonly reason: string }

/** A command that the server carries out: the endpoint is asked for a fix, which is verified before it is applied. */
export const ASK_FOR_FIX = 'codeant.askForFix'
export interface AskForFixArgument {
  readonly uri: string
  readonly rule: string
  /** Where the finding begins, in UTF-16 units. */
  readonly start: number
}
export type AskForFixResult =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly reason: string }

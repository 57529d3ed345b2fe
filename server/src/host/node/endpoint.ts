// The team's own endpoint, as far as this machine is concerned: made only when the user switched it on, asked only with the
// consent of a person, silent where a project forbids it.
//
// This is the one place where the function that sends is made (`inference/remote/egress.ts`).

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type {
  ConsentAnswer,
  ConsentParams,
  EndpointStatus,
  EndpointUse,
  Purpose,
  RemoteSettings,
  SentEntry,
  Trouble,
} from '@codeant/shared/endpoint.ts'
import type { Log } from '../../base/log.ts'
import { redactPlain } from '../../features/endpoint/redaction.ts'
import { Chat } from '../../inference/remote/chat.ts'
import { type Clock, Connection } from '../../inference/remote/connection.ts'
import { type Letter, openEgress, type Send } from '../../inference/remote/egress.ts'
import { type Encoders, remoteEncoders } from '../../inference/remote/encoders.ts'
import { readFaces } from '../../inference/remote/faces.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import { type Generator, remoteGenerator } from '../../inference/remote/generator.ts'
import { OpenInference } from '../../inference/remote/open-inference.ts'
import { BelievedKeys, type EndpointKey } from './believed-keys.ts'
import { Consents } from './consents.ts'
import { EgressLog } from './egress-log.ts'
import { endpointAddress } from './endpoint-address.ts'
import { stateFolder } from './folders.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

/** Encoders answer within milliseconds: who has not answered after this long will not. */
const MOST_ENCODER_MS = 5_000

export interface EndpointOptions {
  readonly settings: RemoteSettings
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  /** Shows a person what would be sent. Never rejects. */
  readonly ask: (params: ConsentParams) => Promise<ConsentAnswer>
  /** Undefined: there is none. Rejects with `EndpointError` only. */
  readonly key: (origin: string) => Promise<EndpointKey | undefined>
  readonly isForbidden: (workspace: string) => boolean
  /** A file that lies beside a model's weights on this machine. */
  readonly modelFile: (model: string, file: string) => string | undefined
  /** Something else is to be shown now. */
  readonly told: () => void
  /** A person allowed what was refused before. */
  readonly allowed: (workspace: string) => void
}

/** What exists while the endpoint is switched on. */
interface Open {
  readonly host: string
  readonly encoders: Side
  readonly generation: Side
}

interface Side {
  readonly connection: Connection
  readonly inference: OpenInference
  readonly chat: Chat
  readonly withoutFormat: Set<string>
  /** What is wrong though it answers. */
  notice: Trouble | undefined
}

export class Endpoint {
  readonly #options: EndpointOptions
  readonly #consents: Consents
  readonly #journal: EgressLog
  readonly #keys: BelievedKeys
  /** Questions to a person that are not answered yet, and those that were put off, by workspace and origin. */
  readonly #asking = new Map<string, Promise<ConsentAnswer>>()
  readonly #later = new Set<string>()
  #settings: RemoteSettings
  #open: Open | undefined
  #addressTrouble: string | undefined

  constructor(options: EndpointOptions) {
    this.#options = options
    this.#keys = new BelievedKeys(options.key)
    this.#settings = options.settings
    this.#consents = new Consents(options.env)
    this.#journal = new EgressLog(options.env, options.log)
    this.#start()
  }

  configure(settings: RemoteSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return
    this.#settings = settings
    this.#stop()
    this.#start()
    this.#options.told()
  }

  /** Undefined while it is switched off. */
  get status(): EndpointStatus | undefined {
    if (!this.#settings.enabled) return undefined
    const { bytes, requests } = this.#journal.sent
    const trouble = this.#addressTrouble
      ? 'address'
      : this.#sides.map(it => it.connection.trouble ?? it.notice).find(it => it !== undefined)
    return {
      host: this.#open?.host ?? this.#settings.endpoint,
      state: trouble ? 'trouble' : requests > 0 ? 'ready' : 'idle',
      ...(trouble && { trouble }),
      bytesSent: bytes,
      requests,
    }
  }

  /** Who generates text. */
  get generationHost(): string {
    return this.#open?.generation.connection.base.host ?? ''
  }

  get bytesSent(): number {
    return this.#journal.sent.bytes
  }

  /** Whether it is worth offering: switched on for this, not forbidden, not refused by a person. Sends nothing. */
  offers(use: EndpointUse, workspace: string): boolean {
    const side = this.#side(use)
    return (
      side !== undefined &&
      this.#settings.uses.includes(use) &&
      !this.#options.isForbidden(workspace) &&
      this.#consents.get(workspace, side.connection.base.origin) !== 'never'
    )
  }

  /** Undefined where it is not offered. */
  encoders(workspace: string): Encoders | undefined {
    const side = this.#side('second-opinion')
    if (!side || !this.offers('second-opinion', workspace)) return undefined
    return remoteEncoders({
      client: side.inference,
      workspace,
      timeoutMs: Math.min(MOST_ENCODER_MS, this.#settings.timeout * 1000),
      spend: tokens => this.#spend(tokens),
      permitted: preview => this.#permitted(side, workspace, 'second-opinion', preview, false),
      localWeights: model => this.#localWeights(model),
      noticed: trouble => this.#notice(side, trouble),
      faces: model => {
        const description = this.#options.modelFile(model, 'model.json')
        return description === undefined ? undefined : readFaces(description)
      },
    })
  }

  /** Undefined where none of its uses is offered. */
  generator(workspace: string): Generator | undefined {
    const side = this.#side('fix')
    if (!side) return undefined
    return remoteGenerator({
      chat: side.chat,
      workspace,
      timeoutMs: this.#settings.timeout * 1000,
      model: this.#settings.model,
      spend: tokens => this.#spend(tokens),
      permitted: (use, preview) => this.#permitted(side, workspace, use, preview, true),
      withoutFormat: side.withoutFormat,
    })
  }

  /** The newest first. */
  get sent(): readonly SentEntry[] {
    return [...this.#journal.entries].reverse()
  }

  payload(id: string): string | undefined {
    return this.#journal.payload(id)
  }

  /** Where what would be sent is put for a person to look at, in editors that can show nothing but files. */
  get previewFile(): string {
    mkdirSync(this.#journal.folder, { recursive: true, mode: 0o700 })
    return join(this.#journal.folder, 'preview.jsonc')
  }

  /** A key was set or removed: whatever was known of the endpoint may be otherwise now. */
  forgetKeys(): void {
    this.#keys.clear()
    for (const it of this.#sides) {
      it.connection.reset()
      it.inference.forget()
      it.chat.forget()
      it.withoutFormat.clear()
      it.notice = undefined
    }
    this.#options.told()
  }

  /** A person wants to decide anew. */
  forgetConsents(workspaces: readonly string[]): void {
    this.#consents.forget(workspaces)
    this.#later.clear()
  }

  close(): void {
    this.#stop()
  }

  get #sides(): readonly Side[] {
    return this.#open ? [...new Set([this.#open.encoders, this.#open.generation])] : []
  }

  #side(use: EndpointUse): Side | undefined {
    return use === 'second-opinion' ? this.#open?.encoders : this.#open?.generation
  }

  #start(): void {
    this.#addressTrouble = undefined
    const { enabled, endpoint, generationEndpoint, allowHttp } = this.#settings
    if (!enabled) return
    const base = endpointAddress(endpoint, allowHttp)
    const second = generationEndpoint === '' ? base : endpointAddress(generationEndpoint, allowHttp)
    if (!(base instanceof URL) || !(second instanceof URL)) {
      this.#addressTrouble = String(base instanceof URL ? second : base)
      this.#options.log.warn(`endpoint: ${this.#addressTrouble}`)
      return
    }
    const send = openEgress({
      objection: letter => this.#objection(letter),
      redact: redactPlain,
      key: origin => this.#keys.get(origin),
      journal: this.#journal,
    })
    const encoders = this.#newSide(base, send)
    const generation = second.href === base.href ? encoders : this.#newSide(second, send)
    this.#open = { host: base.host, encoders, generation }
  }

  #newSide(base: URL, send: Send): Side {
    const connection = new Connection({
      base,
      send,
      clock: CLOCK,
      told: (it, error) => this.#told(base, it, error),
    })
    return {
      connection,
      inference: new OpenInference(connection, CLOCK.now),
      chat: new Chat(connection, CLOCK.now),
      withoutFormat: new Set(),
      notice: undefined,
    }
  }

  #stop(): void {
    for (const it of this.#sides) it.connection.close()
    this.#open = undefined
    this.#keys.clear()
    this.#later.clear()
  }

  /** Once for each change: not once for each question that finds the same. */
  #told({ host }: URL, trouble: Trouble | undefined, error: EndpointError | undefined): void {
    this.#note(host, trouble)
    this.#options.log.info(`endpoint ${host}: ${trouble ?? 'answers'}${error ? ` (${error.message})` : ''}`)
    this.#options.told()
  }

  /** For other programs that want to know how it is. */
  #note(host: string, trouble: Trouble | undefined): void {
    const state: EndpointState = { host, at: new Date().toISOString(), ...(trouble && { trouble }) }
    try {
      writePrivateJson(stateFile(this.#options.env), state)
    } catch {
      // The disk takes nothing: they do not know, then.
    }
  }

  #notice(side: Side, trouble: Trouble | undefined): void {
    if (side.notice === trouble) return
    side.notice = trouble
    this.#told(side.connection.base, trouble, undefined)
  }

  /** Asked for each letter when it leaves, whoever asked whom before. */
  #objection({ url, workspace, purpose }: Letter): EndpointError | undefined {
    if (!this.#sides.some(it => it.connection.base.origin === url.origin))
      return new EndpointError('address', `${url.origin} is not the endpoint of the settings`, {
        worked: 'no',
      })
    if (purpose === 'check') return undefined
    if (purpose === 'account' || purpose === 'functions') return forbidden('that is not its business')
    if (!this.#settings.uses.includes(purpose)) return forbidden(`the settings do not allow ${purpose}`)
    if (workspace === undefined || this.#options.isForbidden(workspace))
      return forbidden('the settings of the project forbid it')
    return this.#consents.get(workspace, url.origin) === 'allow' ? undefined : unconsented()
  }

  async #permitted(
    { connection }: Side,
    workspace: string,
    purpose: Purpose,
    preview: () => string,
    isAwaited: boolean,
  ): Promise<void> {
    const { origin } = connection.base
    if (this.#options.isForbidden(workspace)) throw forbidden('the settings of the project forbid it')
    const decided = this.#consents.get(workspace, origin)
    if (decided === 'allow') return
    if (decided === 'never') throw unconsented()
    const about = `${origin} ${workspace}`
    if (!isAwaited && this.#later.has(about)) throw unconsented()
    let asking = this.#asking.get(about)
    if (!asking) {
      const endpoint = connection.base.href
      asking = this.#decide({ endpoint, workspace, purpose, preview: preview(), isAwaited }, origin, about)
      this.#asking.set(about, asking)
    }
    // Nobody waits for a person who is typing: what was not asked now is asked when they allowed it.
    if (!isAwaited || (await asking) !== 'allow') throw unconsented()
  }

  async #decide(params: ConsentParams, origin: string, about: string): Promise<ConsentAnswer> {
    const { ask, allowed, log } = this.#options
    const answer = await ask(params)
    this.#asking.delete(about)
    if (answer === 'later') this.#later.add(about)
    else {
      try {
        this.#consents.set(params.workspace, origin, answer)
      } catch (error) {
        log.warn(`the decision cannot be kept: ${(error as Error).message}`)
        return 'later'
      }
      if (answer === 'allow') allowed(params.workspace)
    }
    return answer
  }

  #spend(tokens: number): void {
    const { tokensPerDay, tokensPerRequest } = this.#settings
    if (tokens > tokensPerRequest) throw budget(`${tokens} tokens in one request`)
    if (this.#journal.tokensToday + tokens > tokensPerDay) throw budget('the tokens of today are used up')
  }

  #localWeights(model: string): string | undefined {
    try {
      const { sha256 } = JSON.parse(this.#options.modelFile(model, 'model.json') ?? '{}') as {
        sha256?: unknown
      }
      return typeof sha256 === 'string' ? sha256 : undefined
    } catch {
      return undefined
    }
  }
}

/** How an endpoint was when that changed last, in whichever window. */
export interface EndpointState {
  readonly host: string
  readonly at: string
  readonly trouble?: Trouble
}

export function lastEndpointState(env: NodeJS.ProcessEnv): EndpointState | undefined {
  try {
    return (readPrivateJson(stateFile(env)) as EndpointState | undefined) ?? undefined
  } catch {
    return undefined
  }
}

function stateFile(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'endpoint-state.json')
}

/**
 * What sends where nothing of a project is sent: checks, logins, keys and teams, at the one address that a person named or logged
 * in to. All of it is written down as well.
 */
export function accountSend(
  base: URL,
  key: () => Promise<string | undefined>,
  { env, log }: Pick<EndpointOptions, 'env' | 'log'>,
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

export interface ProjectSendOptions extends Pick<EndpointOptions, 'env' | 'log' | 'isForbidden'> {
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
      if (isForbidden(workspace)) return forbidden('the settings of the project forbid it')
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

const CLOCK: Clock = {
  now: () => performance.now(),
  today: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    wait(ms, undefined, { signal, ref: false }).catch(() => {
      signal.throwIfAborted()
    }),
}

function forbidden(message: string): EndpointError {
  return new EndpointError('forbidden', message, { worked: 'no' })
}

function unconsented(): EndpointError {
  return new EndpointError('consent', 'nobody allowed it for this workspace', { worked: 'no' })
}

function budget(message: string): EndpointError {
  return new EndpointError('budget', message, { worked: 'no' })
}

// The team's own endpoint, as far as this machine is concerned: made only when the user switched it on, asked only with the
// consent of a person, silent where a project forbids it.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type {
  EndpointStatus,
  EndpointUse,
  RemoteSettings,
  SentEntry,
  Trouble,
} from '@codeant/shared/endpoint.ts'
import { Chat } from '../../inference/remote/chat.ts'
import { type Clock, Connection } from '../../inference/remote/connection.ts'
import type { Send } from '../../inference/remote/egress.ts'
import { type Encoders, remoteEncoders } from '../../inference/remote/encoders.ts'
import { readFaces } from '../../inference/remote/faces.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import { type Generator, remoteGenerator } from '../../inference/remote/generator.ts'
import { OpenInference } from '../../inference/remote/open-inference.ts'
import { BelievedKeys, type EndpointKey } from './believed-keys.ts'
import { EgressLog } from './egress-log.ts'
import { endpointAddress } from './endpoint-address.ts'
import { EndpointPermission, type PermissionOptions } from './endpoint-permission.ts'
import { endpointSend } from './endpoint-sends.ts'
import { noteEndpointState } from './endpoint-state.ts'

/** Encoders answer within milliseconds: who has not answered after this long will not. */
const MOST_ENCODER_MS = 5_000

export interface EndpointOptions extends PermissionOptions {
  readonly settings: RemoteSettings
  /** Undefined: there is none. Rejects with `EndpointError` only. */
  readonly key: (origin: string) => Promise<EndpointKey | undefined>
  /** A file that lies beside a model's weights on this machine. */
  readonly modelFile: (model: string, file: string) => string | undefined
  /** Something else is to be shown now. */
  readonly told: () => void
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
  readonly #permission: EndpointPermission
  readonly #journal: EgressLog
  readonly #keys: BelievedKeys
  #settings: RemoteSettings
  #open: Open | undefined
  #addressTrouble: string | undefined

  constructor(options: EndpointOptions) {
    this.#options = options
    this.#keys = new BelievedKeys(options.key)
    this.#settings = options.settings
    this.#permission = new EndpointPermission(options)
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
      !this.#permission.isRefused(workspace, side.connection.base.origin)
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
      permitted: preview =>
        this.#permission.permit(side.connection.base, {
          workspace,
          purpose: 'second-opinion',
          preview,
          isAwaited: false,
        }),
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
      permitted: (purpose, preview) =>
        this.#permission.permit(side.connection.base, { workspace, purpose, preview, isAwaited: true }),
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
    this.#permission.forget(workspaces)
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
    const send = endpointSend({
      settings: () => this.#settings,
      origins: () => this.#sides.map(it => it.connection.base.origin),
      isForbidden: this.#options.isForbidden,
      isAllowed: (workspace, origin) => this.#permission.isAllowed(workspace, origin),
      key: origin => this.#keys.get(origin),
      journal: this.#journal,
    })
    if (!send) return
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
    this.#permission.forgetLater()
  }

  /** Once for each change: not once for each question that finds the same. */
  #told({ host }: URL, trouble: Trouble | undefined, error: EndpointError | undefined): void {
    noteEndpointState(this.#options.env, host, trouble)
    this.#options.log.info(`endpoint ${host}: ${trouble ?? 'answers'}${error ? ` (${error.message})` : ''}`)
    this.#options.told()
  }

  #notice(side: Side, trouble: Trouble | undefined): void {
    if (side.notice === trouble) return
    side.notice = trouble
    this.#told(side.connection.base, trouble, undefined)
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

const CLOCK: Clock = {
  now: () => performance.now(),
  today: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    wait(ms, undefined, { signal, ref: false }).catch(() => {
      signal.throwIfAborted()
    }),
}

function budget(message: string): EndpointError {
  return new EndpointError('budget', message, { worked: 'no' })
}

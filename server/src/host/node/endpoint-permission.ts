// Whether code of a workspace may be sent to an address: what a person said, and asking who was never asked.

import type { ConsentAnswer, ConsentParams, Purpose } from '@codeant/shared/endpoint.ts'
import type { Log } from '../../base/log.ts'
import { Consents } from './consents.ts'
import { forbiddenByProject, unconsented } from './endpoint-sends.ts'

export interface PermissionOptions {
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  /** Shows a person what would be sent. Never rejects. */
  readonly ask: (params: ConsentParams) => Promise<ConsentAnswer>
  readonly isForbidden: (workspace: string) => boolean
  /** A person allowed what was refused before. */
  readonly allowed: (workspace: string) => void
}

export interface Request {
  readonly workspace: string
  readonly purpose: Purpose
  /** What would be sent, as a person reads it. */
  readonly preview: () => string
  /** Somebody waits for the answer. */
  readonly isAwaited: boolean
}

export class EndpointPermission {
  readonly #options: PermissionOptions
  readonly #consents: Consents
  /** Questions to a person that are not answered yet, and those that were put off, by workspace and origin. */
  readonly #asking = new Map<string, Promise<ConsentAnswer>>()
  readonly #later = new Set<string>()

  constructor(options: PermissionOptions) {
    this.#options = options
    this.#consents = new Consents(options.env)
  }

  isAllowed(workspace: string, origin: string): boolean {
    return this.#consents.get(workspace, origin) === 'allow'
  }

  /** A project forbids it, or a person did for good. */
  isRefused(workspace: string, origin: string): boolean {
    return this.#options.isForbidden(workspace) || this.#consents.get(workspace, origin) === 'never'
  }

  /** Rejects with `EndpointError` where it may not be sent, or not now. */
  async permit({ href: endpoint, origin }: URL, request: Request): Promise<void> {
    const { workspace, purpose, preview, isAwaited } = request
    if (this.#options.isForbidden(workspace)) throw forbiddenByProject()
    const decided = this.#consents.get(workspace, origin)
    if (decided === 'allow') return
    if (decided === 'never') throw unconsented()
    const about = `${origin} ${workspace}`
    if (!isAwaited && this.#later.has(about)) throw unconsented()
    let asking = this.#asking.get(about)
    if (!asking) {
      asking = this.#decide({ endpoint, workspace, purpose, preview: preview(), isAwaited }, origin, about)
      this.#asking.set(about, asking)
    }
    // Nobody waits for a person who is typing: what was not asked now is asked when they allowed it.
    if (!isAwaited || (await asking) !== 'allow') throw unconsented()
  }

  /** A person wants to decide anew. */
  forget(workspaces: readonly string[]): void {
    this.#consents.forget(workspaces)
    this.#later.clear()
  }

  /** What was put off is asked again. */
  forgetLater(): void {
    this.#later.clear()
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
}

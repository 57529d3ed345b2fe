// What proves who asks, believed for a while: not asked for with every request, and not for so long that nobody notices another one.

export interface EndpointKey {
  readonly text: string
  /** When it ends, in milliseconds; absent: nobody knows. */
  readonly until?: number
}

interface Known {
  readonly key: Promise<EndpointKey | undefined>
  /** So long it is not asked for anew. */
  until: number
}

/** Whoever logs in at the command line need not tell the editor: it looks again after this, in milliseconds. */
const BELIEVED_MS = 60_000
/** One that ends so soon may have ended when it arrives. */
const MARGIN_MS = 20_000

export class BelievedKeys {
  readonly #ask: (origin: string) => Promise<EndpointKey | undefined>
  readonly #known = new Map<string, Known>()

  constructor(ask: (origin: string) => Promise<EndpointKey | undefined>) {
    this.#ask = ask
  }

  /** Rejects with what asking rejects with, which is not believed. */
  async get(origin: string): Promise<string | undefined> {
    let known = this.#known.get(origin)
    if (!known || known.until < Date.now()) {
      known = { key: this.#ask(origin), until: Date.now() + BELIEVED_MS }
      this.#known.set(origin, known)
    }
    try {
      const key = await known.key
      if (key?.until !== undefined) known.until = Math.min(known.until, key.until - MARGIN_MS)
      return key?.text
    } catch (error) {
      if (this.#known.get(origin) === known) this.#known.delete(origin)
      throw error
    }
  }

  clear(): void {
    this.#known.clear()
  }
}

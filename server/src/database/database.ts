// The only state that changes: which documents are open, and under which settings. Everything else is derived.

import type { Document } from '../text/document.ts'

export type Change =
  | { readonly kind: 'set'; readonly document: Document }
  | { readonly kind: 'remove'; readonly uri: string }
  /** Something outside the documents changed: settings, a baseline, a file on disk. */
  | { readonly kind: 'world' }

/** The documents at one moment. Its signal aborts as soon as there is a newer moment. */
export interface Snapshot {
  readonly id: number
  readonly documents: ReadonlyMap<string, Document>
  readonly signal: AbortSignal
}

export class Database {
  #snapshot: Snapshot
  #abort = new AbortController()

  constructor() {
    this.#snapshot = { id: 0, documents: new Map(), signal: this.#abort.signal }
  }

  get snapshot(): Snapshot {
    return this.#snapshot
  }

  /** The only mutation: supersedes the current snapshot and returns the new one. */
  apply(changes: readonly Change[]): Snapshot {
    const documents = new Map(this.#snapshot.documents)
    for (const change of changes) {
      if (change.kind === 'set') documents.set(change.document.uri, change.document)
      else if (change.kind === 'remove') documents.delete(change.uri)
    }
    const superseded = this.#abort
    this.#abort = new AbortController()
    this.#snapshot = { id: this.#snapshot.id + 1, documents, signal: this.#abort.signal }
    superseded.abort(new Superseded())
    return this.#snapshot
  }
}

/** Why work on an old snapshot stopped. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}

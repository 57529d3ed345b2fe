// What rules in patterns say of open documents: asked in another thread when typing pauses, and moved with the edits since.

import type { Finding } from '@codeant/shared/finding.ts'
import { type Document, editBetween } from '../text/document.ts'
import { moveFindings } from './waiting-findings.ts'

export interface PackDocumentsOptions {
  /** The findings of a text; undefined where no rules in patterns hold for it. */
  readonly check: (document: Document) => Promise<readonly Finding[]> | undefined
  /** Something else is to be said of this document now. */
  readonly news: (uri: string) => void
}

interface Open {
  /** What is said, and of which text. */
  text: string
  findings: readonly Finding[]
  /** The document that is being looked at. */
  asked: Document | undefined
  /** The one that is next, should it have changed meanwhile. */
  next: Document | undefined
}

export class PackDocuments {
  readonly #options: PackDocumentsOptions
  readonly #open = new Map<string, Open>()

  constructor(options: PackDocumentsOptions) {
    this.#options = options
  }

  /** Asks about a document as it is now; of several changes while one is looked at, about the last. */
  async consider(document: Document): Promise<void> {
    const { uri } = document
    let open = this.#open.get(uri)
    if (!open) {
      open = { text: document.text, findings: [], asked: undefined, next: undefined }
      this.#open.set(uri, open)
    }
    open.next = document
    if (open.asked) return
    try {
      while (open.next) {
        const asked = open.next
        open.asked = asked
        open.next = undefined
        const findings = (await this.#options.check(asked)) ?? []
        if (this.#open.get(uri) !== open) return
        this.#say(asked, open, findings)
      }
    } finally {
      open.asked = undefined
    }
  }

  closed(uri: string): void {
    this.#open.delete(uri)
  }

  /** What was found, as far as the edits since left it alone. */
  findings({ uri, text }: Document): readonly Finding[] {
    const open = this.#open.get(uri)
    if (!open) return []
    if (open.text !== text) {
      open.findings = moveFindings(open.findings, editBetween(open.text, text))
      open.text = text
    }
    return open.findings
  }

  #say(asked: Document, open: Open, findings: readonly Finding[]): void {
    // Somebody typed meanwhile: what is said is of that text.
    const now = open.text
    const moved = now === asked.text ? findings : moveFindings(findings, editBetween(asked.text, now))
    const isNews = JSON.stringify(moved) !== JSON.stringify(open.findings)
    open.findings = moved
    if (isNews) this.#options.news(asked.uri)
  }
}

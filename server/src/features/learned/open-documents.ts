// What the bug finder says of open documents: asked when typing pauses, about what changed, and moved with the edits since.

import type { Finding } from '@codeant/shared/finding.ts'
import type { ModelFunctions } from '@codeant/shared/settings.ts'
import { sortFindings } from '../../rules/engine.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { type Document, editBetween } from '../../text/document.ts'
import type { FileResult } from '../analyse-file.ts'
import { withMore } from '../more-findings.ts'
import { moveFindings } from '../waiting-findings.ts'
import { functionsIn, isChanged, type KnownFunctions } from './changed-functions.ts'
import type { Read } from './review.ts'

interface Open {
  /** The functions that were there when the document was opened. */
  readonly known: KnownFunctions
  /** What is said, and of which text. */
  text: string
  findings: readonly Finding[]
  /** What others than the models of this machine said of which text. */
  others: { readonly text: string; readonly findings: readonly Finding[] } | undefined
  /** Ends the questions about an older text. */
  asking: AbortController | undefined
}

export interface LearnedDocumentsOptions {
  readonly review: (
    document: Document,
    read: Read,
    isAsked: (start: number, end: number) => boolean,
    signal: AbortSignal,
  ) => Promise<readonly Finding[]>
  /** What others than the models of this machine add to the last review, later and perhaps never. */
  readonly reconsider?: (document: Document, signal: AbortSignal) => Promise<readonly Finding[]>
  /** Something else is to be said of this document now. */
  readonly news: (uri: string) => void
}

export class LearnedDocuments {
  readonly #options: LearnedDocumentsOptions
  readonly #open = new Map<string, Open>()

  constructor(options: LearnedDocumentsOptions) {
    this.#options = options
  }

  /** The first time, only notes what there is; afterwards asks about what differs from that. Rejects with what `review` does. */
  async consider(document: Document, read: Read, scope: ModelFunctions): Promise<void> {
    const { uri, text } = document
    let open = this.#open.get(uri)
    if (!open) {
      open = { known: functionsIn(read.tree), text, findings: [], others: undefined, asking: undefined }
      this.#open.set(uri, open)
      if (scope === 'changed') return
    }
    open.asking?.abort()
    const asking = new AbortController()
    open.asking = asking
    const { known } = open
    const isAsked = (start: number, end: number) => scope === 'all' || isChanged(known, text, start, end)
    try {
      const findings = await this.#options.review(document, read, isAsked, asking.signal)
      if (asking.signal.aborted || this.#open.get(uri) !== open) return
      const more = this.#options.reconsider?.(document, asking.signal)
      // What others said of this very text still holds, though they are asked again.
      this.#say(uri, open, text, joined(findings, open.others?.text === text ? open.others.findings : []))
      const others = await more
      if (!others || asking.signal.aborted || this.#open.get(uri) !== open) return
      open.others = { text, findings: others }
      this.#say(uri, open, text, joined(findings, others))
    } catch (error) {
      if (!asking.signal.aborted) throw error
    }
  }

  closed(uri: string): void {
    this.#open.get(uri)?.asking?.abort()
    this.#open.delete(uri)
  }

  /** Settings changed: everything is asked again the next time. What a document was like when it was opened stays known. */
  forget(): void {
    for (const open of this.#open.values()) {
      open.asking?.abort()
      open.findings = []
      open.others = undefined
    }
  }

  /** What the bug finder said that the edits since left alone. */
  findings({ uri, text }: Document): readonly Finding[] {
    const open = this.#open.get(uri)
    return open ? this.#moved(open, text) : []
  }

  /** Some of it is not to be said any more. */
  drop({ uri }: Document, isUnwanted: (finding: Finding) => boolean): void {
    const open = this.#open.get(uri)
    if (!open) return
    open.findings = open.findings.filter(it => !isUnwanted(it))
    open.others = undefined
    this.#options.news(uri)
  }

  /** What the rules found, and what the bug finder said that the edits since left alone. */
  added(document: Document, result: FileResult, tree: SyntaxTree | undefined): FileResult {
    return withLearned(result, this.findings(document), document.text, tree)
  }

  /** The text that this was found in is the last one: a newer one would have ended the question. */
  #say(uri: string, open: Open, text: string, findings: readonly Finding[]): void {
    const isNews = JSON.stringify(findings) !== JSON.stringify(this.#moved(open, text))
    open.text = text
    open.findings = findings
    if (isNews) this.#options.news(uri)
  }

  #moved(open: Open, text: string): readonly Finding[] {
    if (open.text !== text) {
      open.findings = moveFindings(open.findings, editBetween(open.text, text))
      open.text = text
    }
    return open.findings
  }
}

function joined(own: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  return others.length === 0 ? own : sortFindings([...own, ...others])
}

/** Learned findings among those of the rules. Where a rule says something of the same place, the model keeps quiet. */
export function withLearned(
  result: FileResult,
  learned: readonly Finding[],
  text: string,
  tree: SyntaxTree | undefined,
): FileResult {
  const fresh = learned.filter(
    it => !result.findings.some(other => other.start < it.end && it.start < other.end && isNarrow(other)),
  )
  return withMore(result, fresh, text, tree)
}

/** Says something of a place, not of a whole function. */
function isNarrow({ start, end }: Finding): boolean {
  return end - start < 200
}

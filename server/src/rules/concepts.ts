// The concept pages: ideas that many rules share, taught once to the reader who meets them for the first time.

import type { Locale } from '@codeant/shared/locale.ts'

/** One page has a file in `concepts/`, in both languages. */
export type ConceptId =
  | 'dead-code'
  | 'copy-and-paste'
  | 'equality'
  | 'boolean-logic'
  | 'operator-precedence'
  | 'control-flow'
  | 'error-handling'
  | 'waiting-for-results'
  | 'return-values'
  | 'resources'
  | 'shared-state'
  | 'closures'
  | 'boundaries'
  | 'formatting-text'
  | 'names-and-scope'
  | 'floating-point'
  | 'iteration'
  | 'injection'
  | 'untrusted-data'
  | 'transport-security'
  | 'cryptography'
  | 'secrets'
  | 'regular-expressions'
  | 'work-in-loops'
  | 'data-structures'
  | 'concurrency'
  | 'size-and-complexity'
  | 'duplication'
  | 'hygiene'
  | 'permissions'
  | 'contracts'
  | 'borrowed-code'
  | 'dependencies'
  | 'suppressions'
  | 'workflows'
  | 'supply-chain'
  | 'containers'
  | 'declared-state'
  | 'cloud-permissions'

export interface ConceptPage {
  readonly title: string
  /** Markdown without headings: what the idea is, how it goes wrong in two languages, how to think about it. */
  readonly body: string
}

export type Concept = Readonly<Record<Locale, ConceptPage>> & { readonly id: ConceptId }

/** A page starts on a line of its own in its file; readers get it without that line. */
export function defineConcept({ id, en, es }: Concept): Concept {
  const trimmed = ({ title, body }: ConceptPage): ConceptPage => ({ title, body: body.trim() })
  return { id, en: trimmed(en), es: trimmed(es) }
}

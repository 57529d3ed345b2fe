// Which files of a repository are code that people wrote for it: the same judgement for snapshots and for history.

import { admitBytes, admitText, decode } from '../../server/src/features/admission.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { SKIPPED_FOLDERS } from '../../server/src/host/node/walk.ts'
import { isSpecimen, saysCopied, saysGenerated } from '../../server/src/semantics/provenance.ts'
import { type Grammar, languageOfGrammar, type OwnGrammar } from '../../server/src/syntax/language.ts'

/** Longer ones are tables of data or pasted programs more often than code. */
export const LARGEST = 200 * 1024

/** The grammar of a file by its name; undefined for other languages and for declarations without code. */
export function grammarOfPath(path: string): OwnGrammar | undefined {
  if (PASSED_OVER.test(path)) return undefined
  const language = languageOf(path)
  return language && grammarOf(language, path)
}

/** Declarations; and what the server reads too but is too rare to be laid out anew for: `.pyw`, extensions in capitals. */
const PASSED_OVER = /\.(d\.[cm]?ts|pyi|pyw)$|\.[^./]*[A-Z][^./]*$/

export { languageOfGrammar }

/** The path is of other people's code, of a build's output, or of odd code that tests are fed with. */
export function isForeign(path: string): boolean {
  return isSpecimen(path) || path.split('/').some(it => SKIPPED_FOLDERS.has(it))
}

/** The text of a file of people's own code; undefined for everything that the server would not tend either. */
export function codeText(bytes: Uint8Array, grammar: Grammar): string | undefined {
  if (admitBytes(bytes, LIMITS)) return undefined
  const decoded = decode(bytes)
  if (!decoded?.encoding.startsWith('utf-8')) return undefined
  const { text } = decoded
  if (admitText(text, languageOfGrammar(grammar), LIMITS)) return undefined
  return saysGenerated(text) || saysCopied(text) ? undefined : text
}

const LIMITS = { maxFileSize: LARGEST }

// Everything the engine has to say about one file, settings aside: the value that is remembered under its content.

import type { Finding } from '@codeant/shared/finding.ts'
import { CODE_LANGUAGES, type CodeLanguage, type LanguageId } from '@codeant/shared/language.ts'
import { dialectOf, textComments, treeComments } from '../rules/comments.ts'
import { type Dismissal, dismissalsIn } from '../rules/elsewhere.ts'
import { checkFile, checkText, sortFindings } from '../rules/engine.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type Suppression, suppressionsIn } from '../rules/suppression.ts'
import { analyse } from '../semantics/source-file.ts'
import type { Grammar } from '../syntax/language.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { SkipReason } from './admission.ts'
import { grammarOf } from './languages.ts'
import { meaningOf } from './meaning.ts'

export interface FileResult {
  readonly findings: readonly Finding[]
  /** For each finding, what it means whatever its place: `meaning.ts`. */
  readonly meanings: readonly string[]
  readonly suppressions: readonly Suppression[]
  /** What other checkers were told not to say. */
  readonly dismissals?: readonly Dismissal[]
  /** Set when the file was not analysed, or not to its end. */
  readonly skipped?: SkipReason
}

/** What analysing takes. One per thread. */
export interface Engine {
  readonly parser: SyntaxParser
  readonly rules: RuleSet
}

/** Analyses a text from scratch. `path` is relative to the project's root. `stop` ends it when it takes too long. */
export function analyseFile(
  engine: Engine,
  path: string,
  language: LanguageId,
  text: string,
  stop?: () => boolean,
): FileResult {
  const plain = checkText(engine.rules, { path, language, text })
  const grammar = grammarOf(language, path)
  if (!grammar || !isCode(language)) {
    const suppressions = suppressionsIn(text, () => textComments(text, dialectOf(language)))
    return { findings: plain, meanings: plain.map(it => meaningOf(text, undefined, it)), suppressions }
  }
  const parsed = parse(engine, text, grammar, stop)
  if (typeof parsed === 'string')
    return {
      findings: plain,
      meanings: plain.map(it => meaningOf(text, undefined, it)),
      suppressions: [],
      skipped: parsed,
    }
  const findings = checkFile(engine.rules, path, language, analyse(parsed))
  const all = plain.length > 0 ? sortFindings([...plain, ...findings]) : findings
  return {
    findings: all,
    meanings: all.map(it => meaningOf(text, parsed, it)),
    suppressions: suppressionsIn(text, () => treeComments(parsed)),
    dismissals: dismissalsIn(parsed),
  }
}

export function isCode(language: LanguageId): language is CodeLanguage {
  return (CODE_LANGUAGES as readonly string[]).includes(language)
}

function parse(
  { parser }: Engine,
  text: string,
  grammar: Grammar,
  stop: (() => boolean) | undefined,
): SyntaxTree | SkipReason {
  try {
    return parser.parseOnce(text, grammar, stop) ?? 'too-slow'
  } catch (error) {
    if (error instanceof TooDeep) return 'too-deep'
    throw error
  }
}

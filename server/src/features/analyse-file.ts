// Everything the engine has to say about one file, settings aside: the value that is remembered under its content.

import type { Finding } from '@codeant/shared/finding.ts'
import { CODE_LANGUAGES, type CodeLanguage, type LanguageId } from '@codeant/shared/language.ts'
import type { FileFacts } from '../graph/facts.ts'
import type { FindingRanker } from '../inference/finding-ranker.ts'
import { codeOf } from '../patterns/code-of.ts'
import type { Pack } from '../patterns/pack.ts'
import { dialectOf, textComments, treeComments } from '../rules/comments.ts'
import { type Dismissal, dismissalsIn } from '../rules/elsewhere.ts'
import { checkFile, checkText, sortFindings } from '../rules/engine.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type Suppression, suppressionsIn } from '../rules/suppression.ts'
import { analyse, FileReader, type Semantics, SourceFile } from '../semantics/source-file.ts'
import type { Grammar } from '../syntax/language.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { SkipReason } from './admission.ts'
import { codeFacts, textFacts, withFacts } from './file-facts.ts'
import { findingContexts } from './finding-context.ts'
import { grammarOf } from './languages.ts'
import { meaningOf } from './meaning.ts'
import { isOwn, packFindings, packFindingsIn, packFindingsInText, sourceOf } from './pack-rules.ts'

export interface FileResult {
  readonly findings: readonly Finding[]
  /** For each finding, what it means whatever its place: `meaning.ts`. */
  readonly meanings: readonly string[]
  /** For each finding, how likely it is to be acted on; absent where nobody can say. */
  readonly likelihoods?: readonly (number | undefined)[]
  readonly suppressions: readonly Suppression[]
  /** What other files may have to know of this one; absent where it says nothing of the kind. */
  readonly facts?: FileFacts
  /** What other checkers were told not to say. */
  readonly dismissals?: readonly Dismissal[]
  /** Set when the file was not analysed, or not to its end. */
  readonly skipped?: SkipReason
}

/** What analysing takes. One per thread. */
export interface Engine {
  readonly parser: SyntaxParser
  readonly rules: RuleSet
  readonly ranker?: FindingRanker
  /** Rules that people brought. */
  readonly pack?: Pack
  /** Nothing but the rules that people brought is asked: a file is only read as code where one of them may speak. */
  readonly patternsOnly?: boolean
}

/** Analyses a text from scratch. `path` is relative to the project's root. `stop` ends it when it takes too long. */
export function analyseFile(
  engine: Engine,
  path: string,
  language: LanguageId,
  text: string,
  stop?: () => boolean,
): FileResult {
  if (engine.patternsOnly) return analysePatterns(engine, path, language, text, stop)
  let plain = checkText(engine.rules, { path, language, text })
  const grammar = grammarOf(language, path)
  if (!grammar || !isCode(language)) {
    if (engine.pack)
      plain = sortFindings([
        ...plain,
        ...packFindingsInText(engine.pack, path, language, text, engine.parser, stop),
      ])
    const suppressions = suppressionsIn(text, () => textComments(text, dialectOf(language)))
    const meanings = plain.map(it => meaningOf(text, undefined, it))
    return {
      findings: plain,
      meanings,
      suppressions,
      ...withFacts(textFacts(engine.parser, path, text, engine.rules, stop)),
    }
  }
  const parsed = parse(engine, text, grammar, stop)
  if (typeof parsed === 'string')
    return {
      findings: plain,
      meanings: plain.map(it => meaningOf(text, undefined, it)),
      suppressions: [],
      skipped: parsed,
    }
  const semantics = analyse(parsed)
  const findings = checkFile(engine.rules, path, language, semantics)
  if (engine.pack) {
    const file = sourceOf(path, language, semantics)
    findings.push(...packFindings(engine.pack, path, language, file, engine.parser))
    sortFindings(findings)
  }
  const all = plain.length > 0 ? sortFindings([...plain, ...findings]) : findings
  const { ranker, rules } = engine
  return {
    findings: all,
    ...(ranker &&
      all.length > 0 && { likelihoods: likelihoodsOf(ranker, path, language, semantics, all, rules) }),
    meanings: all.map(it => meaningOf(text, parsed, it)),
    suppressions: suppressionsIn(text, () => treeComments(parsed)),
    dismissals: dismissalsIn(parsed),
    ...withFacts(codeFacts(path, language, semantics, rules)),
  }
}

function analysePatterns(
  engine: Engine,
  path: string,
  language: LanguageId,
  text: string,
  stop: (() => boolean) | undefined,
): FileResult {
  const { pack, parser } = engine
  const grammar = isCode(language) ? grammarOf(language, path) : undefined
  let parsed: SyntaxTree | SkipReason | undefined
  const tree = () => {
    if (grammar) parsed ??= parse(engine, text, grammar, stop)
    return typeof parsed === 'object' ? parsed : undefined
  }
  const read = () => {
    const it = tree()
    return it && codeOf(path, it)
  }
  const findings = !pack
    ? []
    : grammar && isCode(language)
      ? packFindingsIn(pack, path, language, text, read, parser)
      : packFindingsInText(pack, path, language, text, parser, stop)
  sortFindings(findings)
  const comments = () => {
    const it = tree()
    return it ? treeComments(it) : textComments(text, dialectOf(language))
  }
  return {
    findings,
    meanings: findings.map(it => meaningOf(text, tree(), it)),
    suppressions: suppressionsIn(text, comments),
    ...(typeof parsed === 'string' && { skipped: parsed }),
  }
}

/** For each finding, how likely it is to be acted on. */
export function likelihoodsOf(
  ranker: FindingRanker,
  path: string,
  language: CodeLanguage,
  semantics: Semantics,
  findings: readonly Finding[],
  rules: RuleSet,
): (number | undefined)[] {
  const file = new SourceFile(path, language, semantics, new FileReader(semantics.tree))
  return findingContexts(file, findings, rules).map((it, i) =>
    // What people asked for themselves is never held back.
    isOwn(findings[i]!) ? undefined : Math.round(ranker.probability(it) * 1e4) / 1e4,
  )
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

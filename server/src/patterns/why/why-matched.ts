// Why one rule speaks of a part of a file, or does not: the question that `codeant rules why` and the playground ask.

import type { Grammar } from '../../syntax/language.ts'
import { type SyntaxParser, TooDeep } from '../../syntax/parser.ts'
import { grammarOfFile } from '../ast-grep/languages.ts'
import { silencedIn } from '../ast-grep/silenced.ts'
import { TooLong, TreeFile } from '../ast-grep/tree-file.ts'
import { looksAt, type TreeSearch } from '../ast-grep/tree-search.ts'
import type { Code } from '../code.ts'
import { evaluate } from '../evaluate.ts'
import type { FileLanguage } from '../pack.ts'
import { pathFits } from '../paths.ts'
import type { PackRule } from '../rule.ts'
import { evaluateTaint } from '../taint-mode.ts'
import { Target } from '../target.ts'
import { explainFormula } from './formula-why.ts'
import { placesOf } from './places.ts'
import { type Reason, reason } from './reasons.ts'
import { explainTaint } from './taint-why.ts'
import { explainTree } from './tree-why.ts'
import type { Span, Why, WhyPlace } from './why.ts'

/** A file that rules are asked about. */
export interface AskedFile {
  readonly path: string
  readonly language: FileLanguage
  readonly text: string
  /** Undefined where it is only text. */
  readonly code: Code | undefined
}

/** Without a place, the whole file is asked about. */
export function whyMatched(parser: SyntaxParser, rule: PackRule, file: AskedFile, place?: Span): Why {
  const { search } = rule
  const { path, language } = file
  if (!rule.languages.includes('text') && !(rule.languages as readonly FileLanguage[]).includes(language))
    return refusal(reason('language', language))
  const fits = search.what === 'tree' ? looksAt(search, path) : pathFits(path, rule.paths)
  if (!fits) return refusal(reason('path', path))
  if (search.what === 'tree') return whyTree(parser, rule, search, file, place)
  const target = new Target(path, file.text, file.code, rule.options, parser)
  return search.what === 'taint'
    ? explainTaint(target, search, place)
    : explainFormula(target, search, place).why
}

/** Where the rule matches in the whole file, with what its metavariables stand for. */
export function matchedPlaces(parser: SyntaxParser, rule: PackRule, file: AskedFile): readonly WhyPlace[] {
  const { search, options, languages } = rule
  const { path, language, text, code } = file
  if (!languages.includes('text') && !(languages as readonly FileLanguage[]).includes(language)) return []
  if (search.what === 'tree') return whyMatched(parser, rule, file).places
  const target = new Target(path, text, code, options, parser)
  const found = search.what === 'taint' ? evaluateTaint(target, search) : evaluate(target, search)
  return placesOf(target, found, Number.POSITIVE_INFINITY).places
}

function whyTree(
  parser: SyntaxParser,
  { id }: PackRule,
  search: TreeSearch,
  { path, language, text }: AskedFile,
  place: Span | undefined,
): Why {
  const grammar: Grammar | undefined = grammarOfFile(language, path)
  if (grammar !== search.grammar || !parser.isLoaded(search.grammar))
    return refusal(reason('language', language))
  try {
    const tree = new TreeFile(parser.parseConcrete(text, search.grammar))
    const why = explainTree(tree, search, place)
    const [first] = why.places
    const isSilent = first !== undefined && why.places.every(it => silencedIn(tree, id)(it.start))
    return isSilent ? { ...why, outcome: 'fails', reason: reason('silenced') } : why
  } catch (error) {
    if (error instanceof TooDeep || error instanceof TooLong || error instanceof RangeError)
      return refusal(undefined)
    throw error
  }
}

function refusal(why: Reason | undefined): Why {
  const told = why ? { reason: why } : {}
  return { operator: 'rule', source: '', outcome: 'fails', places: [], count: 0, ...told, parts: [] }
}

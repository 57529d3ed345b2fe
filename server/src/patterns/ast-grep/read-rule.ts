// Rule objects as YAML says them → what is asked of nodes. Throws `Unsupported` with the reason for all that is not known.

import { fieldOf, type GrammarWords, symbolsOf } from '../../syntax/concrete.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { Unsupported } from '../refusal.ts'
import { rustRegexOf } from '../regex.ts'
import { elements, isRecord, type Plain, textIn } from './form.ts'
import type { TreeLanguage } from './languages.ts'
import { parseSteps } from './nth-child.ts'
import { type Pattern, parsePattern, STRICTNESSES, type Strictness } from './pattern.ts'
import { parseSelector } from './selector.ts'
import type { NthChild, Position, Relation, StopBy, TreeRule, Utility } from './tree-rule.ts'

/** The utilities that a rule may name. */
export type Utilities = ReadonlyMap<string, Utility>

const RELATIONS = ['inside', 'has', 'precedes', 'follows'] as const
const KEYS: ReadonlySet<string> = new Set([
  'pattern',
  'kind',
  'regex',
  'nthChild',
  'range',
  'all',
  'any',
  'not',
  'matches',
  ...RELATIONS,
])

export class RuleReader {
  readonly #parser: SyntaxParser
  readonly #language: TreeLanguage
  readonly #words: GrammarWords
  readonly #utilities: Utilities

  constructor(parser: SyntaxParser, language: TreeLanguage, utilities: Utilities) {
    this.#parser = parser
    this.#language = language
    this.#words = parser.words(language.grammar)
    this.#utilities = utilities
  }

  /** What decides on a node comes first, what looks around it last. */
  rule(given: unknown): TreeRule {
    if (!isRecord(given)) throw new Unsupported('form', 'rule', String(given))
    for (const key of Object.keys(given)) if (!KEYS.has(key)) throw new Unsupported('key', key)
    const all: TreeRule[] = []
    const present = (key: string) => given[key] !== undefined
    if (present('pattern')) all.push({ what: 'pattern', pattern: this.#pattern(given.pattern) })
    if (present('kind')) all.push(parseSelector(textIn(given, 'kind'), it => this.#kind(it)))
    if (present('regex')) all.push({ what: 'regex', regex: rustRegexOf(textIn(given, 'regex')) })
    if (present('nthChild')) all.push(this.#nthChild(given.nthChild))
    if (present('range')) all.push(range(given.range))
    if (present('all')) all.push({ what: 'all', all: elements(given, 'all').map(it => this.rule(it)) })
    if (present('any')) all.push({ what: 'any', any: elements(given, 'any').map(it => this.rule(it)) })
    if (present('not')) all.push({ what: 'not', rule: this.rule(given.not) })
    if (present('matches')) all.push({ what: 'matches', utility: this.#utility(given) })
    for (const what of RELATIONS) if (present(what)) all.push(this.#relation(what, given[what]))
    if (all.length === 0) throw new Unsupported('empty-rule')
    return all.length === 1 ? all[0]! : { what: 'all', all }
  }

  stopBy(given: unknown): StopBy {
    if (given === undefined) return 'neighbor'
    if (given === 'neighbor' || given === 'end') return given
    if (!isRecord(given)) throw new Unsupported('form', 'stopBy', String(given))
    return this.rule(given)
  }

  #pattern(given: unknown): Pattern {
    if (typeof given === 'string') return this.#parsed(given, undefined, 'smart')
    if (!isRecord(given)) throw new Unsupported('pattern-form')
    for (const key of Object.keys(given))
      if (!['context', 'selector', 'strictness'].includes(key)) throw new Unsupported('key', key)
    const { selector, strictness = 'smart' } = given
    if (!STRICTNESSES.includes(strictness as Strictness))
      throw new Unsupported('form', 'strictness', String(strictness))
    return this.#parsed(
      textIn(given, 'context'),
      selector === undefined ? undefined : textIn(given, 'selector'),
      strictness as Strictness,
    )
  }

  #parsed(source: string, selector: string | undefined, strictness: Strictness): Pattern {
    return parsePattern(this.#parser, this.#language, source, selector, strictness)
  }

  #kind(type: string): TreeRule {
    const symbols = symbolsOf(this.#words, type)
    if (symbols.length === 0) throw new Unsupported('no-kind', type, this.#language.name)
    return { what: 'kind', symbols: new Set(symbols) }
  }

  #nthChild(given: unknown): NthChild {
    if (!isRecord(given)) return { what: 'nth-child', ...parseSteps(given), of: undefined, reverse: false }
    for (const key of Object.keys(given))
      if (!['position', 'ofRule', 'reverse'].includes(key)) throw new Unsupported('key', key)
    const of = given.ofRule === undefined ? undefined : this.rule(given.ofRule)
    return { what: 'nth-child', ...parseSteps(given.position), of, reverse: given.reverse === true }
  }

  #relation(what: Relation['what'], given: unknown): Relation {
    if (!isRecord(given)) throw new Unsupported('form', what, String(given))
    const { stopBy, field: name, ...rule } = given
    let field: number | undefined
    if (name !== undefined) {
      if (what === 'follows' || what === 'precedes') throw new Unsupported('beside', 'field', what)
      field = fieldOf(this.#words, textIn(given, 'field'))
      if (field === 0) throw new Unsupported('no-field', String(name), this.#language.name)
    }
    return { what, rule: this.rule(rule), stopBy: this.stopBy(stopBy), field }
  }

  #utility(given: Plain): Utility {
    if (isRecord(given.matches)) throw new Unsupported('unsupported', 'matches with arguments')
    const id = textIn(given, 'matches')
    const utility = this.#utilities.get(id)
    if (!utility) throw new Unsupported('no-utility', id)
    return utility
  }
}

function range(given: unknown): TreeRule {
  if (!isRecord(given)) throw new Unsupported('form', 'range', String(given))
  return { what: 'range', start: position(given.start), end: position(given.end) }
}

function position(given: unknown): Position {
  if (!isRecord(given) || typeof given.line !== 'number')
    throw new Unsupported('form', 'range', String(given))
  return { line: given.line, column: typeof given.column === 'number' ? given.column : undefined }
}

// The keys of a rule → its formula. What is not supported is refused by name.

import type { Grammar } from '../syntax/language.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import { parseComparison } from './comparison.ts'
import type { AndFormula, Condition, Formula, GenericFormula, Negation, PatternFormula } from './formula.ts'
import { genericPattern } from './generic.ts'
import { GENERIC_DEFAULTS, type GenericOptions } from './generic-document.ts'
import { PatternError, parsePattern } from './parse-pattern.ts'
import type { Program } from './pattern.ts'
import { Unsupported } from './refusal.ts'
import { regexOf } from './regex.ts'
import type { LabelTest, Propagator, Sanitizer, Sink, Source, TaintFormula } from './taint-formula.ts'

type Plain = Readonly<Record<string, unknown>>

export class FormulaReader {
  readonly #parser: SyntaxParser
  readonly #grammars: readonly Grammar[]
  readonly #generic: GenericOptions | undefined

  /** With `generic`, patterns are about bare text. */
  constructor(parser: SyntaxParser, grammars: readonly Grammar[], generic?: GenericOptions) {
    this.#generic = generic
    this.#parser = parser
    this.#grammars = grammars
  }

  /** The rule's own keys: exactly one of them says what it looks for. */
  rule(plain: Plain): Formula {
    const keys = Object.keys(plain)
    const main = keys.filter(it => it in POSITIVE)
    const others = keys.filter(it => !(it in POSITIVE))
    if (others.length > 0 && !(main.length === 1 && others.every(it => it === 'where')))
      throw new Unsupported('unsupported', others[0]!)
    const [first, second] = main
    if (first === undefined) throw new Unsupported('no-pattern')
    if (second !== undefined) throw new Unsupported('several-searches', first, second)
    return this.formula(plain)
  }

  formula(given: unknown): Formula {
    if (typeof given === 'string') return this.#pattern(given)
    if (!isRecord(given)) throw new Unsupported('pattern-form')
    const keys = Object.keys(given)
    const key = keys.find(it => it in POSITIVE)
    if (keys[0] === undefined) throw new Unsupported('empty-pattern')
    if (key === undefined) throw new Unsupported('misplaced', keys[0])
    const extra = keys.filter(
      it =>
        it !== key &&
        it !== 'where' &&
        it !== 'metavariable-regex' &&
        it !== 'metavariable-pattern' &&
        it !== 'metavariable-comparison' &&
        it !== 'focus-metavariable' &&
        it !== 'focus',
    )
    if (extra.length > 0) throw new Unsupported('beside', extra[0]!, key)
    const value = given[key]
    const formula = this.#one(POSITIVE[key]!, key, value)
    const conditions = keys.filter(it => it !== key)
    if (conditions.length === 0) return formula
    const items: Plain[] = conditions.flatMap(it => {
      const list = given[it]
      if (it === 'where') return Array.isArray(list) ? (list as Plain[]) : []
      return [{ [it]: list }]
    })
    return this.#and(items, [formula])
  }

  taint(plain: Plain): TaintFormula {
    const list = (key: string) => {
      const value = plain[key] ?? []
      if (!Array.isArray(value)) throw new Unsupported('no-list', key)
      return value as unknown[]
    }
    const sources = list('pattern-sources').map(it => this.#source(it))
    const sinks = list('pattern-sinks').map(it => this.#sink(it))
    if (sources.length === 0 || sinks.length === 0) throw new Unsupported('half-taint')
    return {
      what: 'taint',
      sources,
      sinks,
      sanitizers: list('pattern-sanitizers').map(it => this.#sanitizer(it)),
      propagators: list('pattern-propagators').map(it => this.#propagator(it)),
      options: {
        unifies: isOn(plain.options, 'taint_unify_mvars'),
        safeBooleans: isOn(plain.options, 'taint_assume_safe_booleans'),
        safeNumbers: isOn(plain.options, 'taint_assume_safe_numbers'),
      },
    }
  }

  #source(given: unknown): Source {
    const { formula, rest } = this.#part(given, ['by-side-effect', 'exact', 'label', 'requires', 'control'])
    if (rest.control) throw new Unsupported('unsupported', 'control: true')
    return {
      formula,
      bySideEffect: rest['by-side-effect'] === true || rest['by-side-effect'] === 'only',
      exact: rest.exact === true,
      label: typeof rest.label === 'string' ? rest.label : undefined,
      requires: labels(rest.requires),
    }
  }

  #sink(given: unknown): Sink {
    const { formula, rest } = this.#part(given, ['exact', 'requires', 'at-exit'])
    if (rest['at-exit']) throw new Unsupported('unsupported', 'at-exit')
    return { formula, exact: rest.exact !== false, requires: labels(rest.requires) }
  }

  #sanitizer(given: unknown): Sanitizer {
    const { formula, rest } = this.#part(given, [
      'by-side-effect',
      'exact',
      'not_conflicting',
      'not-conflicting',
    ])
    return {
      formula,
      yields: rest.not_conflicting === true || rest['not-conflicting'] === true,
      bySideEffect: rest['by-side-effect'] === true || rest['by-side-effect'] === 'only',
      exact: rest.exact === true,
    }
  }

  #propagator(given: unknown): Propagator {
    const { formula, rest } = this.#part(given, [
      'from',
      'to',
      'by-side-effect',
      'label',
      'requires',
      'replace-labels',
    ])
    if (rest.label || rest.requires || rest['replace-labels']) throw new Unsupported('propagator-labels')
    const name = (value: unknown) => String(value).replace(/^\$/, '')
    return {
      formula,
      from: name(rest.from),
      to: name(rest.to),
      bySideEffect: rest['by-side-effect'] !== false,
    }
  }

  #part(given: unknown, own: readonly string[]): { formula: Formula; rest: Plain } {
    if (!isRecord(given)) return { formula: this.formula(given), rest: {} }
    const rest = Object.fromEntries(Object.entries(given).filter(([key]) => own.includes(key)))
    const formula = Object.fromEntries(Object.entries(given).filter(([key]) => !own.includes(key)))
    return { formula: this.formula(formula), rest }
  }

  #one(what: Positive, key: string, value: unknown): Formula {
    switch (what) {
      case 'pattern':
        if (isRecord(value)) return this.formula(value)
        return this.#pattern(String(value))
      case 'regex':
        return { what: 'regex', regex: regexOf(String(value)) }
      case 'inside':
        return { what: 'inside', formula: this.formula(value) }
      case 'and':
        if (!Array.isArray(value)) throw new Unsupported('no-list', key)
        return this.#and(value as unknown[], [])
      case 'or':
        if (!Array.isArray(value)) throw new Unsupported('no-list', key)
        return { what: 'or', any: value.map(it => this.formula(it)) }
    }
  }

  #and(items: readonly unknown[], first: readonly Formula[]): AndFormula {
    const all: Formula[] = [...first]
    const not: Negation[] = []
    const where: Condition[] = []
    const focus: (readonly string[])[] = []
    for (const item of items) {
      if (typeof item === 'string') {
        all.push(this.#pattern(item))
        continue
      }
      if (!isRecord(item)) throw new Unsupported('element-form')
      const keys = Object.keys(item)
      // Beside a metavariable, `regex` and `pattern` are about what it stands for.
      const key = 'metavariable' in item ? undefined : keys.find(it => it in POSITIVE)
      if (key !== undefined) {
        all.push(this.formula(item))
        continue
      }
      for (const name of keys) this.#part_(name, item[name], item, not, where, focus)
    }
    if (all.length === 0 && not.length === 0 && where.length === 0) throw new Unsupported('empty-patterns')
    return { what: 'and', all, not, where, focus }
  }

  #part_(
    name: string,
    value: unknown,
    item: Plain,
    not: Negation[],
    where: Condition[],
    focus: (readonly string[])[],
  ): void {
    switch (name) {
      case 'pattern-not':
        not.push({ what: 'match', formula: this.formula(value) })
        return
      case 'not': {
        const inside = isRecord(value) && 'inside' in value
        not.push(
          inside
            ? { what: 'inside', formula: this.formula(value.inside) }
            : { what: 'match', formula: this.formula(value) },
        )
        return
      }
      case 'pattern-not-inside':
        not.push({ what: 'inside', formula: this.formula(value) })
        return
      case 'pattern-not-regex':
        not.push({ what: 'regex', formula: { what: 'regex', regex: regexOf(String(value)) } })
        return
      case 'focus-metavariable':
      case 'focus':
        focus.push((Array.isArray(value) ? value : [value]).map(it => metavariable(it)))
        return
      case 'metavariable-regex':
        for (const it of Array.isArray(value) ? value : [value]) where.push(this.#regex(it as Plain))
        return
      case 'metavariable-pattern':
        where.push(this.#inner(value as Plain))
        return
      case 'metavariable-comparison':
        where.push(comparison(value as Plain))
        return
      case 'metavariable-analysis':
        where.push(analysis(value as Plain))
        return
      case 'metavariable-type':
        where.push(typed(value as Plain))
        return
      case 'metavariable':
        // The newer form: the metavariable, and beside it what is asked of it.
        if ('regex' in item) where.push(this.#regex(item))
        else if ('types' in item || 'type' in item) where.push(typed(item))
        else if ('analyzer' in item) where.push(analysis(item))
        else where.push(this.#inner(item))
        return
      case 'comparison':
        if (!('metavariable' in item)) where.push(comparison(item))
        return
      default:
        if ('metavariable' in item) return
        throw new Unsupported('unsupported', name)
    }
  }

  #regex(plain: Plain): Condition {
    return {
      what: 'regex',
      metavariable: metavariable(plain.metavariable),
      regex: regexOf(String(plain.regex)),
      constants: plain['constant-propagation'] === true,
    }
  }

  #inner(plain: Plain): Condition {
    const { metavariable: name, language, ...rest } = plain
    const other = language === undefined ? undefined : INNER[String(language).toLowerCase()]
    if (language !== undefined && other === undefined)
      throw new Unsupported('inner-language', String(language))
    const reader =
      other === undefined
        ? this
        : new FormulaReader(
            this.#parser,
            other === 'text' ? [] : [other],
            language === 'generic' ? (this.#generic ?? GENERIC_DEFAULTS) : undefined,
          )
    const formula =
      'patterns' in rest ||
      'pattern' in rest ||
      'pattern-either' in rest ||
      'pattern-regex' in rest ||
      Object.keys(rest).some(it => it in POSITIVE)
        ? reader.formula(rest)
        : reader.#and([rest], [])
    return { what: 'pattern', metavariable: metavariable(name), formula, language: other }
  }

  #pattern(source: string): PatternFormula | GenericFormula {
    if (this.#generic) return { what: 'generic', source, pattern: genericPattern(source, this.#generic) }
    if (this.#grammars.length === 0) throw new Unsupported('regex-only')
    const get = (grammar: Grammar) =>
      this.#grammars.includes(grammar) ? programOf(this.#parser, source, grammar) : undefined
    for (const grammar of this.#grammars) {
      const first = get(grammar)
      if (first) return { what: 'pattern', source, programs: { first, get } }
    }
    throw new Unsupported('no-code', brief(source), this.#grammars[0]!)
  }
}

const PROGRAMS = new WeakMap<SyntaxParser, Map<string, Program | undefined>>()

/** Many rules say the same pattern: it is parsed once. Undefined where it is no code of the grammar. */
function programOf(parser: SyntaxParser, source: string, grammar: Grammar): Program | undefined {
  let known = PROGRAMS.get(parser)
  if (!known) {
    known = new Map()
    PROGRAMS.set(parser, known)
  }
  const key = `${grammar}:${source}`
  if (!known.has(key)) known.set(key, parsed(parser, source, grammar))
  return known.get(key)
}

function parsed(parser: SyntaxParser, source: string, grammar: Grammar): Program | undefined {
  try {
    return parsePattern(parser, source, grammar)
  } catch (error) {
    if (error instanceof PatternError) return undefined
    throw error
  }
}

type Positive = 'pattern' | 'regex' | 'inside' | 'and' | 'or'

const POSITIVE: Readonly<Record<string, Positive>> = {
  pattern: 'pattern',
  match: 'pattern',
  patterns: 'and',
  'patterns-again': 'and',
  all: 'and',
  'pattern-either': 'or',
  any: 'or',
  'pattern-regex': 'regex',
  regex: 'regex',
  'pattern-inside': 'inside',
  inside: 'inside',
}

const INNER: Readonly<Record<string, Grammar | 'text'>> = {
  python: 'python',
  py: 'python',
  javascript: 'javascript',
  js: 'javascript',
  typescript: 'typescript',
  ts: 'typescript',
  rust: 'rust',
  json: 'json',
  yaml: 'yaml',
  go: 'go',
  golang: 'go',
  java: 'java',
  hcl: 'hcl',
  terraform: 'hcl',
  html: 'html',
  dockerfile: 'dockerfile',
  regex: 'text',
  none: 'text',
  generic: 'text',
}

function isRecord(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOn(options: unknown, key: string): boolean {
  return isRecord(options) && (options[key] === true || options[key] === 'true')
}

function metavariable(value: unknown): string {
  const name = /^\$(?:\.\.\.)?([A-Z_][A-Z_0-9]*|\d+)$/.exec(String(value))?.[1]
  if (name === undefined) throw new Unsupported('no-metavariable', String(value))
  return name
}

function comparison(plain: Plain): Condition {
  return {
    what: 'comparison',
    comparison: parseComparison(String(plain.comparison)),
    source: String(plain.comparison),
    metavariable: plain.metavariable === undefined ? undefined : metavariable(plain.metavariable),
    strip: plain.strip === true,
    base: typeof plain.base === 'number' ? plain.base : undefined,
  }
}

function analysis(plain: Plain): Condition {
  const { analyzer } = plain
  if (analyzer !== 'entropy' && analyzer !== 'redos') throw new Unsupported('analyzer', String(analyzer))
  return { what: 'analysis', metavariable: metavariable(plain.metavariable), analyzer }
}

function typed(plain: Plain): Condition {
  const types = [plain.type, plain.types].flat().filter(it => typeof it === 'string')
  return { what: 'type', metavariable: metavariable(plain.metavariable), types }
}

/** `A and not B` over labels. */
function labels(given: unknown): LabelTest | undefined {
  if (given === undefined) return undefined
  if (typeof given !== 'string') throw new Unsupported('requires-parts')
  const test = parseComparison(
    given.replace(/\b(?!and\b|or\b|not\b|True\b|False\b)([A-Za-z_]\w*)\b/g, name => `("${name}" in $LABELS)`),
  )
  return set => test(() => [...set]) === true
}

function brief(source: string): string {
  const line = source.trim().split('\n')[0]!
  return `\`${line.length > 60 ? `${line.slice(0, 60)}…` : line}\``
}
